#include "cambrian/algorithm/archive_neighbours.hpp"

#include <algorithm>

namespace cambrian {
namespace {

constexpr std::size_t kMostKept = 64;  // neighbours a point: more would take much memory
/// Members that have come since: above this many, the trees are searched anew.
constexpr std::size_t kFew = 32;

template <Metric metric>
double distance(std::span<const double> a, const double* b) {
  double sum = 0;
  for (std::size_t d = 0; d < a.size(); ++d) sum += distance_term<metric>(a[d] - b[d]);
  return sum;
}

}  // namespace

ArchiveNeighbours::ArchiveNeighbours(const UnstructuredArchive& archive)
    : archive_(archive), width_(archive.rule().k <= kMostKept ? archive.rule().k + 1 : 0) {}

bool ArchiveNeighbours::keeps() const {
  return width_ > 0 && (archive_.capacity() == 0 || archive_.size() < archive_.capacity());
}

void ArchiveNeighbours::forget(std::size_t points) {
  nearest_.resize(points * width_);
  count_.assign(points, 0);
  seen_.assign(points, 0);
}

void ArchiveNeighbours::update(std::size_t i, std::span<const double> query) {
  const std::size_t size = archive_.size();
  if (!keeps() || seen_[i] == size) return;
  const std::span<Neighbour> storage(nearest_.data() + i * width_, width_);
  if (size - seen_[i] > kFew) {
    count_[i] = static_cast<std::uint32_t>(archive_.index().nearest(query, storage));
  } else {
    NearestSet found(storage, count_[i]);
    const bool squared = archive_.index().metric() == Metric::squared_euclidean;
    for (std::size_t row = seen_[i]; row < size; ++row) {
      const double* member = archive_.index().point(row).data();
      const double d = squared ? distance<Metric::squared_euclidean>(query, member)
                               : distance<Metric::manhattan>(query, member);
      found.offer(d, static_cast<std::uint32_t>(row));
    }
    count_[i] = static_cast<std::uint32_t>(found.size());
  }
  seen_[i] = size;
}

void ArchiveNeighbours::take(std::size_t i, const ArchiveNeighbours& other, std::size_t j) {
  std::copy_n(other.nearest_.data() + j * width_, width_, nearest_.data() + i * width_);
  count_[i] = other.count_[j];
  seen_[i] = other.seen_[j];
}

double ArchiveNeighbours::novelty(std::size_t i, std::span<const double> query,
                                  const FlatIndex& living, const NoveltyRule& rule, OwnRows own,
                                  NoveltyScratch& scratch) {
  if (!keeps()) return cambrian::novelty(query, archive_.index(), living, rule, own, scratch);
  update(i, query);
  scratch.nearest.resize(rule.k);
  NearestSet found(scratch.nearest);
  // Kept members first: they are sorted, and what they give prunes the search of the living.
  found.exclude(rule.counts_itself ? kNoRow : own.archive);
  for (const Neighbour& member : std::span(nearest_.data() + i * width_, count_[i])) {
    found.offer(member.distance, member.row);
  }
  found.exclude(rule.counts_itself ? kNoRow : own.living);
  living.search(query, found);
  return mean_distance(found, rule, query.size());
}

}  // namespace cambrian
