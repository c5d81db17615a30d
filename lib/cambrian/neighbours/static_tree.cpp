#include "cambrian/neighbours/static_tree.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <nanoflann.hpp>
#include <utility>

namespace cambrian {
namespace {

constexpr std::size_t kLeafSize = 16;

/// nanoflann keeps the points strictly nearer than worstDist() and enters branches up to it. A hair
/// beyond the bound lets points of equal distance reach the set, which orders them by row, and
/// outweighs the rounding of nanoflann's running sum of distances to branches.
struct TreeResult {
  using DistanceType = double;
  using IndexType = std::uint32_t;
  NearestSet& found;
  const std::uint32_t* rows;

  bool addPoint(double distance, std::size_t slot) {
    if (rows[slot] != kNoRow) found.offer(distance, rows[slot]);
    return true;
  }
  double worstDist() const {
    return found.bound() * (1 + 1e-12) + std::numeric_limits<double>::denorm_min();
  }
  std::size_t size() const { return found.size(); }
  bool empty() const { return found.size() == 0; }
  bool full() const { return found.full(); }
  void sort() {}
};

template <std::size_t dimensions>
struct Points {
  std::vector<std::array<double, dimensions>> values;
  std::size_t kdtree_get_point_count() const { return values.size(); }
  double kdtree_get_pt(std::size_t slot, std::size_t d) const { return values[slot][d]; }
  template <class Box>
  bool kdtree_get_bbox(Box&) const {
    return false;
  }
};

/// nanoflann's own L1_Adaptor sums four terms at a time, with other bits than a scan in order.
template <std::size_t dimensions, Metric metric>
struct TreeMetric {
  using ElementType = double;
  using DistanceType = double;
  const Points<dimensions>& points;

  explicit TreeMetric(const Points<dimensions>& source) : points(source) {}
  double evalMetric(const double* query, std::size_t slot, std::size_t) const {
    const auto& point = points.values[slot];
    double sum = 0;
    for (std::size_t d = 0; d < dimensions; ++d) {
      sum += distance_term<metric>(query[d] - point[d]);
    }
    return sum;
  }
  double accum_dist(double a, double b, std::size_t) const { return distance_term<metric>(a - b); }
};

template <std::size_t dimensions, Metric metric>
class Tree final : public StaticTree {
 public:
  Tree(std::span<const double> points, std::vector<std::uint32_t> rows)
      : StaticTree(std::move(rows)),
        points_(gather(points, rows_)),
        tree_(dimensions, points_, nanoflann::KDTreeSingleIndexAdaptorParams(kLeafSize)) {}

  void search(const double* query, NearestSet& found) const override {
    TreeResult result{found, rows_.data()};
    // {}: the search parameters' type changed its name in nanoflann 1.5.
    tree_.findNeighbors(result, query, {});
  }

 private:
  static Points<dimensions> gather(std::span<const double> points,
                                   std::span<const std::uint32_t> rows) {
    Points<dimensions> gathered;
    gathered.values.resize(rows.size());
    for (std::size_t slot = 0; slot < rows.size(); ++slot) {
      std::copy_n(points.data() + std::size_t{rows[slot]} * dimensions, dimensions,
                  gathered.values[slot].data());
    }
    return gathered;
  }

  Points<dimensions> points_;
  nanoflann::KDTreeSingleIndexAdaptor<TreeMetric<dimensions, metric>, Points<dimensions>,
                                      static_cast<int>(dimensions)>
      tree_;
};

using Maker = std::unique_ptr<StaticTree> (*)(std::span<const double>, std::vector<std::uint32_t>);

template <std::size_t dimensions, Metric metric>
std::unique_ptr<StaticTree> make(std::span<const double> points, std::vector<std::uint32_t> rows) {
  return std::make_unique<Tree<dimensions, metric>>(points, std::move(rows));
}

/// One instance a number of dimensions: with a number known only at run time nanoflann allocates in
/// every query.
template <Metric metric, std::size_t... index>
constexpr std::array<Maker, sizeof...(index)> makers(std::index_sequence<index...>) {
  return {&make<index + 1, metric>...};
}

}  // namespace

std::unique_ptr<StaticTree> make_static_tree(std::span<const double> points,
                                             std::vector<std::uint32_t> rows,
                                             std::size_t dimensions, Metric metric) {
  assert(dimensions >= 1 && dimensions <= kMaxTreeDimensions && !rows.empty());
  constexpr auto kSequence = std::make_index_sequence<kMaxTreeDimensions>();
  static constexpr auto kEuclidean = makers<Metric::squared_euclidean>(kSequence);
  static constexpr auto kManhattan = makers<Metric::manhattan>(kSequence);
  const auto& of_metric = metric == Metric::squared_euclidean ? kEuclidean : kManhattan;
  return of_metric[dimensions - 1](points, std::move(rows));
}

}  // namespace cambrian
