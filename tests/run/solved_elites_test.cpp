// What a run of a noisy environment calls solved, and what becomes of it in further episodes.
#include <gtest/gtest.h>

#include <algorithm>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/evaluation/jobs.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

struct Share {
  std::size_t called = 0;  ///< elites that the run calls solved
  std::size_t kept = 0;    ///< those that solve four further episodes
  double value() const { return static_cast<double>(kept) / static_cast<double>(called); }
};

void add_run(std::uint32_t samples, int seed, Share& share) {
  Configuration configuration =
      Configuration::from_file(data_folder() + "/experiments/cart_pole_map_elites.toml");
  configuration.set("evaluation.samples=" + std::to_string(samples));
  configuration.set("run.seed=" + std::to_string(seed));
  const RecordedInputs inputs({data_folder()});
  Experiment experiment(assemble(configuration, make_catalogue(environments()), inputs));
  while (!experiment.done()) experiment.step(0.0);
  const Elites& elites = experiment.record().result();
  for (std::uint32_t row = 0; row < elites.size(); ++row) {
    if (elites.individuals().solved[row] == 0) continue;
    const std::uint64_t id = elites.individuals().ids[row];
    Batch batch;
    batch.candidates = elites.size();
    for (std::uint32_t i = 0; i < 4; ++i) {
      batch.jobs.push_back({.id = id, .noise = id, .candidate = row, .sample = samples + i});
    }
    experiment.parts().evaluator->evaluate(elites.population(), batch);
    ++share.called;
    const auto& solved = batch.evaluations.solved;
    share.kept += std::ranges::count(solved, std::uint8_t{1}) == 4 ? 1 : 0;
  }
}

Share share_of(std::uint32_t samples) {
  Share share;
  for (const int seed : {901, 902, 903}) add_run(samples, seed, share);
  return share;
}

TEST(SolvedElites, OfFiveSamplesOfWhichTheWorstCountsSolveFurtherEpisodes) {
  const Share five = share_of(5), one = share_of(1);
  EXPECT_GT(five.called, 50U);
  EXPECT_GT(one.called, 50U);
  EXPECT_GE(five.value(), 0.95);
  EXPECT_LE(one.value(), 0.9);
}

}  // namespace
}  // namespace cambrian
