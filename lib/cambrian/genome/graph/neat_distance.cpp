#include "cambrian/genome/graph/neat_distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "cambrian/genome/graph/mark_index.hpp"

namespace cambrian {
namespace {

/// Above this many edges of the second genome they are aligned by a merge.
constexpr std::size_t kTableLinks = 128;
constexpr std::size_t kTableSlots = 1024;

/// Four sums, taken by turns, so that no addition waits for the one before. Fed in the order of the
/// edges, which is the same from either side.
class WeightDifference {
 public:
  void add(float a, float b, std::size_t counts = 1) {
    sums_[matching_ % 4] += std::abs(static_cast<double>(a) - b) * static_cast<double>(counts);
    matching_ += counts;
  }
  std::size_t matching() const { return matching_; }
  double mean() const {
    const double sum = (sums_[0] + sums_[1]) + (sums_[2] + sums_[3]);
    return matching_ == 0 ? 0.0 : sum / static_cast<double>(matching_);
  }

 private:
  std::array<double, 4> sums_ = {};
  std::size_t matching_ = 0;
};

/// The order of edges of two genomes: by the marks of their ends.
bool comes_before(const Graph& a, const EdgeGene& edge_a, const Graph& b, const EdgeGene& edge_b) {
  const std::uint64_t source_a = a.nodes[edge_a.source].mark;
  const std::uint64_t source_b = b.nodes[edge_b.source].mark;
  if (source_a != source_b) return source_a < source_b;
  return a.nodes[edge_a.target].mark < b.nodes[edge_b.target].mark;
}

void merge(const Graph& a, const Graph& b, std::size_t begin, WeightDifference& difference) {
  for (std::size_t i = begin, j = begin; i < a.edges.size() && j < b.edges.size();) {
    if (a.edges[i].mark == b.edges[j].mark) {
      difference.add(a.edges[i++].weight, b.edges[j++].weight);
    } else if (comes_before(a, a.edges[i], b, b.edges[j])) {
      ++i;
    } else {
      ++j;
    }
  }
}

void look_up(std::span<const EdgeGene> a, std::span<const EdgeGene> b,
             WeightDifference& difference) {
  std::array<std::uint8_t, kTableSlots> slots = {};
  std::array<std::uint32_t, kTableLinks> losers;
  std::array<std::uint32_t, kTableLinks> rows;
  match_marks<EdgeGene, std::uint8_t>(b, a, slots, 1, losers, rows);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::uint32_t found = rows[i] == kNoMatch ? 0U : 1U;
    difference.add(a[i].weight, b[rows[i] & (0U - found)].weight, found);
  }
}

}  // namespace

LinkDifference link_difference(const Graph& a, const Graph& b) {
  const std::size_t shorter = std::min(a.edges.size(), b.edges.size());
  WeightDifference difference;
  std::size_t same = 0;
  while (same < shorter && a.edges[same].mark == b.edges[same].mark) {
    difference.add(a.edges[same].weight, b.edges[same].weight);
    ++same;
  }
  if (same < shorter) {
    if (std::max(a.edges.size(), b.edges.size()) - same <= kTableLinks) {
      look_up(std::span(a.edges).subspan(same), std::span(b.edges).subspan(same), difference);
    } else {
      merge(a, b, same, difference);
    }
  }
  return {a.edges.size() + b.edges.size() - 2 * difference.matching(), difference.mean()};
}

}  // namespace cambrian
