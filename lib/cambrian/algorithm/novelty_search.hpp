// Novelty search: fitness is how far a behaviour lies from the living and from an archive of what
// was novel when it was found.
//
//   score     mean distance to the k nearest among the living and the archive
//   archive   textbook:      a child enters at once, when its score exceeds the threshold
//             as_published:  every `period` offspring the living enter, if their nearest member is
//             farther than the threshold
//
// With a minimal criterion, individuals that fail it have fitness 0 and never enter the archive; among
// the living they are neighbours like others (our choice, the paper does not say).
//
// Sources: Lehman & Stanley 2011, "Abandoning objectives" (`textbook`); their released program
// NSC, novelty-search-cpp (`as_published`: distance, neighbours that count the individual itself,
// admission by the nearest member). Lehman & Stanley 2010, "Revising the evolutionary computation
// abstraction: minimal criteria novelty search".
#pragma once

#include <limits>
#include <string>

#include "cambrian/algorithm/steady_state_search.hpp"

namespace cambrian {

struct MinimalCriterionParameters final : Parameters {
  SteadyStateSearchParameters search;
  std::string criterion_measure = "objective";
  double criterion_min = -std::numeric_limits<double>::infinity();
  double criterion_max = std::numeric_limits<double>::infinity();
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return search.presets(); }
  void apply_preset(std::string_view name) override { search.apply_preset(name); }
};

/// Which individuals count: those whose objective, or value on an axis of the descriptor, lies in a
/// closed interval.
class Criterion {
 public:
  /// All.
  Criterion() = default;
  /// @throws ConfigError if there is no such measure, or the interval is empty
  Criterion(const MinimalCriterionParameters& parameters, const DescriptorSpace& space);
  bool is_any() const { return any_; }
  bool holds(const Individuals& individuals, std::size_t row) const {
    if (any_) return true;
    const double value =
        axis_ == kObjective ? individuals.objective(row) : individuals.descriptor(row)[axis_];
    return value >= min_ && value <= max_;
  }

 private:
  static constexpr std::size_t kObjective = std::numeric_limits<std::size_t>::max();
  bool any_ = true;
  std::size_t axis_ = kObjective;
  double min_ = 0;
  double max_ = 0;
};

/// Its rule of fitness, for other loops. @param name  of the algorithm, for messages
/// @throws ConfigError as make_novelty_search()
std::unique_ptr<FitnessRule> make_novelty_rule(AlgorithmContext& context, const std::string& name);

/// The archive (`[archive]`, kind unstructured) says k, distance, threshold and which rule of
/// entry.
/// @throws ConfigError if `[archive]` names another kind, or one whose neighbours compete or that
/// judges batches as a whole: here candidates come one by one
std::unique_ptr<Algorithm> make_novelty_search(const SteadyStateSearchParameters& parameters,
                                               AlgorithmContext& context);
/// The same with a criterion. @throws ConfigError also as Criterion
std::unique_ptr<Algorithm> make_minimal_criterion_novelty_search(
    const MinimalCriterionParameters& parameters, AlgorithmContext& context);

}  // namespace cambrian
