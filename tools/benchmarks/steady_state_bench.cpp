// The living population: what one offspring costs beside its evaluation, and one refresh of the
// species.
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/speciation/steady_state.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kPopulation = 250;

/// Direct NEAT networks as the maze starts them, grown by random selection for 100 offspring an
/// individual, so that species and sizes are those of a run.
class Life {
 public:
  Life() : space_({}, shape()), variation_({}, space_) {
    SteadyStateParameters parameters;
    parameters.population = kPopulation;
    state_ = std::make_unique<SteadyState>(parameters, space_.make_population(), variation_);
    const std::unique_ptr<Population> first = space_.make_population();
    first->resize(kPopulation);
    space_.initialise(*first, 0, first->size(), stream_key(1, "first"), 0);
    std::vector<double> fitness(kPopulation);
    for (double& one : fitness) one = chance_.uniform();
    state_->found(*first, fitness);
    children_ = space_.make_population();
    for (std::size_t i = 0; i < 100 * kPopulation; i += matings_.size()) {
      breed();
      for (std::uint32_t child = 0; child < matings_.size(); ++child) replace(child);
      state_->adapt_species();
    }
  }
  void select() { state_->select(matings_, stream_key(1, "select"), next_id_); }
  void breed() {
    select();
    children_->resize(matings_.size());
    variation_.vary(state_->population(), matings_, *children_, {0, matings_.size()},
                    stream_key(1, "vary"), next_id_);
    next_id_ += matings_.size();
  }
  void replace(std::uint32_t child) {
    benchmark::DoNotOptimize(state_->replace(*children_, child, chance_.uniform()));
  }
  SteadyState& state() { return *state_; }
  std::size_t batch() const { return matings_.size(); }
  double links() const {
    const auto& graphs = dynamic_cast<const GraphPopulation&>(state_->population());
    double sum = 0;
    for (std::size_t i = 0; i < graphs.size(); ++i)
      sum += static_cast<double>(graphs[i].edges.size());
    return sum / static_cast<double>(graphs.size());
  }

 private:
  static GraphSpace::Shape shape() {
    GraphSpace::Shape shape;
    shape.inputs = 10;
    shape.outputs = 2;
    shape.acyclic = false;
    shape.one_hidden = true;
    return shape;
  }

  GraphSpace space_;
  NeatVariation variation_;
  std::unique_ptr<SteadyState> state_;
  std::unique_ptr<Population> children_;
  std::vector<Mating> matings_ = std::vector<Mating>(12);
  Stream chance_ = Stream(stream_key(1, "chance"), 0);
  std::uint64_t next_id_ = 0;
};

void describe(benchmark::State& state, Life& life) {
  state.counters["links"] = life.links();
  state.counters["species"] = static_cast<double>(life.state().species());
}

/// Items are children for whom parents are drawn, in batches of 12.
void steady_state_select(benchmark::State& state) {
  Life life;
  for (auto _ : state) life.select();
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(life.batch()));
  describe(state, life);
}
BENCHMARK(steady_state_select);

/// Items are children that join, or not; the same 12 children again and again.
void steady_state_replace(benchmark::State& state) {
  Life life;
  life.breed();
  for (auto _ : state) {
    for (std::uint32_t child = 0; child < life.batch(); ++child) life.replace(child);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(life.batch()));
  describe(state, life);
}
BENCHMARK(steady_state_replace)->Iterations(2000);

/// Items are refreshes: the threshold moves and all 250 are assigned anew.
void steady_state_adapt_species(benchmark::State& state) {
  Life life;
  for (auto _ : state) life.state().adapt_species();
  state.SetItemsProcessed(state.iterations());
  describe(state, life);
}
BENCHMARK(steady_state_adapt_species);

}  // namespace
}  // namespace cambrian
