// ME-ES: an evolution strategy that lives for a few steps, beginning at an elite, and then begins
// anew at another. Its lives follow two objectives in turn: the objective (exploit), and novelty among
// the elites (explore).
//
//   a life      begins at an elite, drawn uniformly from the `parents` best: those with the highest
//               objective if it exploits, the most novel ones if it explores
//   a batch     row 0: the centre that the last step led to (of the last life, where one begins)
//               rows 1..: mirrored samples around the centre, from which the gradient of the ranks is
//               estimated, and Adam takes a step
//
// Row 0 has no part in the gradient. Novelty is taken among the elites as they were before the batch.
// Sources: Colas, Huizinga, Madhavan & Clune 2020, "Scaling MAP-Elites to deep neuroevolution"; the
// parts: Salimans et al. 2017 (es/openai_es.hpp). Differences: DIFFERENCES.md.
#pragma once

#include <vector>

#include "cambrian/emitter/elite_novelty.hpp"
#include "cambrian/emitter/emitter.hpp"
#include "cambrian/emitter/es/openai_es.hpp"

namespace cambrian {

struct MeEsParameters final : Parameters {
  enum class Modes { both, exploit, explore };
  std::int64_t batch = 201;
  double sigma = 0.02;
  double learning_rate = 0.01;
  double l2 = 0.005;
  std::int64_t generations = 10;
  std::int64_t k = 10;
  std::int64_t parents = 5;
  Modes modes = Modes::both;
  void visit(ParameterVisitor& visitor) override;
};

class MeEsEmitter final : public Emitter {
 public:
  /// @throws ConfigError unless the space is one of real vectors; "batch" if it is even
  MeEsEmitter(const MeEsParameters& parameters, const EmitterContext& context);

  std::size_t batch_size() const override { return batch_; }
  /// The parent of every row is the elite that its life began at.
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override;
  /// Where fewer than two samples could be evaluated, or all are equal, the centre stays.
  void tell(const Elites& elites, RowRange range, const Proposal& proposal,
            const Placement& placement) override;
  /// Lives that have ended.
  std::uint64_t restarts() const override { return restarts_; }
  void hold(std::vector<std::uint64_t>& ids) const override { ids.push_back(parent_); }
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

  /// Whether the life that runs, or begins next, follows novelty.
  bool explores() const;

 private:
  void begin(const Elites& elites);
  std::uint32_t draw_parent(const Elites& elites);
  /// Rows of the samples that could be evaluated, the best first.
  void rank(RowRange range, const Proposal& proposal);

  MeEsParameters parameters_;
  const RealSpace& space_;
  Executor* executor_;
  std::size_t batch_;
  OpenAiEs strategy_;
  EliteNovelty novelty_;
  StreamKey sample_, begin_, bounds_;
  std::uint64_t restarts_ = 0;
  std::uint64_t step_ = 0;            // of this life; 0: one begins with the next batch
  std::uint64_t parent_ = kNoParent;  // the elite that this life, or the last one, began at
  std::vector<double> mean_, scores_;
  std::vector<std::uint32_t> order_;
};

}  // namespace cambrian
