// Proposes children of elites: parents drawn uniformly and independently from an archive, with
// replacement, varied by the run's operator. With Iso+LineDD this is ME (line), with a Gaussian ME,
// with NEAT's operators ME over graphs. Source: Mouret & Clune 2015 (uniform selection);
// Vassiliades & Mouret 2018 (independent draws are our default).
#pragma once

#include <vector>

#include "cambrian/emitter/emitter.hpp"

namespace cambrian {

struct EliteEmitterParameters final : Parameters {
  std::int64_t batch = 0;  ///< 0: what the context says
  void visit(ParameterVisitor& visitor) override;
};

class EliteEmitter final : public Emitter {
 public:
  EliteEmitter(const EliteEmitterParameters& parameters, const EmitterContext& context);

  std::size_t batch_size() const override { return batch_; }
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override;

 private:
  const Variation& variation_;
  Executor* executor_;
  std::size_t batch_;
  StreamKey select_;
  StreamKey vary_;
  std::vector<Mating> matings_;
};

}  // namespace cambrian
