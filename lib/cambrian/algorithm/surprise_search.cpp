#include "cambrian/algorithm/surprise_search.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/neighbours/flat_index.hpp"
#include "cambrian/neighbours/novelty.hpp"

namespace cambrian {
namespace {

class SurpriseFitness final : public FitnessRule {
 public:
  SurpriseFitness(const SurpriseSearchParameters& parameters, AlgorithmContext& context)
      : parameters_(checked(parameters)),
        generation_(static_cast<std::uint64_t>(parameters.generation > 0
                                                   ? parameters.generation
                                                   : parameters.search.population.population)),
        dimensions_(context.descriptor().dimensions()),
        key_(context.key("algorithm.centroids")),
        predictions_(dimensions_, Metric::squared_euclidean),
        nearest_(static_cast<std::size_t>(parameters.nearest)) {}

  void found(const Individuals& living, const Population&, std::span<double> fitness) override {
    start(living);
    predict();
    refresh(living, fitness);
  }
  double judge(const Individuals&, const Individuals& batch, std::size_t i) override {
    return surprise(batch.descriptor(i));
  }
  void batch_done(const Individuals& living, const Population&, const Proposal& proposal) override;
  bool refresh(const Individuals& living, std::span<double> fitness) override;
  void report(HistoryValues& values) const override {
    values.emplace_back("surprise_mean", surprise_mean_);
  }
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader, const SavedTables& tables,
            const Individuals& living) override;

 private:
  /// The first centroids: members drawn without replacement, then moved.
  void start(const Individuals& living);
  void predict();
  double surprise(std::span<const double> point);

  SurpriseSearchParameters parameters_;
  std::uint64_t generation_;  // offspring
  std::size_t dimensions_;
  StreamKey key_;
  std::vector<double> before_, now_;  // [clusters, D] centroids of the last two generations
  FlatIndex predictions_;
  std::vector<Neighbour> nearest_;
  std::uint64_t offspring_ = 0;
  double surprise_mean_ = 0;
};

void SurpriseFitness::start(const Individuals& living) {
  const std::size_t clusters =
      std::min(living.size(), static_cast<std::size_t>(parameters_.clusters));
  std::vector<std::uint32_t> rows(living.size());
  std::iota(rows.begin(), rows.end(), 0U);
  Stream stream(key_, 0);
  now_.clear();
  for (std::size_t c = 0; c < clusters; ++c) {
    std::swap(rows[c], rows[c + stream.below(static_cast<std::uint32_t>(rows.size() - c))]);
    const auto point = living.descriptor(rows[c]);
    now_.insert(now_.end(), point.begin(), point.end());
  }
  move_centroids(living.descriptors, dimensions_, static_cast<std::size_t>(parameters_.iterations),
                 now_);
  before_ = now_;
}

void SurpriseFitness::predict() {
  predictions_.clear();
  std::vector<double> expected(dimensions_);
  for (std::size_t first = 0; first < now_.size(); first += dimensions_) {
    for (std::size_t d = 0; d < dimensions_; ++d)
      expected[d] = now_[first + d] + (now_[first + d] - before_[first + d]);
    predictions_.add(expected);
  }
}

double SurpriseFitness::surprise(std::span<const double> point) {
  NearestSet found(nearest_);
  predictions_.search(point, found);
  return mean_distance(found, {NoveltyDistance::euclidean, nearest_.size(), false}, dimensions_);
}

void SurpriseFitness::batch_done(const Individuals& living, const Population&,
                                 const Proposal& proposal) {
  const std::uint64_t seen = offspring_ / generation_;
  offspring_ += proposal.candidates.size();
  if (offspring_ / generation_ == seen) return;
  before_ = now_;
  move_centroids(living.descriptors, dimensions_, static_cast<std::size_t>(parameters_.iterations),
                 now_);
  predict();
}

bool SurpriseFitness::refresh(const Individuals& living, std::span<double> fitness) {
  double sum = 0;
  for (std::size_t i = 0; i < living.size(); ++i) {
    fitness[i] = surprise(living.descriptor(i));
    sum += fitness[i];
  }
  surprise_mean_ = sum / static_cast<double>(living.size());
  return true;
}

void SurpriseFitness::save(StateWriter& writer) const {
  writer.attribute("offspring", offspring_);
  writer.attribute("surprise_mean", surprise_mean_);
  writer.column<double>("centroids_before", before_, {"of the last generation but one"});
  writer.column<double>("centroids", now_, {"of the last generation"});
}

void SurpriseFitness::load(const StateReader& reader, const SavedTables&, const Individuals&) {
  offspring_ = reader.attribute_as<std::uint64_t>("offspring");
  surprise_mean_ = reader.attribute_as<double>("surprise_mean");
  before_ = reader.column<double>("centroids_before");
  now_ = reader.column<double>("centroids");
  if (before_.size() != now_.size() || now_.size() % dimensions_ != 0)
    throw Error("centroids: are not whole rows, or not as many as those before");
  predict();
}

}  // namespace

void move_centroids(std::span<const double> points, std::size_t dimensions, std::size_t iterations,
                    std::vector<double>& centroids) {
  const std::size_t n = points.size() / dimensions;
  const std::size_t clusters = centroids.size() / dimensions;
  std::vector<std::uint32_t> nearest(n, kNoRow);
  std::vector<double> sums(centroids.size());
  std::vector<std::size_t> counts(clusters);
  for (std::size_t iteration = 0; iteration < iterations; ++iteration) {
    FlatIndex index(dimensions, Metric::squared_euclidean);
    for (std::size_t c = 0; c < clusters; ++c)
      index.add(std::span(centroids).subspan(c * dimensions, dimensions));
    std::ranges::fill(sums, 0.0);
    std::ranges::fill(counts, 0U);
    bool changed = false;
    for (std::size_t i = 0; i < n; ++i) {
      const auto point = points.subspan(i * dimensions, dimensions);
      Neighbour found;
      NearestSet one({&found, 1});
      index.search(point, one);
      changed = changed || found.row != nearest[i];
      nearest[i] = found.row;
      ++counts[found.row];
      for (std::size_t d = 0; d < dimensions; ++d) sums[found.row * dimensions + d] += point[d];
    }
    if (!changed) return;
    for (std::size_t c = 0; c < clusters; ++c) {
      if (counts[c] == 0) continue;
      for (std::size_t d = 0; d < dimensions; ++d)
        centroids[c * dimensions + d] = sums[c * dimensions + d] / static_cast<double>(counts[c]);
    }
  }
}

void SurpriseSearchParameters::visit(ParameterVisitor& visitor) {
  constexpr std::string_view kPaper = "Gravina, Liapis & Yannakakis 2016";
  visitor.integer(
      "clusters", clusters, {1, 100'000},
      {"parts of the population whose movement is predicted; at most its size", "", kPaper});
  visitor.integer("nearest", nearest, {1, 100'000},
                  {"nearest predictions: their mean distance is the surprise", "", kPaper});
  visitor.integer("generation", generation, {0, 1'000'000'000},
                  {"offspring between two predictions, at a batch boundary; 0: as many as there "
                   "are living",
                   "evaluations", "our choice: the paper's loop is generational"});
  visitor.integer("iterations", iterations, {1, 100'000},
                  {"of Lloyd's algorithm, at most", "", "our choice"});
  search.visit(visitor);
}

std::unique_ptr<Algorithm> make_surprise_search(const SurpriseSearchParameters& parameters,
                                                AlgorithmContext& context) {
  return std::make_unique<SteadyStateSearch>(
      parameters.search, context, std::make_unique<SurpriseFitness>(parameters, context));
}

}  // namespace cambrian
