#include "cambrian/neighbours/novelty.hpp"

#include <cassert>

namespace cambrian {

double mean_distance(const NearestSet& found, const NoveltyRule& rule, std::size_t dimensions) {
  if (found.size() == 0) return 0;
  double sum = 0;
  for (const Neighbour& neighbour : found.found()) sum += rule.of_metric(neighbour.distance);
  return sum / static_cast<double>(found.size()) * rule.scale(dimensions);
}

double novelty(std::span<const double> query, const GrowingIndex& archive, const FlatIndex& living,
               const NoveltyRule& rule, OwnRows own, NoveltyScratch& scratch) {
  assert(rule.k > 0 && archive.metric() == rule.metric() && living.metric() == rule.metric());
  scratch.nearest.resize(rule.k);
  NearestSet found(scratch.nearest);
  // The living first: they are few, and what they give prunes the search of the trees.
  found.exclude(rule.counts_itself ? kNoRow : own.living);
  living.search(query, found);
  found.exclude(rule.counts_itself ? kNoRow : own.archive);
  archive.search(query, found);
  return mean_distance(found, rule, query.size());
}

}  // namespace cambrian
