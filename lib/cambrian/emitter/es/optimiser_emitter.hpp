// Any optimiser as an emitter: it proposes for an archive, learns from what the archive made of its
// candidates, and begins anew at an elite. With CMA-ES this is CMA-ME, with the improvement ranker and
// a threshold archive CMA-MAE. A program's own optimiser becomes an emitter of the catalogue by
//
//   catalogue.emitters.push_back(optimiser_emitter<Mine, MineParameters>("mine", summary, source));
//
// where Mine derives from Optimiser and is made from (const MineParameters&, dimensions, batch), and
// MineParameters has a visit(ParameterVisitor&).
// Sources: Fontaine et al. 2020 (CMA-ME); pyribs' EvolutionStrategyEmitter; fcmaes' Diversifier.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/emitter/emitter.hpp"
#include "cambrian/emitter/es/optimiser.hpp"
#include "cambrian/emitter/rankers.hpp"
#include "cambrian/emitter/restart.hpp"

namespace cambrian {

/// What an emitter adds to its optimiser.
struct OptimiserEmitterParameters {
  enum class Selection { filter, mu };
  enum class Begin { zero, random, elite };
  enum class Bounds { genes, whole };
  std::int64_t batch = 36;
  double sigma0 = 0.5;
  RankBy ranker = RankBy::two_stage_improvement;
  Selection selection = Selection::filter;
  RestartParameters restart;
  bool restart_when_flat = true;
  Begin x0 = Begin::zero;
  Begin restart_from = Begin::elite;
  Bounds bounds = Bounds::genes;
  bool mean_candidate = false;
  void visit(ParameterVisitor& visitor);
  /// What the presets say of ranking, parents and restarts. Names that it does not know: nothing
  /// changes.
  void apply_preset(std::string_view name);
};

using MakeOptimiser =
    std::function<std::unique_ptr<Optimiser>(std::size_t dimensions, std::size_t batch)>;

class OptimiserEmitter final : public Emitter {
 public:
  /// @param name  for messages  @throws ConfigError unless the space is one of real vectors, or as
  /// RestartParameters::check
  OptimiserEmitter(std::string_view name, const OptimiserEmitterParameters& parameters,
                   const EmitterContext& context, const MakeOptimiser& make);

  std::size_t batch_size() const override { return batch_; }
  bool needs_elites() const override;
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override;
  void tell(const Elites& elites, RowRange range, const Proposal& proposal,
            const Placement& placement) override;
  std::uint64_t restarts() const override { return restarts_; }
  void hold(std::vector<std::uint64_t>& ids) const override { ids.push_back(parent_); }
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

 private:
  using Begin = OptimiserEmitterParameters::Begin;
  void begin(Begin from, const Elites& elites);
  void keep_within(std::span<float> genomes, std::uint64_t first_id);

  OptimiserEmitterParameters parameters_;
  const RealSpace& space_;
  std::size_t batch_;
  std::size_t samples_;  // of a batch: all but the mean candidate
  std::unique_ptr<Optimiser> optimiser_;
  StreamKey sample_, begin_, bounds_;
  Ranker ranker_;
  std::vector<std::uint32_t> order_;  // work space
  bool begun_ = false;
  std::uint64_t restarts_ = 0;
  std::uint64_t tells_ = 0;
  std::uint64_t parent_ = kNoParent;  // the elite that it began at
  std::vector<double> mean_;
};

/// The parameters of such an emitter: its own, then the optimiser's.
template <class P>
struct OptimiserParameters final : Parameters {
  OptimiserEmitterParameters emitter;
  P optimiser;
  void visit(ParameterVisitor& visitor) override {
    emitter.visit(visitor);
    optimiser.visit(visitor);
  }
  std::vector<std::string_view> presets() const override {
    std::vector<std::string_view> names = {"textbook", "cma_mae"};
    if constexpr (requires { P::published_presets(); }) {
      const auto published = P::published_presets();
      names.insert(names.end(), published.begin(), published.end());
    }
    return names;
  }
  /// The presets of the published tables set the covariance update too.
  void apply_preset(std::string_view name) override {
    emitter.apply_preset(name);
    if constexpr (requires(P & p) { p.update; }) {
      using Update = decltype(P::update);
      const bool textbook = name == "textbook" || name == "cma_mae";
      optimiser.update = textbook        ? Update::textbook
                         : name == "mex" ? Update::mex
                                         : Update::as_published;
    }
  }
};

/// Registry line of an emitter that carries a Made(const P&, dimensions, batch).
template <class Made, class P>
EmitterComponent optimiser_emitter(std::string name, std::string summary, std::string source) {
  const auto make = [name](const Parameters& parameters, const EmitterContext& context) {
    const auto both = checked(dynamic_cast<const OptimiserParameters<P>&>(parameters));
    return std::make_unique<OptimiserEmitter>(
        name, both.emitter, context, [&](std::size_t dimensions, std::size_t batch) {
          return std::make_unique<Made>(both.optimiser, dimensions, batch);
        });
  };
  return {std::move(name), std::move(summary), std::move(source),
          [] { return std::make_unique<OptimiserParameters<P>>(); }, make};
}

}  // namespace cambrian
