// A T-maze, single or double, in which a life of many trials shows whether a network learns: one end
// holds the high reward, and now and then it moves.
//
//   trial     starts at home, heading up; each step is one action: turn left, forward, turn right (the
//             largest motor; forward wins ties, then left). A turn keeps the cell
//   sensors   wall to the left, ahead, right (the neighbouring cell; 1 or 0); colour: 1 for the high
//             reward, 0.1 for a low one, in the step in which it is collected, otherwise 0
//   ends      a reward is collected (with `homing`: and carried home): 1 or 0.2; the agent enters a wall: -0.4; the
//             steps run out: `late_reward`. The steps suffice for the shortest way alone, so any
//             superfluous action forfeits the trial. The network is updated once more after the last
//             step of a trial, so it sees the colour; between trials nothing of it is reset
//   schedule  the high reward moves after each trials / (switches + 1) trials, +- jitter. It visits the
//             ends in turn, shuffled (so that a move may stay in place) with `shuffle`. [evaluation]
//             noise = "shared" gives all candidates of a batch the same schedule, as published
//   objective (mean reward + 0.4) / 1.4
//   solved    high rewards / (trials - e (switches + 1)), at most 1, reaches `solved_share`; e = 3
//             (double) or 1 (single): visits that an explorer needs to find the high reward
//   measures  shares of trials that end at the high and at a low reward (the descriptor), that share
//             of what an explorer gets, mean reward, and the share of trials at each end
//
// `lives` episodes, each of a network that is born anew, are one evaluation.
//
// Presets: textbook is Risi's file (double, 160 trials, 7 moves); soltoggio has 40 trials, 3 moves,
// without jitter; ptneat is the task of PyTorch-NEAT: single, 100 trials, one move after 50 +- 15,
// four lives that begin with the reward at the right, left, right, left. Its rules within a trial
// are ours; its hall of 3 is our passage of 2 (3 moves to the crossing, 3 to an end).
//
// Sources: Soltoggio et al. 2008; Risi & Stanley 2010, as in AHNI's TMaze.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

enum class TMazeForm : std::uint8_t { single, double_t };
enum class TMazeLayout : std::uint8_t { risi, ptneat };

struct TMazeParameters final : Parameters {
  TMazeForm maze = TMazeForm::double_t;
  std::int64_t passage = 2;
  bool homing = false;
  std::int64_t trials = 160;
  std::int64_t switches = 7;
  double jitter = 0.1;
  std::int64_t jitter_step = 2;
  bool shuffle = true;
  std::int64_t lives = 1;
  double late_reward = 0.0;
  double solved_share = 1.0;
  TMazeLayout layout = TMazeLayout::risi;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override {
    return {"textbook", "soltoggio", "ptneat"};
  }
  void apply_preset(std::string_view name) override;
};

EnvironmentComponent t_maze_environment();

}  // namespace cambrian
