#include "cambrian/neighbours/growing_index.hpp"

#include <algorithm>
#include <cassert>

#include "cambrian/neighbours/flat_index.hpp"
#include "cambrian/neighbours/static_tree.hpp"

namespace cambrian {
namespace {

// Measured in 2 dimensions with k = 15: see growing in neighbours_bench.
constexpr std::size_t kMinTail = 512;
constexpr std::size_t kTailShare = 16;   ///< a tail is at most 1/16 of the young tree, or kMinTail
constexpr std::size_t kYoungShare = 10;  ///< a young tree is at most 1/10 of the large one

}  // namespace

struct GrowingIndex::Impl {
  enum class Part : std::uint32_t { tail, young, large };
  /// Where a row lies.
  struct Place {
    Part part = Part::tail;
    std::uint32_t slot = 0;
  };

  Impl(std::size_t dimension_count, Metric chosen)
      : dimensions(dimension_count), metric(chosen), tail(dimension_count, chosen) {}

  std::span<const double> point(std::size_t row) const {
    return std::span(points).subspan(row * dimensions, dimensions);
  }
  bool has_trees() const { return dimensions <= kMaxTreeDimensions; }

  void join_tail(std::uint32_t row) {
    places[row] = {Part::tail, static_cast<std::uint32_t>(tail.size())};
    tail.add(point(row), row);
  }

  void settle_if_full() {
    const std::size_t young_size = young ? young->size() : 0;
    if (has_trees() && tail.size() >= std::max(kMinTail, young_size / kTailShare)) settle();
  }

  /// The tail joins the young tree, or all become the large one.
  void settle() {
    const std::size_t recent = tail.size() + (young ? young->size() : 0);
    if (!large || recent * kYoungShare > large->size()) {
      std::vector<std::uint32_t> rows(places.size());
      for (std::uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
      young.reset();
      large = build(std::move(rows), Part::large);
    } else {
      std::vector<std::uint32_t> rows(tail.rows().begin(), tail.rows().end());
      if (young) {
        for (const std::uint32_t row : young->rows()) {
          if (row != kNoRow) rows.push_back(row);
        }
      }
      young = build(std::move(rows), Part::young);
    }
    tail.clear();
  }

  std::unique_ptr<StaticTree> build(std::vector<std::uint32_t> rows, Part part) {
    for (std::uint32_t slot = 0; slot < rows.size(); ++slot) places[rows[slot]] = {part, slot};
    return make_static_tree(points, std::move(rows), dimensions, metric);
  }

  std::size_t dimensions;
  Metric metric;
  std::vector<double> points;  ///< [size, D]
  std::vector<Place> places;   ///< [size]
  std::unique_ptr<StaticTree> large, young;
  FlatIndex tail;
};

GrowingIndex::GrowingIndex(std::size_t dimensions, Metric metric)
    : impl_(std::make_unique<Impl>(dimensions, metric)) {
  assert(dimensions > 0);
}
GrowingIndex::~GrowingIndex() = default;
GrowingIndex::GrowingIndex(GrowingIndex&&) noexcept = default;
GrowingIndex& GrowingIndex::operator=(GrowingIndex&&) noexcept = default;

std::size_t GrowingIndex::size() const { return impl_->places.size(); }
std::size_t GrowingIndex::dimensions() const { return impl_->dimensions; }
Metric GrowingIndex::metric() const { return impl_->metric; }

void GrowingIndex::add(std::span<const double> point) {
  assert(point.size() == impl_->dimensions);
  impl_->points.insert(impl_->points.end(), point.begin(), point.end());
  impl_->places.emplace_back();
  impl_->join_tail(static_cast<std::uint32_t>(size() - 1));
  impl_->settle_if_full();
}

void GrowingIndex::add_many(std::span<const double> points) {
  assert(points.size() % impl_->dimensions == 0);
  impl_->points.insert(impl_->points.end(), points.begin(), points.end());
  const std::size_t first = size();
  impl_->places.resize(impl_->points.size() / impl_->dimensions);
  for (std::size_t row = first; row < size(); ++row) {
    impl_->join_tail(static_cast<std::uint32_t>(row));
  }
  impl_->settle_if_full();
}

void GrowingIndex::replace(std::size_t row, std::span<const double> point) {
  assert(row < size() && point.size() == impl_->dimensions);
  std::ranges::copy(point,
                    impl_->points.begin() + static_cast<std::ptrdiff_t>(row * impl_->dimensions));
  const Impl::Place place = impl_->places[row];
  if (place.part == Impl::Part::tail) {
    impl_->tail.replace(place.slot, point);
    return;
  }
  (place.part == Impl::Part::young ? impl_->young : impl_->large)->remove(place.slot);
  impl_->join_tail(static_cast<std::uint32_t>(row));
  impl_->settle_if_full();
}

void GrowingIndex::clear() { impl_ = std::make_unique<Impl>(impl_->dimensions, impl_->metric); }

std::span<const double> GrowingIndex::point(std::size_t row) const {
  assert(row < size());
  return impl_->point(row);
}

std::size_t GrowingIndex::nearest(std::span<const double> query, std::span<Neighbour> out) const {
  if (out.empty()) return 0;
  NearestSet found(out);
  search(query, found);
  return found.size();
}

void GrowingIndex::search(std::span<const double> query, NearestSet& found) const {
  assert(query.size() == impl_->dimensions);
  if (impl_->large) impl_->large->search(query.data(), found);
  if (impl_->young) impl_->young->search(query.data(), found);
  impl_->tail.search(query, found);
}

}  // namespace cambrian
