// Differential evolution among the elites of an archive: DE/rand/1/bin, every vector an elite.
// Source: Storn & Price 1997, "Differential evolution - a simple and efficient heuristic for global
// optimization over continuous spaces".
#pragma once

#include "cambrian/emitter/emitter.hpp"

namespace cambrian {

struct DifferentialEvolutionParameters final : Parameters {
  std::int64_t batch = 0;  ///< 0: what the context says
  double weight = 0.5;
  double crossover = 0.9;
  void visit(ParameterVisitor& visitor) override;
};

/// child = target, but each gene with probability `crossover`, and one at random in any case, is
/// that of a + weight (b - c). Target, a, b and c are drawn uniformly and independently. The
/// archive, not the target, decides whether the child stays.
class DifferentialEvolution final : public Emitter {
 public:
  /// @throws ConfigError unless the space is one of real vectors
  DifferentialEvolution(const DifferentialEvolutionParameters& parameters,
                        const EmitterContext& context);

  std::size_t batch_size() const override { return batch_; }
  /// The parents of a child are its target and a.
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override;

 private:
  const RealSpace& space_;
  std::size_t batch_;
  float weight_;
  double crossover_;
  StreamKey vary_;
};

}  // namespace cambrian
