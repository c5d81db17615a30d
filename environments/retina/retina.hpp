// The retina problem: a retina of 8 pixels, 4 columns of 2, is to be judged half by half. All 256 patterns are tried
// at once, as lanes.
//
//   a half's 4 pixels a, b, c, d give 8a + 4b + 2c + d. The left half holds an object for 4, 7, 8, 11, 12, 13, 14, 15,
//   the right one for 1, 2, 3, 7, 11, 13, 14, 15: 3 or more pixels, or 1 or 2 in the outer column only
//
//   layout      columns                      rows
//               a c | a c                    a b c d     left half
//               b d | b d                    a b c d     right half
//
//   columns: the outer column is a, b on the left and c, d on the right. rows: the halves of the same rule are the
//   top and the bottom row, as in AHNI, so places tell another story
//   sensors     left a, b, c, d, right a, b, c, d, 0 or 1, at x = -1, -1/3, 1/3, 1 and y = -1 (top), 1
//   motors      0 to 1, clamped. goal both: one per half, at x = -1 and 1; and, or: one, of both halves' objects, at 0
//   objective   squared: 1000 / (1 + E^2); linear: 1000 / (1 + E), E the sum over patterns and motors of
//               |motor - target|; accuracy: the share of right answers, above or below 0.5
//   solved      all patterns on the right side of 0.5
//   measures    goal both: share of patterns for which each half is right; otherwise: share of the patterns with target
//               1 (0) that are right
//
// Sources: Kashtan & Alon 2005 (rule, goals and, or); Clune et al. 2010 (goal both); Risi & Stanley 2012 (objective).
#pragma once

#include <cstdint>

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

enum class RetinaLayout : std::uint8_t { columns, rows };
enum class RetinaGoal : std::uint8_t { both, all_of, any_of };
enum class RetinaObjective : std::uint8_t { squared, linear, accuracy };

struct RetinaParameters final : Parameters {
  RetinaLayout layout = RetinaLayout::columns;
  RetinaGoal goal = RetinaGoal::both;
  RetinaObjective objective = RetinaObjective::squared;
  std::int64_t updates = 10;
  void visit(ParameterVisitor& visitor) override;
};

EnvironmentComponent retina_environment();

}  // namespace cambrian
