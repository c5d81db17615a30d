#include "cambrian/algorithm/baselines.hpp"

#include <algorithm>

namespace cambrian {
namespace {

class ObjectiveFitness final : public FitnessRule {
 public:
  void found(const Living& living, const Population&, std::span<double> fitness) override {
    std::copy(living.objectives.begin(), living.objectives.end(), fitness.begin());
  }
  double judge(const Living&, const Proposal&, const Outcomes& outcomes, std::size_t i) override {
    return outcomes.objectives[i];
  }
};

class RandomFitness final : public FitnessRule {
 public:
  explicit RandomFitness(StreamKey key) : key_(key) {}
  void found(const Living& living, const Population&, std::span<double> fitness) override {
    for (std::size_t i = 0; i < living.size(); ++i) fitness[i] = draw(living.ids[i]);
  }
  double judge(const Living&, const Proposal&, const Outcomes& outcomes, std::size_t i) override {
    return draw(outcomes.ids[i]);
  }

 private:
  double draw(std::uint64_t id) const { return Stream(key_, id).uniform(); }
  StreamKey key_;
};

}  // namespace

std::unique_ptr<Algorithm> make_objective_search(const SteadyStateSearchParameters& parameters,
                                                 const AlgorithmContext& context) {
  return std::make_unique<SteadyStateSearch>(parameters, context,
                                             std::make_unique<ObjectiveFitness>());
}

std::unique_ptr<Algorithm> make_random_search(const SteadyStateSearchParameters& parameters,
                                              const AlgorithmContext& context) {
  return std::make_unique<SteadyStateSearch>(
      parameters, context, std::make_unique<RandomFitness>(context.key("algorithm.fitness")));
}

}  // namespace cambrian
