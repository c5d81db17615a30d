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

class Cosyne final : public WholeGenerations {
 public:
  /// @throws ConfigError unless genomes are real vectors; "population" if the run starts from more
  Cosyne(const CosyneParameters& parameters, AlgorithmContext& context);

 private:
  void breed(Proposal& proposal) override;

  CosyneParameters parameters_;
  const Variation& variation_;
  Executor& executor_;
  StreamKey select_, vary_, permute_;
};

/// The probability with which each gene of a row is marked, the best row first.
std::vector<double> marking_probabilities(CosyneParameters::Permutation permutation,
                                          std::size_t rows, std::size_t genes);

}  // namespace cambrian
