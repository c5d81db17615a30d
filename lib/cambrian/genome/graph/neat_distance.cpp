#include "cambrian/genome/graph/neat_distance.hpp"

#include <algorithm>
#include <array>
#include <bit>
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
  std::array<std::uint8_t, kTableSlots> table;
  const std::span slots =
      std::span(table).first(std::min(kTableSlots, std::bit_ceil(32 * b.size())));
  std::ranges::fill(slots, std::uint8_t{0});
  std::array<std::uint32_t, kTableLinks> losers;
  std::array<const EdgeGene*, kTableLinks> partners;
  match_marks<EdgeGene, std::uint8_t>(b, a, slots, 1, losers, partners);
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference.add(a[i].weight, partners[i]->weight, partners[i] == &a[i] ? 0 : 1);
  }
}

}  // namespace

void NeatDistance::visit_distance(ParameterVisitor& visitor) {
  constexpr std::string_view kNeat = "Stanley & Miikkulainen 2002; NEAT 1.2";
  constexpr Range<double> kSize{0.0, 1e6};
  visitor.real("unmatched_coefficient", unmatched_coefficient, kSize,
               {"distance per disjoint or excess gene (c1 = c2)", "", kNeat});
  visitor.real("weight_coefficient", weight_coefficient, kSize,
               {"distance per unit of mean weight difference of matching genes (c3)", "", kNeat});
  visitor.boolean("divide_by_size", divide_by_size,
                  {"whether disjoint and excess genes are divided by the number of genes of the "
                   "larger genome",
                   "", "NEAT 1.2: no; Stanley & Miikkulainen 2002, equation 1: yes"});
}

double NeatDistance::between(const Graph& one, const Graph& other) const {
  const std::span<const EdgeGene> left = one.edges;
  const std::span<const EdgeGene> right = other.edges;
  const std::size_t shorter = std::min(left.size(), right.size());
  WeightDifference difference;
  std::size_t same = 0;
  while (same < shorter && left[same].mark == right[same].mark) {
    difference.add(left[same].weight, right[same].weight);
    ++same;
  }
  if (same < shorter) {
    if (std::max(left.size(), right.size()) - same <= kTableLinks) {
      look_up(left.subspan(same), right.subspan(same), difference);
    } else {
      merge(one, other, same, difference);
    }
  }
  const std::size_t unmatched = left.size() + right.size() - 2 * difference.matching();
  const std::size_t size =
      divide_by_size ? std::max({left.size(), right.size(), std::size_t{1}}) : 1;
  return unmatched_coefficient * static_cast<double>(unmatched) / static_cast<double>(size) +
         weight_coefficient * difference.mean();
}

}  // namespace cambrian
