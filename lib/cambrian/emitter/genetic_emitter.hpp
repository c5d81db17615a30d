// A small population of its own that proposes for an archive: its children come from the run's
// variation, for any kind of genome, and the best of them by a ranker are the next parents. So NEAT's
// variation takes part in everything that rankers express.
// Sources: the emitter of Fontaine et al. 2020 with variation in place of CMA-ES; (mu, lambda)
// selection, Schwefel 1981.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/emitter/emitter.hpp"
#include "cambrian/emitter/rankers.hpp"
#include "cambrian/emitter/restart.hpp"

namespace cambrian {

struct GeneticEmitterParameters final : Parameters {
  enum class Begin { elite, random };
  std::int64_t batch = 36;
  std::int64_t parents = 18;
  RankBy ranker = RankBy::two_stage_improvement;
  RestartParameters restart;
  Begin x0 = Begin::elite;
  Begin restart_from = Begin::elite;
  void visit(ParameterVisitor& visitor) override;
};

/// Begins with `parents` random elites, or with a batch of random genomes. After each batch its best
/// children are the next parents; where none could be evaluated, the parents stay.
class GeneticEmitter final : public Emitter {
 public:
  /// @throws ConfigError "parents" if they are more than a batch has children
  GeneticEmitter(const GeneticEmitterParameters& parameters, const EmitterContext& context);

  std::size_t batch_size() const override { return batch_; }
  bool needs_elites() const override;
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override;
  void tell(const Elites& elites, RowRange range, const Proposal& proposal,
            const Placement& placement) override;
  std::uint64_t restarts() const override { return restarts_; }
  void hold(std::vector<std::uint64_t>& ids) const override {
    ids.insert(ids.end(), ids_.begin(), ids_.end());
  }
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

 private:
  using Begin = GeneticEmitterParameters::Begin;
  void begin(Begin from, const Elites& elites);
  /// Makes rows of `from` the parents.
  void adopt(const Population& from, std::span<const std::uint64_t> ids,
             std::span<const std::uint32_t> rows);

  GeneticEmitterParameters parameters_;
  const GenomeSpace& space_;
  const Variation& variation_;
  Executor* executor_;
  std::size_t batch_;
  StreamKey begin_, initial_, select_, vary_;
  Ranker ranker_;
  std::unique_ptr<Population> parents_;  // the best first; empty: the next batch is random
  std::vector<std::uint64_t> ids_;       // [parents]
  bool begun_ = false;
  std::uint64_t restarts_ = 0;
  std::uint64_t tells_ = 0;
  std::vector<RowEdit> edits_;
  std::vector<std::uint32_t> rows_;
  std::vector<Mating> matings_;
};

}  // namespace cambrian
