// Cells of mixed axes: some are categorical, with one cell per whole number that the measure takes
// between its bounds, the others are cut evenly as a grid. Such cells are a grid whose categorical
// axes reach half a number beyond their bounds; so is their table.
// Source: CategoricalArchive of pyribs 0.12.
#pragma once

#include <string>
#include <vector>

#include "cambrian/archive/cells/grid_cells.hpp"

namespace cambrian {

struct CategoricalKeys {
  std::vector<std::string> categorical;
  std::vector<std::int64_t> shape;
  std::vector<double> min, max;
  double index_shift = 1e-6;

  void visit_cells(ParameterVisitor& visitor);
  /// @throws ConfigError where names, shape or bounds do not fit the descriptor
  std::unique_ptr<Cells> make_cells(const ArchiveContext& context) const;
};

class CategoricalCells final : public Cells {
 public:
  /// @param categorical  names of axes that are not cut evenly  @param grid  with their half numbers
  CategoricalCells(std::vector<std::string> categorical, GridCells grid)
      : categorical_(std::move(categorical)), grid_(std::move(grid)) {}

  std::string_view kind() const override { return "categorical"; }
  const DescriptorSpace& space() const override { return grid_.space(); }
  std::size_t count() const override { return grid_.count(); }
  std::size_t find(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                   std::span<std::uint32_t> cell) const override {
    return grid_.find(descriptors, valid, cell);
  }
  void save_table(StateWriter& table) const override {
    grid_.save_table(table);
    table.attribute("categorical", categorical_);
  }
  void load_table(const StateReader& table) override;

 private:
  std::vector<std::string> categorical_;
  GridCells grid_;
};

}  // namespace cambrian
