// Nearest neighbours by brute force, several points at once. What is few (a living population, the
// tail of a growing index) or has many dimensions is searched fastest this way.
//
//   blocks of 16 points, each [D, 16]: a block's distances are summed dimension by dimension in
//   vector registers
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/neighbours/metric.hpp"
#include "cambrian/neighbours/nearest_set.hpp"

namespace cambrian {

class FlatIndex {
 public:
  FlatIndex(std::size_t dimensions, Metric metric) : dimensions_(dimensions), metric_(metric) {}

  std::size_t size() const { return rows_.size(); }
  std::size_t dimensions() const { return dimensions_; }
  Metric metric() const { return metric_; }
  /// Point [D], finite, goes into slot size() and is found as `row`; without a row, as its slot.
  void add(std::span<const double> point, std::uint32_t row);
  void add(std::span<const double> point) { add(point, static_cast<std::uint32_t>(size())); }
  /// Overwrites the point of a slot; it keeps its row.
  void replace(std::size_t slot, std::span<const double> point);
  std::span<const std::uint32_t> rows() const { return rows_; }  ///< [size], of each slot
  void clear();

  /// Offers every point to `found`. Const and safe from several threads at once.
  void search(std::span<const double> query, NearestSet& found) const;

 private:
  template <Metric metric>
  void search_blocks(const double* query, NearestSet& found) const;

  std::size_t dimensions_;
  Metric metric_;
  std::vector<double> blocks_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace cambrian
