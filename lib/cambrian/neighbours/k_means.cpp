#include "cambrian/neighbours/k_means.hpp"

#include <algorithm>
#include <numeric>

#include "cambrian/core/shape.hpp"
#include "cambrian/neighbours/centroids.hpp"

namespace cambrian {
namespace {

/// Points that a worker takes at once, and of these the points that are searched for together.
constexpr std::size_t kChunk = 4096;
constexpr std::size_t kTogether = 256;

std::vector<std::uint32_t> random_rows(std::size_t n, std::size_t clusters, Stream stream) {
  std::vector<std::uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0U);
  for (std::size_t i = 0; i < clusters; ++i)
    std::swap(rows[i], rows[i + stream.below(static_cast<std::uint32_t>(n - i))]);
  rows.resize(clusters);
  return rows;
}

/// k-means++. Each chosen point has around it those that are nearest to it. A new one is compared
/// with a group only where it is nearer to the group's middle than twice the group's radius: no
/// other member can be nearer to it.
class PlusPlus {
 public:
  PlusPlus(std::span<const double> points, std::size_t dimensions)
      : points_(points),
        dimensions_(dimensions),
        weights_(points.size() / dimensions, std::numeric_limits<double>::infinity()) {}

  std::vector<std::uint32_t> choose(std::size_t clusters, Stream& stream) {
    const std::size_t n = weights_.size();
    Group& first = groups_.emplace_back();
    first.members.resize(n);
    std::iota(first.members.begin(), first.members.end(), 0U);
    const std::uint32_t start = stream.below(static_cast<std::uint32_t>(n));
    for (const std::uint32_t row : first.members) weights_[row] = distance(row, start);
    first.measure(weights_);
    middles_.assign(point(start), point(start) + dimensions_);
    std::vector<std::uint32_t> chosen = {start};
    taken_.assign(n, 0);
    taken_[start] = 1;
    while (chosen.size() < clusters) {
      const std::uint32_t row = draw(stream);
      chosen.push_back(row);
      taken_[row] = 1;
      add(row);
    }
    return chosen;
  }

 private:
  struct Group {
    std::vector<std::uint32_t> members;
    double sum = 0;       ///< of squared distances to the middle
    double farthest = 0;  ///< the largest of them
    void measure(const std::vector<double>& weights) {
      sum = farthest = 0;
      for (const std::uint32_t row : members) {
        sum += weights[row];
        farthest = std::max(farthest, weights[row]);
      }
    }
  };
  const double* point(std::uint32_t row) const { return points_.data() + row * dimensions_; }
  double distance(std::uint32_t a, std::uint32_t b) const {
    return squared_distance(point(a), point(b), dimensions_);
  }

  std::uint32_t draw(Stream& stream) {
    double total = 0;
    for (const Group& group : groups_) total += group.sum;
    double left = stream.uniform() * total;
    std::uint32_t drawn = kNoRow;
    for (const Group& group : groups_) {
      if (left >= group.sum) {
        left -= group.sum;
        continue;
      }
      for (const std::uint32_t row : group.members) {
        if (weights_[row] == 0) continue;
        drawn = row;
        if (left < weights_[row]) return row;
        left -= weights_[row];
      }
      if (drawn != kNoRow) return drawn;
    }
    // Rounding left nothing, or every point has a copy among the chosen: the first that is not one.
    const auto free = std::ranges::find(taken_, std::uint8_t{0});
    return static_cast<std::uint32_t>(free - taken_.begin());
  }

  void add(std::uint32_t row) {
    const double* middle = point(row);
    Group fresh;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      Group& group = groups_[g];
      const double* other = middles_.data() + g * dimensions_;
      if (squared_distance(middle, other, dimensions_) >= 4 * group.farthest) continue;
      std::size_t kept = 0;
      for (const std::uint32_t member : group.members) {
        const double nearer = distance(member, row);
        if (nearer < weights_[member]) {
          weights_[member] = nearer;
          fresh.members.push_back(member);
        } else {
          group.members[kept++] = member;
        }
      }
      if (kept == group.members.size()) continue;
      group.members.resize(kept);
      group.measure(weights_);
    }
    fresh.measure(weights_);
    groups_.push_back(std::move(fresh));
    middles_.insert(middles_.end(), middle, middle + dimensions_);
  }

  std::span<const double> points_;
  std::size_t dimensions_;
  std::vector<double> weights_;  ///< [n] squared distance to the nearest chosen point
  std::vector<std::uint8_t> taken_;
  std::vector<Group> groups_;
  std::vector<double> middles_;  ///< [groups, D]
};

class Lloyd {
 public:
  Lloyd(std::span<const double> points, std::size_t dimensions, std::vector<double> centroids,
        Executor* executor)
      : points_(points),
        dimensions_(dimensions),
        centroids_(std::move(centroids)),
        executor_(executor),
        moved_(this->centroids_.size() / dimensions, 1),
        nearest_(points.size() / dimensions, kNoNeighbour) {}

  /// Each point's nearest centroid, where `moved_` says which have changed since the last call.
  void assign() {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t c = 0; c < moved_.size(); ++c)
      if (moved_[c] != 0) rows.push_back(c);
    all_ = make_centroid_index(centroids_, dimensions_);
    some_ = 2 * rows.size() < moved_.size() ? make_centroid_index(centroids_, rows, dimensions_)
                                            : nullptr;
    for_each_chunk(executor_, nearest_.size(), kChunk,
                   [this](std::size_t begin, std::size_t end, std::size_t) {
                     Search search(*this);
                     for (std::size_t i = begin; i < end; ++i) search.add(i);
                     search.finish();
                   });
  }

  /// Moves each centroid to the mean of its points. @return whether any has moved
  bool update() {
    const std::size_t clusters = moved_.size();
    counts_.assign(clusters, 0);
    for (const Neighbour& nearest : nearest_) ++counts_[nearest.row];
    fill_empty();
    sums_.assign(centroids_.size(), 0);
    for (std::size_t i = 0; i < nearest_.size(); ++i) {
      double* sum = sums_.data() + nearest_[i].row * dimensions_;
      const double* point = points_.data() + i * dimensions_;
      for (std::size_t d = 0; d < dimensions_; ++d) sum[d] += point[d];
    }
    bool any = false;
    for (std::size_t c = 0; c < clusters; ++c) {
      moved_[c] = 0;
      for (std::size_t d = c * dimensions_; counts_[c] > 0 && d < (c + 1) * dimensions_; ++d) {
        const double mean = sums_[d] / static_cast<double>(counts_[c]);
        moved_[c] |= static_cast<std::uint8_t>(mean != centroids_[d]);
        centroids_[d] = mean;
      }
      any |= moved_[c] != 0;
    }
    return any;
  }

  void take(KMeans& result) {
    result.centroids = std::move(centroids_);
    result.assignment.reserve(nearest_.size());
    for (const Neighbour& nearest : nearest_) result.assignment.push_back(nearest.row);
  }

 private:
  /// Collects points until there are enough to be searched for together: those whose own centroid
  /// has moved away among all centroids, the others among those that have moved. What has not moved
  /// is no nearer than it was, and was farther than their own.
  class Search {
   public:
    explicit Search(Lloyd& lloyd) : lloyd_(lloyd) {}
    void add(std::size_t i) {
      const double* point = lloyd_.points_.data() + i * lloyd_.dimensions_;
      Neighbour& nearest = lloyd_.nearest_[i];
      bool among_all = !lloyd_.some_ || nearest.row == kNoRow;
      if (nearest.row != kNoRow && lloyd_.moved_[nearest.row] != 0) {
        const double* own = lloyd_.centroids_.data() + nearest.row * lloyd_.dimensions_;
        const double now = squared_distance(point, own, lloyd_.dimensions_);
        among_all |= now > nearest.distance;
        nearest.distance = now;
      }
      List& list = among_all ? all_ : some_;
      list.rows.push_back(i);
      list.nearest.push_back(nearest);
      list.points.insert(list.points.end(), point, point + lloyd_.dimensions_);
      if (list.rows.size() == kTogether) search(list, among_all ? *lloyd_.all_ : *lloyd_.some_);
    }
    void finish() {
      if (!all_.rows.empty()) search(all_, *lloyd_.all_);
      if (!some_.rows.empty()) search(some_, *lloyd_.some_);
    }

   private:
    struct List {
      std::vector<std::size_t> rows;
      std::vector<Neighbour> nearest;
      std::vector<double> points;
    };
    void search(List& list, const CentroidIndex& index) {
      index.refine(list.points, list.nearest);
      for (std::size_t i = 0; i < list.rows.size(); ++i)
        lloyd_.nearest_[list.rows[i]] = list.nearest[i];
      list.rows.clear();
      list.nearest.clear();
      list.points.clear();
    }
    Lloyd& lloyd_;
    List all_, some_;
  };

  void fill_empty() {
    for (std::uint32_t c = 0; c < counts_.size(); ++c) {
      if (counts_[c] != 0) continue;
      std::size_t farthest = nearest_.size();
      double distance = 0;
      for (std::size_t i = 0; i < nearest_.size(); ++i) {
        if (nearest_[i].distance <= distance || counts_[nearest_[i].row] < 2) continue;
        farthest = i;
        distance = nearest_[i].distance;
      }
      if (farthest == nearest_.size()) return;  // there are fewer different points than clusters
      --counts_[nearest_[farthest].row];
      counts_[c] = 1;
      nearest_[farthest] = {c, 0};
    }
  }

  std::span<const double> points_;
  std::size_t dimensions_;
  std::vector<double> centroids_;
  Executor* executor_;
  std::vector<std::uint8_t> moved_;  ///< [clusters]
  std::vector<Neighbour> nearest_;   ///< [n]
  std::vector<std::size_t> counts_;
  std::vector<double> sums_;
  std::unique_ptr<CentroidIndex> all_, some_;  ///< some_: of those that moved; null: most did
};

void check_points(std::span<const double> points, std::size_t dimensions, std::size_t clusters) {
  if (dimensions == 0 || points.size() % dimensions != 0)
    throw ShapeError("points: are not whole rows");
  if (clusters == 0 || points.size() / dimensions < clusters)
    throw ShapeError("clusters: there are " + std::to_string(clusters) + " for " +
                     std::to_string(points.size() / dimensions) + " points");
  if (points.size() / dimensions >= kNoRow) throw ShapeError("points: there are too many");
}

}  // namespace

std::vector<std::uint32_t> k_means_start(std::span<const double> points, std::size_t dimensions,
                                         std::size_t clusters, KMeansStart start, StreamKey key) {
  check_points(points, dimensions, clusters);
  Stream stream(key, 0);
  if (start == KMeansStart::random)
    return random_rows(points.size() / dimensions, clusters, stream);
  return PlusPlus(points, dimensions).choose(clusters, stream);
}

KMeans k_means(std::span<const double> points, std::size_t dimensions, const KMeansOptions& options,
               StreamKey key, Executor* executor) {
  std::vector<double> centroids;
  for (const std::uint32_t row :
       k_means_start(points, dimensions, options.clusters, options.start, key)) {
    const double* point = points.data() + row * dimensions;
    centroids.insert(centroids.end(), point, point + dimensions);
  }
  Lloyd lloyd(points, dimensions, std::move(centroids), executor);
  KMeans result;
  lloyd.assign();
  while (result.iterations < options.iterations) {
    if (!lloyd.update()) {
      result.converged = true;
      break;
    }
    lloyd.assign();
    ++result.iterations;
  }
  lloyd.take(result);
  return result;
}

}  // namespace cambrian
