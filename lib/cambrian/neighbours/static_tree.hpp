// A k-d tree over a fixed set of points, by nanoflann: the parts that a growing index is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cambrian/neighbours/metric.hpp"
#include "cambrian/neighbours/nearest_set.hpp"

namespace cambrian {

/// Above this many dimensions brute force is faster, and no tree is made.
inline constexpr std::size_t kMaxTreeDimensions = 10;

class StaticTree {
 public:
  virtual ~StaticTree() = default;
  /// Slots, the removed ones included.
  std::size_t size() const { return rows_.size(); }
  std::span<const std::uint32_t> rows() const { return rows_; }  ///< [size]; kNoRow: removed
  /// The slot's point is no longer found; its place in the tree stays until the tree is rebuilt.
  void remove(std::size_t slot) { rows_[slot] = kNoRow; }
  /// Offers what may be among the nearest. Const and safe from several threads at once; allocates
  /// nothing.
  virtual void search(const double* query, NearestSet& found) const = 0;

 protected:
  explicit StaticTree(std::vector<std::uint32_t> rows) : rows_(std::move(rows)) {}
  std::vector<std::uint32_t> rows_;
};

/// @param points  [n, dimensions], finite, copied for the rows that are asked for
/// @param rows    [m], at least one, each below n; slot i of the tree holds row rows[i]
/// @param dimensions  1..kMaxTreeDimensions
std::unique_ptr<StaticTree> make_static_tree(std::span<const double> points,
                                             std::vector<std::uint32_t> rows,
                                             std::size_t dimensions, Metric metric);

}  // namespace cambrian
