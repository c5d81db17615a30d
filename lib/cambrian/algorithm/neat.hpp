// NEAT: generations of species that share fitness.
//
//   ask: a generation is bred by species ──► children ──► evaluated together
//   tell: the children replace the living, in species ──► their fitness ──► offspring of each species
//
// Copies of champions are evaluated again and count, as published. Fitness is the objective, or
// novelty among the new generation and an archive (`[archive]`, unstructured), which then is that of
// novelty_search: its members enter once in a generation. An individual that is not valid never
// lives; a batch without valid ones is bred, or drawn, anew.
// The genomes may be of any kind: those without a compatibility distance are one species.
// Source: Stanley & Miikkulainen 2002, "Evolving neural networks through augmenting topologies";
// rules and presets: speciation/generations.hpp.
#pragma once

#include "cambrian/algorithm/fitness_rule.hpp"
#include "cambrian/speciation/generations.hpp"

namespace cambrian {

enum class NeatFitness { objective, novelty };

struct NeatParameters final : Parameters {
  NeatFitness fitness = NeatFitness::objective;
  GenerationsParameters population;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return population.presets(); }
  void apply_preset(std::string_view name) override { population.apply_preset(name); }
};

class Neat final : public Algorithm {
 public:
  /// @throws ConfigError if the run starts from more genomes than a generation holds, or as
  /// make_novelty_search()
  Neat(const NeatParameters& parameters, AlgorithmContext& context);

  void ask(Proposal& proposal) override;
  void tell(Proposal& proposal) override;
  std::vector<NamedArchive> archives() const override;
  std::vector<NamedPopulation> populations() const override;
  void report(HistoryValues& values) const override;
  void save(StateWriter& checkpoint) const override;
  void load(const StateReader& checkpoint, const SavedTables& tables) override;

 private:
  bool founded() const { return generations_.generation() > 0; }
  std::size_t full_size() const {
    return static_cast<std::size_t>(parameters_.population.population);
  }
  void breed(Proposal& proposal);

  NeatParameters parameters_;
  const GenomeSpace& space_;
  const Variation& variation_;
  Executor& executor_;
  DescriptorSpace descriptor_;
  std::unique_ptr<FitnessRule> rule_;
  Generations generations_;
  Individuals living_;
  StreamKey initial_, select_, vary_, represent_;
  std::size_t asked_ = 0;  // candidates of the batch that is out
  std::uint64_t next_id_ = 0;
  std::vector<Mating> matings_;
  std::vector<std::uint32_t> copies_;  // children that are copies of their mothers
  std::vector<std::uint32_t> rows_;    // children that come to live
  std::vector<RowEdit> edits_;
  std::vector<double> fitness_;
};

}  // namespace cambrian
