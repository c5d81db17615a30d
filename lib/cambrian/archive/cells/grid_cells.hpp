// Cells as a grid over descriptor space, numbered in row-major order.
// Sources: Mouret & Clune 2015; index shift of pyribs 0.10 (GridArchive).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/archive/cells.hpp"

namespace cambrian {

inline constexpr const char* kShapeMeaning =
    "cells per dimension of the descriptor; empty: 100, and with more than two dimensions as many "
    "as give at most 10,000 cells in all";
/// The shape that a configuration means: an empty one stands for 100 cells per dimension, and in more
/// than two dimensions for as many as give at most 10,000 cells in all (21, 10, 6, ...), at least 2.
std::vector<std::int64_t> grid_shape(const std::vector<std::int64_t>& shape,
                                     std::size_t dimensions);

class GridCells final : public Cells {
 public:
  /// @param shape     cells per dimension of the descriptor; empty: see grid_shape()
  /// @param min, max  bounds; empty: those of the descriptor
  /// @param index_shift  added to cells * (measure - min) before the division by the width
  /// @throws ConfigError where shape or bounds do not fit the descriptor, or there are 2^32 - 1 cells
  /// or more
  GridCells(const std::vector<std::int64_t>& shape, const std::vector<double>& min,
            const std::vector<double>& max, double index_shift, const DescriptorSpace& space);

  std::string_view kind() const override { return "grid"; }
  const DescriptorSpace& space() const override { return space_; }
  std::size_t count() const override { return count_; }
  std::size_t find(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                   std::span<std::uint32_t> cell) const override;
  void save_table(StateWriter& table) const override;
  void load_table(const StateReader& table) override;

 private:
  struct Axis {
    double low, high, width, cells, last;
    std::size_t count;
    double index(double measure, double shift) const;  ///< a whole number after truncation
  };
  template <std::size_t dimensions>
  std::size_t find_of(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                      std::span<std::uint32_t> cell) const;

  DescriptorSpace space_;
  std::vector<std::int64_t> shape_;
  std::vector<Axis> axes_;
  std::size_t count_ = 1;
  double index_shift_;
};

struct GridKeys {
  std::vector<std::int64_t> shape;
  std::vector<double> min, max;
  double index_shift = 1e-6;

  void visit_cells(ParameterVisitor& visitor);
  /// @throws ConfigError as GridCells
  std::unique_ptr<Cells> make_cells(const ArchiveContext& context) const;
};

}  // namespace cambrian
