#include "cambrian/neighbours/centroids.hpp"

#include <numeric>

#include "cambrian/core/shape.hpp"
#include "cambrian/neighbours/detail/bucket_index.hpp"
#include "cambrian/neighbours/detail/product_index.hpp"
#include "cambrian/neighbours/static_tree.hpp"

namespace cambrian {
namespace {

/// From here on the product of matrices is faster than the tree (neighbours_bench).
constexpr std::size_t kProductDimensions = 8;

class TreeIndex final : public CentroidIndex {
 public:
  TreeIndex(std::span<const double> points, std::span<const std::uint32_t> rows,
            std::size_t dimensions)
      : dimensions_(dimensions),
        tree_(make_static_tree(points, {rows.begin(), rows.end()}, dimensions,
                               Metric::squared_euclidean)) {}

  void refine(std::span<const double> queries, std::span<Neighbour> nearest) const override {
    for (std::size_t i = 0; i < nearest.size(); ++i) {
      NearestSet found(nearest.subspan(i, 1), nearest[i].row == kNoRow ? 0 : 1);
      tree_->search(queries.data() + i * dimensions_, found);
      // So far away that no distance is a number: all are equally far.
      if (found.size() == 0)
        nearest[i] = {tree_->rows().front(), std::numeric_limits<double>::infinity()};
    }
  }

 private:
  std::size_t dimensions_;
  std::unique_ptr<StaticTree> tree_;
};

}  // namespace

std::unique_ptr<CentroidIndex> make_centroid_index(std::span<const double> points,
                                                   std::span<const std::uint32_t> rows,
                                                   std::size_t dimensions, CentroidSearch search) {
  if (dimensions == 0 || rows.empty()) throw ShapeError("centroids: there are none");
  if (points.size() % dimensions != 0) throw ShapeError("centroids: are not whole rows");
  const bool automatic = search == CentroidSearch::automatic;
  if (search == CentroidSearch::buckets || (automatic && dimensions == 2)) {
    check_count("dimensions of buckets", dimensions, 2);
    auto buckets = std::make_unique<detail::BucketIndex>(points, rows);
    if (!automatic || !buckets->is_uneven()) return buckets;
  }
  if (search == CentroidSearch::product || dimensions > kMaxTreeDimensions ||
      (automatic && dimensions >= kProductDimensions))
    return std::make_unique<detail::ProductIndex>(points, rows, dimensions);
  return std::make_unique<TreeIndex>(points, rows, dimensions);
}

std::unique_ptr<CentroidIndex> make_centroid_index(std::span<const double> points,
                                                   std::size_t dimensions, CentroidSearch search) {
  std::vector<std::uint32_t> rows(dimensions == 0 ? 0 : points.size() / dimensions);
  std::iota(rows.begin(), rows.end(), 0U);
  return make_centroid_index(points, rows, dimensions, search);
}

}  // namespace cambrian
