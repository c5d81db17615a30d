// How descriptor space is cut into cells. What a cell holds is up to an archive (cell_archive.hpp),
// so that any kind of cells can be combined with any such archive.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "cambrian/archive/descriptor.hpp"
#include "cambrian/core/state.hpp"

namespace cambrian {

inline constexpr std::uint32_t kNoCell = std::numeric_limits<std::uint32_t>::max();

class Cells {
 public:
  virtual ~Cells() = default;
  virtual std::string_view kind() const = 0;  ///< "grid"
  /// The descriptor's axes with the bounds of the cells.
  virtual const DescriptorSpace& space() const = 0;
  virtual std::size_t count() const = 0;  ///< below 2^32 - 1
  /// The cell of each row of a block of descriptors.
  /// @param descriptors  [n, D]
  /// @param valid        [n] 0: the row has no cell, whatever its descriptor
  /// @param cell         [n] written; kNoCell for what is not valid or not finite. What lies outside
  /// the bounds is clipped into the border cell
  /// @return how many rows were clipped
  virtual std::size_t find(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                           std::span<std::uint32_t> cell) const = 0;
  /// Attributes by which a reader of the run file finds a cell's place: the shape of a grid.
  virtual void save_table(StateWriter& table) const = 0;
  /// @throws Error if the table is of other cells
  virtual void check_table(const StateReader& table) const = 0;
};

}  // namespace cambrian
