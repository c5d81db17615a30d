// Visual discrimination: a retina sees a small and a large square, and is to answer where the centre of the
// large one is. The answer is the place of the highest motor; of several the first, row by row.
//
//   sensors, motors  a grid of size x size each, row by row, range 0 to 1, at x, y in [-1, 1] (y grows with the row)
//   training         size 11, squares of 1x1 and 3x3 cells, 75 trials: the small one at the 25 places with odd row
//                    and column, the large one shifted by half of the grid along y, along x, and along both
//   exhaustive       every pair of places in steps of size / 11 at which both squares fit and their centres are at
//                    least r_small + r_large + 2 apart (r: what lies on each side of a centre). Sizes 33 and 55,
//                    whose squares are 3 and 5 times as wide and whose pixels have the value (11 / size)^2, are
//                    always tested so: they ask how a network painted at one size does at another
//   objective        10 + sum over trials of max(0, 30 - squared distance in cells from the answer to the centre)
//   solved           that sum is at least 95 % of 30 per trial
//   measures         mean place of all answers; share of trials whose answer is the centre; `share`: the sum as a share of
//                    its maximum, but with distances in cells of the 11x11 grid at each size, so that the same
//                    answer at the same place of the retina has the same score
//
// Trials are lanes, at most 128 at once; what is more comes as further scenarios of the same evaluation.
// Source: Stanley, D'Ambrosio & Gauci 2009; trials and test as in Gauci's HyperNEAT (FindClusterExperiment).
#pragma once

#include <cstdint>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

struct VisualDiscriminationParameters final : Parameters {
  std::int64_t size = 11;
  bool exhaustive = false;
  std::int64_t updates = 10;
  void visit(ParameterVisitor& visitor) override;
};

/// Centres of the two squares: row and column.
struct VisualTrial {
  int small_y, small_x, large_y, large_x;
};

/// What is tried at this size. @param size  11, 33 or 55
std::vector<VisualTrial> visual_trials(int size, bool exhaustive);

EnvironmentComponent visual_discrimination_environment();

}  // namespace cambrian
