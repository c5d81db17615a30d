// Cells whose boundaries follow what is found: on each axis they lie at even quantiles of the most
// recent descriptors, so that each slice has seen as many of them. Until the first period has passed
// they are those of a grid. Boundaries move at the end of the batch in which a period ends; the
// elites are then placed anew, and where several meet in a cell, the best stays. (pyribs offers the
// recent candidates again, too, which an archive that holds no genomes cannot.)
// Source: Fontaine, Lee, Soros, de Mesentier Silva, Togelius & Hoover 2019, "Mapping hearthstone deck
// spaces through MAP-Elites with sliding boundaries"; SlidingBoundariesArchive of pyribs.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/archive/cells.hpp"

namespace cambrian {

struct SlidingBoundariesKeys {
  std::vector<std::int64_t> shape;
  std::int64_t recent = 1'000;
  std::int64_t period = 100;
  std::vector<double> min, max;

  void visit_cells(ParameterVisitor& visitor);
  /// @throws ConfigError where shape or bounds do not fit the descriptor
  std::unique_ptr<Cells> make_cells(const ArchiveContext& context) const;
};

class SlidingBoundariesCells final : public Cells {
 public:
  SlidingBoundariesCells(const SlidingBoundariesKeys& keys, const DescriptorSpace& space);

  std::string_view kind() const override { return "sliding_boundaries"; }
  const DescriptorSpace& space() const override { return space_; }
  std::size_t count() const override { return count_; }
  std::size_t find(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                   std::span<std::uint32_t> cell) const override;
  void save_table(StateWriter& table) const override;
  void load_table(const StateReader& table) override;
  bool move() const override { return true; }
  bool learn(std::span<const double> descriptors, std::span<const std::uint8_t> valid) override;
  void save(StateWriter& state) const override;
  void load(const StateReader& state) override;
  /// Of an axis: shape - 1 inner boundaries, ascending. A measure on one belongs to the upper cell.
  std::span<const double> boundaries(std::size_t axis) const { return inner_[axis]; }

 private:
  void remap();

  DescriptorSpace space_;
  std::vector<std::int64_t> shape_;
  std::size_t count_;
  std::size_t capacity_;
  std::uint64_t period_;
  std::vector<std::vector<double>> inner_;
  std::vector<double> recent_;  ///< [at most capacity, D], a ring
  std::uint64_t seen_ = 0;
};

}  // namespace cambrian
