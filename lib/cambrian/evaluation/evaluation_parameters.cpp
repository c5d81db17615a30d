#include "cambrian/evaluation/evaluation_parameters.hpp"

namespace cambrian {

void EvaluationParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("max_steps", max_steps, {0, std::numeric_limits<std::int64_t>::max()},
                  {"an episode that is not over after so many steps is invalid; 0: no limit",
                   "steps", "our choice"});
  visitor.real("time_limit", time_limit, {0.0, 1e9},
               {"an evaluation that takes longer is invalid, and the run does not repeat bit for "
                "bit; looked at after each step, or after each bare vector; 0: none",
                "s", "our choice"});
}

}  // namespace cambrian
