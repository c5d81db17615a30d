// Proposes children of elites: parents drawn independently from an archive, with replacement,
// uniformly or by a score (parent_selection.hpp), varied by the run's operator. With Iso+LineDD this is ME (line), with a Gaussian ME,
// with NEAT's operators ME over graphs. Source: Mouret & Clune 2015 (uniform selection);
// Vassiliades & Mouret 2018 (independent draws are our default).
#pragma once

#include <vector>

#include "cambrian/emitter/emitter.hpp"
#include "cambrian/emitter/parent_selection.hpp"

namespace cambrian {

struct EliteEmitterParameters final : Parameters {
  std::int64_t batch = 0;  ///< 0: what the context says
  Selection selection = Selection::uniform;
  std::int64_t tournament = 2;
  std::int64_t k = 15;
  void visit(ParameterVisitor& visitor) override;
};

class EliteEmitter final : public Emitter {
 public:
  EliteEmitter(const EliteEmitterParameters& parameters, const EmitterContext& context);

  std::size_t batch_size() const override { return batch_; }
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override;
  /// Rewards the parents of the rows, each of two.
  void tell(const Elites& elites, RowRange range, const Proposal& proposal,
            const Placement& placement) override;
  void save(StateWriter& writer) const override { selection_.save(writer); }
  void load(const StateReader& reader) override { selection_.load(reader); }

 private:
  const Variation& variation_;
  Executor* executor_;
  std::size_t batch_;
  ParentSelection selection_;
  StreamKey select_;
  StreamKey vary_;
  std::vector<Mating> matings_;
};

}  // namespace cambrian
