// Nearest neighbours among points that grow in number: adding never rebuilds the whole.
//
//   large static tree | young static tree | tail, by brute force
//
// New points join the tail; a full tail is built into the young tree, and when that has grown past
// a share of the large one both are built into one. Above about 10 dimensions trees lose to brute
// force, and none is built. Source: Bentley & Saxe 1980, "Decomposable searching problems" (the
// logarithmic method); trees by nanoflann.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "cambrian/neighbours/metric.hpp"
#include "cambrian/neighbours/nearest_set.hpp"

namespace cambrian {

class GrowingIndex {
 public:
  GrowingIndex(std::size_t dimensions, Metric metric);
  ~GrowingIndex();
  GrowingIndex(GrowingIndex&&) noexcept;
  GrowingIndex& operator=(GrowingIndex&&) noexcept;

  std::size_t size() const;
  std::size_t dimensions() const;
  Metric metric() const;
  /// Point [D], finite, gets row size().
  void add(std::span<const double> point);
  /// Points [m, D], finite, get rows size() ..; one build where adding one by one would need many.
  void add_many(std::span<const double> points);
  /// Overwrites a row (an archive with a capacity reuses its rows). Costs what add() costs: the old
  /// point is struck out of its tree, the new one joins the tail, and the next build of that tree
  /// forgets the old one.
  void replace(std::size_t row, std::span<const double> point);
  void clear();
  std::span<const double> point(std::size_t row) const;

  /// The k nearest, nearest first; ties by row, the lower first. Const and safe from several
  /// threads at once.
  /// @param out  [k] written; @return how many there are (fewer than k in a small index)
  std::size_t nearest(std::span<const double> query, std::span<Neighbour> out) const;
  /// The same into a set that other points may have been, or will be, offered to as well.
  void search(std::span<const double> query, NearestSet& found) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cambrian
