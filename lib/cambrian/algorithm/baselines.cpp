#include "cambrian/algorithm/baselines.hpp"

namespace cambrian {
namespace {

class ObjectiveFitness final : public FitnessRule {
 public:
  void found(const Individuals& living, const Population&, std::span<double> fitness) override {
    for (std::size_t i = 0; i < living.size(); ++i) fitness[i] = living.objective(i);
  }
  double judge(const Individuals&, const Individuals& batch, std::size_t i) override {
    return batch.objective(i);
  }
};

class RandomFitness final : public FitnessRule {
 public:
  explicit RandomFitness(StreamKey key) : key_(key) {}
  void found(const Individuals& living, const Population&, std::span<double> fitness) override {
    for (std::size_t i = 0; i < living.size(); ++i) fitness[i] = draw(living.ids[i]);
  }
  double judge(const Individuals&, const Individuals& batch, std::size_t i) override {
    return draw(batch.ids[i]);
  }

 private:
  double draw(std::uint64_t id) const { return Stream(key_, id).uniform(); }
  StreamKey key_;
};

}  // namespace

std::unique_ptr<FitnessRule> make_objective_rule() { return std::make_unique<ObjectiveFitness>(); }

std::unique_ptr<Algorithm> make_objective_search(const SteadyStateSearchParameters& parameters,
                                                 AlgorithmContext& context) {
  return std::make_unique<SteadyStateSearch>(parameters, context, make_objective_rule());
}

std::unique_ptr<Algorithm> make_random_search(const SteadyStateSearchParameters& parameters,
                                              AlgorithmContext& context) {
  return std::make_unique<SteadyStateSearch>(
      parameters, context, std::make_unique<RandomFitness>(context.key("algorithm.fitness")));
}

}  // namespace cambrian
