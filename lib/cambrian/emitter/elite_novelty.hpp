// How novel descriptors are among the elites of an archive: the mean Euclidean distance to the k
// nearest, each axis in units of its bounds (an axis without finite bounds in its own).
// Source: Lehman & Stanley 2011 (novelty); the units: our choice.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "cambrian/archive/elites.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/neighbours/growing_index.hpp"
#include "cambrian/neighbours/novelty.hpp"

namespace cambrian {

class EliteNovelty {
 public:
  /// @param k  at least 1
  explicit EliteNovelty(std::size_t k) : k_(k) {}

  /// The neighbours are the elites as they now are, until the next call. Costs what has changed.
  void follow(const Elites& elites);
  /// Of the elite in `row` among the others; 0 if there are none.
  double of_elite(std::uint32_t row);
  /// Of all elites. @param out  [elites]  @param executor  null: the caller's thread
  void of_elites(std::span<double> out, Executor* executor);
  /// Of others' descriptors. @param descriptors  [n, D]  @param valid  [n]; 0: not read, novelty 0
  /// @param out  [n]
  void of_others(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                 std::span<double> out, Executor* executor);

 private:
  /// Memory of one thread.
  struct Scratch {
    std::vector<double> point;
    std::vector<Neighbour> nearest;
  };
  void place(const Elites& elites, std::size_t row);
  /// @param own  the row that is left out; kNoRow: none
  double of_point(std::span<const double> point, std::uint32_t own, Scratch& scratch) const;
  void for_each_row(std::size_t rows, Executor* executor,
                    const std::function<void(std::size_t row, Scratch& scratch)>& body);

  std::size_t k_;
  std::vector<std::uint64_t> ids_;        // of the elites that are followed
  std::unique_ptr<GrowingIndex> points_;  // their descriptors in units of the bounds
  std::vector<double> scale_, point_;
  std::vector<Scratch> scratch_;  // [workers]
};

}  // namespace cambrian
