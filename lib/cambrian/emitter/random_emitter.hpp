// Proposes random genomes of the space: the baseline of every comparison.
#pragma once

#include "cambrian/emitter/emitter.hpp"

namespace cambrian {

struct RandomEmitterParameters final : Parameters {
  std::int64_t batch = 0;  ///< 0: what the context says
  void visit(ParameterVisitor& visitor) override;
};

class RandomEmitter final : public Emitter {
 public:
  RandomEmitter(const RandomEmitterParameters& parameters, const EmitterContext& context);

  std::size_t batch_size() const override { return batch_; }
  bool needs_elites() const override { return false; }
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override;

 private:
  const GenomeSpace& space_;
  std::size_t batch_;
  StreamKey draw_;
};

}  // namespace cambrian
