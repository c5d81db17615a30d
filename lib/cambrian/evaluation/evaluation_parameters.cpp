#include "cambrian/evaluation/evaluation_parameters.hpp"

namespace cambrian {

void EvaluationParameters::visit(ParameterVisitor& visitor) {
  visitor.integer(
      "samples", samples, {1, 10000},
      {"evaluations per candidate and environment; each counts, and draws from random streams "
       "of its own",
       "evaluations", "our choice"});
  visitor.choice(
      "reduction", reduction,
      {{"mean", Reduction::mean}, {"median", Reduction::median}, {"worst", Reduction::worst}},
      {"how several evaluations of a candidate become one: mean or median of each column, or "
       "worst: "
       "the whole evaluation with the lowest first objective",
       "", "our choice"});
  visitor.choice(
      "noise", noise, {{"own", Noise::own}, {"shared", Noise::shared}, {"fixed", Noise::fixed}},
      {"which random streams an evaluation draws from: each candidate's own, shared by the "
       "candidates of a batch, or fixed for the whole run",
       "", "our choice"});
  visitor.boolean("lamarckian", lamarckian,
                  {"whether what a life has learned is written back into the genome, before the "
                   "search is told of it; with one evaluation per candidate",
                   "", "Hinton & Nowlan 1987: what is learned is not inherited"});
  visitor.integer("max_steps", max_steps, {0, std::numeric_limits<std::int64_t>::max()},
                  {"an episode that is not over after so many steps is invalid; 0: no limit",
                   "steps", "our choice"});
  visitor.real("time_limit", time_limit, {0.0, 1e9},
               {"an evaluation that takes longer is invalid, and the run does not repeat bit for "
                "bit; checked after each step, or after each bare vector; 0: no limit",
                "s", "our choice"});
}

}  // namespace cambrian
