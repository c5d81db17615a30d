// The nearest archive members of points that are scored again and again while the archive grows. A
// point keeps those that it has found; later only the members that were added since are searched.
//
//   novelty of a point = its kept members + members since + the living       (one sorted set of k)
//
// Scores are those of neighbours/novelty.hpp to the last bit: a distance has the same bits wherever
// it is taken, and the sum is over the same distances in the same order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/archive/unstructured_archive.hpp"

namespace cambrian {

class ArchiveNeighbours {
 public:
  /// @param archive  must outlive this. It may only grow between calls, but for one with a
  /// capacity: where that is full (its rows change), and where k is above 64, nothing is kept
  explicit ArchiveNeighbours(const UnstructuredArchive& archive);

  /// Starts again with `points` points that have found no neighbours yet.
  void forget(std::size_t points);
  /// Brings point i up to date. Safe from several threads at once for different points.
  /// @param query  [D] where the point lies, the same in all calls since it was forgotten or taken
  void update(std::size_t i, std::span<const double> query);
  /// Point i is now point j of `other`, which watches the same archive.
  void take(std::size_t i, const ArchiveNeighbours& other, std::size_t j);

  /// update(i, query), then its novelty among archive and `living`; parameters as in
  /// neighbours/novelty.hpp. Safe from several threads at once for different points.
  /// @param rule  the archive's; k may be smaller
  double novelty(std::size_t i, std::span<const double> query, const FlatIndex& living,
                 const NoveltyRule& rule, OwnRows own, NoveltyScratch& scratch);

 private:
  bool keeps() const;

  const UnstructuredArchive& archive_;
  std::size_t width_;               // k + 1: one of them may be the point's own copy; 0: none kept
  std::vector<Neighbour> nearest_;  // [points, width]
  std::vector<std::uint32_t> count_;  // [points]
  std::vector<std::size_t> seen_;     // [points] members of the archive then
};

}  // namespace cambrian
