// CoSyNE: cooperative synapse neuroevolution. The values of each gene are a subpopulation of their own;
// row j of all subpopulations is network j.
//
//   ask: the best rows are kept ──► children of the top quarter take the places of the worst
//        ──► in each gene the values of marked rows change places     tell: the batch is the population
//
// So a value is tried in many networks, and a network is as good as values work together. By rank: gene
// i of row j is marked with probability 1 - u_j^(1/n), u_j its rank from 0 (worst) to 1 (best), n genes;
// a child has the rank of the row that it replaces. The best network is never changed. All networks are
// evaluated in every generation. What could not be evaluated is replaced by one more child.
// Source: Gomez, Schmidhuber & Miikkulainen 2008; the probability: EvoTorch, operators/real.py.
#pragma once

#include <vector>

#include "cambrian/algorithm/living_population.hpp"

namespace cambrian {

struct CosyneParameters final : Parameters {
  enum class Permutation { by_rank, all, none };
  std::int64_t population = 40;
  double top = 0.25;
  double replaced = 0.25;
  Permutation permutation = Permutation::by_rank;
  void visit(ParameterVisitor& visitor) override;
};

class Cosyne final : public Algorithm {
 public:
  /// @throws ConfigError unless genomes are real vectors; "population" if the run starts from more
  Cosyne(const CosyneParameters& parameters, AlgorithmContext& context);

  void ask(Proposal& proposal) override;
  void tell(Proposal& proposal) override;
  std::vector<NamedPopulation> populations() const override;
  void save(StateWriter& checkpoint) const override;
  void load(const StateReader& checkpoint, const SavedTables& tables) override;

 private:
  std::size_t full_size() const { return static_cast<std::size_t>(parameters_.population); }
  void breed(Proposal& proposal);

  CosyneParameters parameters_;
  const GenomeSpace& space_;
  const Variation& variation_;
  Executor& executor_;
  DescriptorSpace descriptor_;
  StreamKey initial_, select_, vary_, permute_;
  LivingPopulation living_;
  std::size_t asked_ = 0;  // candidates of the batch that is out
  std::uint64_t next_id_ = 0;
};

/// The probability with which each gene of a row is marked, the best row first.
std::vector<double> marking_probabilities(CosyneParameters::Permutation permutation,
                                          std::size_t rows, std::size_t genes);

}  // namespace cambrian
