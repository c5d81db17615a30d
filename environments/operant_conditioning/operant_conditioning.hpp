// Operant conditioning in a Skinner box: which of four actions is right for each of four stimuli must be
// found out in a life. The 4^4 = 256 association sets say which are; a network is trained on a few of
// them, and its general learning ability is the share of all that it can learn.
//
//   sensors   4 stimuli, of which one is 1; reward and punishment
//   motors    4 actions; the largest is taken, of equals the first
//   training  each stimulus in turn, `presentations` times round: the stimulus alone, whose action
//             counts; then the stimulus with reward if that was right, with punishment if it was
//             wrong, whose action does not count
//   test      each stimulus once more, without reward or punishment
//   fitness   share of right answers in the test, over the sets that are trained; solved at 1
//   measures  first: share of right answers in the first round; learned: share of the sets with four
//             right answers in the test; with `general`, general: the same of all 256 sets
//
// Sets are lanes: lives of their own of the same network, which knows nothing of the others. With
// `general` all 256 are lived at once; those that are not trained count in the measure alone, as a test
// outside the budget. A network that does not learn gives each set the same answers, so that it can have
// all four right in one set alone. Trying one action after another takes at most four rounds.
// Sensors and motors of one column share their x, so that regular networks can be painted.
// Source: Tonelli & Mouret 2013 (PLoS ONE 8(11) e79138): stimuli, actions, sets, training on 1 to 7 of
// them. Rounds, phases, timing and places are our choice.
#pragma once

#include <array>

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

inline constexpr std::size_t kStimuli = 4;
inline constexpr std::size_t kActions = 4;
inline constexpr std::size_t kAssociationSets = 256;

struct OperantConditioningParameters final : Parameters {
  std::int64_t sets = 4;
  std::int64_t draw = 1;
  std::vector<std::int64_t> listed = {};
  std::int64_t presentations = 6;
  bool general = false;
  void visit(ParameterVisitor& visitor) override;
};

/// The right action of a stimulus: digit `stimulus` of the set's number in base 4, the lowest first.
std::size_t right_action(std::size_t set, std::size_t stimulus);

/// The sets that are trained: those that are listed, or as many different ones as `sets` says, drawn by
/// the seed `draw`. @throws ConfigError if one is listed twice
std::vector<std::size_t> trained_sets(const OperantConditioningParameters& parameters);

EnvironmentComponent operant_conditioning_environment();

}  // namespace cambrian
