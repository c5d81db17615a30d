// Surprise search: fitness is how far a behaviour lies from where the population was expected to go.
//
//   generation t-2   living ── k-means ──► centroids  ╮
//   generation t-1   living ── k-means ──► centroids  ┴─► each moves on by as much as it moved last:
//                             (begins with those above)    the predictions of generation t
//   fitness          mean distance to the nearest predictions
//
// In the steady-state loop a generation is as many offspring as there are living. Until two have been
// seen, nothing is expected to move.
//
// Source: Gravina, Liapis & Yannakakis 2016, "Surprise Search: Beyond Objectives and Novelty".
#pragma once

#include "cambrian/algorithm/steady_state_search.hpp"

namespace cambrian {

struct SurpriseSearchParameters final : Parameters {
  SteadyStateSearchParameters search;
  std::int64_t clusters = 200;
  std::int64_t nearest = 2;
  std::int64_t generation = 0;
  std::int64_t iterations = 100;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return search.presets(); }
  void apply_preset(std::string_view name) override { search.apply_preset(name); }
};

/// Lloyd's algorithm from given centroids, until nothing changes. A centroid to which no point is
/// nearest stays where it is, so that each centroid has one predecessor.
/// @param points  [n, dimensions]  @param centroids  [k, dimensions], moved
void move_centroids(std::span<const double> points, std::size_t dimensions, std::size_t iterations,
                    std::vector<double>& centroids);

std::unique_ptr<Algorithm> make_surprise_search(const SurpriseSearchParameters& parameters,
                                                AlgorithmContext& context);

}  // namespace cambrian
