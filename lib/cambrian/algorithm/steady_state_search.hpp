// A steady-state search: children of the living population are evaluated a batch at a time, then
// enter one after another in batch order, each replacing the worst, which the fitness rule
// determines.
//
//   ask: parents drawn from the living ──► children ──► evaluated together
//   tell: for each child in order: judge ──► join a species ──► the worst leaves
//         every `refresh` offspring, at a batch boundary: fitness of the living anew, species
//         thresholds moved
//
// With a batch of 1 this is the loop of Lehman & Stanley's maze experiments (rtNEAT's, as in their
// released code).
#pragma once

#include "cambrian/algorithm/fitness_rule.hpp"
#include "cambrian/speciation/steady_state.hpp"

namespace cambrian {

/// Shared by novelty_search, objective_search and random_search.
struct SteadyStateSearchParameters final : Parameters {
  SteadyStateParameters population;
  std::int64_t batch = 100;
  std::int64_t refresh = 12;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override;
};

class SteadyStateSearch final : public Algorithm {
 public:
  SteadyStateSearch(const SteadyStateSearchParameters& parameters, AlgorithmContext& context,
                    std::unique_ptr<FitnessRule> rule);

  void ask(Proposal& proposal) override;
  /// Every valid child is told to have entered: one that is at once the worst is pruned from the
  /// lineage like any other that dies.
  void tell(Proposal& proposal) override;
  std::vector<NamedArchive> archives() const override;
  std::vector<NamedPopulation> populations() const override;
  void report(HistoryValues& values) const override;
  void save(StateWriter& checkpoint) const override;
  void load(const StateReader& checkpoint, const SavedTables& tables) override;

 private:
  bool founded() const { return steady_state_.size() > 0; }
  std::size_t full_size() const {
    return static_cast<std::size_t>(parameters_.population.population);
  }
  void breed(Proposal& proposal);
  void gather_founders(const Proposal& proposal);
  void found();
  void place(const Proposal& proposal, std::size_t i);
  const Population& genomes() const { return founded() ? steady_state_.population() : *founders_; }

  SteadyStateSearchParameters parameters_;
  const GenomeSpace& space_;
  const Variation& variation_;
  Executor& executor_;
  DescriptorSpace descriptor_;
  std::unique_ptr<FitnessRule> rule_;
  SteadyState steady_state_;
  std::unique_ptr<Population> founders_;  // valid members of the first population, until it is full
  Individuals living_;
  StreamKey initial_, select_, vary_;
  std::size_t asked_ = 0;  // candidates of the batch that is out
  std::uint64_t next_id_ = 0;
  std::uint64_t offspring_ = 0;
  std::uint64_t next_refresh_ = 0;
  std::vector<Mating> matings_;
  std::vector<double> fitness_;
};

}  // namespace cambrian
