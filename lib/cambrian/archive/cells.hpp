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
  /// the bounds belongs to the border cell (grids) or to the nearest centroid (CVT)
  /// @return how many rows lay outside the bounds
  virtual std::size_t find(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                           std::span<std::uint32_t> cell) const = 0;
  /// What a reader of the run file needs to find a cell's place: the shape of a grid, centroids.
  virtual void save_table(StateWriter& table) const = 0;
  /// Takes from a table what the configuration leaves open, such as centroids that were drawn.
  /// @throws Error if the table is of other cells
  virtual void load_table(const StateReader& table) = 0;

  /// Whether the cells change their places during a run: then learn() is called after each batch,
  /// and save() and load() keep what it has learned.
  virtual bool move() const { return false; }
  /// @param descriptors, valid  as for find, of a batch that has been placed
  /// @return whether the cells have moved, so that each elite must be placed anew
  virtual bool learn(std::span<const double> descriptors, std::span<const std::uint8_t> valid) {
    static_cast<void>(descriptors);
    static_cast<void>(valid);
    return false;
  }
  virtual void save(StateWriter& state) const { static_cast<void>(state); }
  virtual void load(const StateReader& state) { static_cast<void>(state); }
};

}  // namespace cambrian
