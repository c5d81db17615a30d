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
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  visitor.boolean("learning", learning,
                  {"whether networks that can learn do so; false: they live with the weights of "
                   "their birth, the frozen control",
                   "", "our choice"});
  visitor.integer("freeze_after", freeze_after, {0, kMost},
                  {"networks learn nothing after so many steps of each life; 0: they learn all "
                   "their life",
                   "steps", "our choice"});
  visitor.integer("reset_weights_every", reset_weights_every, {0, kMost},
                  {"networks get back the weights of their birth each time after so many steps; 0: "
                   "never",
                   "steps", "our choice"});
  visitor.integer("reset_state_every", reset_state_every, {0, kMost},
                  {"networks forget the signals of earlier updates each time after so many steps; "
                   "0: never",
                   "steps", "our choice"});
  visitor.boolean(
      "lamarckian", lamarckian,
      {"whether what a life has learned is written back into the genome, clipped to its "
       "bounds, before the search is told of it; otherwise it is lost at death; with one "
       "evaluation per candidate",
       "", "Hinton & Nowlan 1987: what is learned is not inherited"});
  visitor.choices("network_measures", network_measures, network_measure_choices(),
                  {"measures of networks that are computed although no descriptor names them, for "
                   "`cambrian evaluate`; those that a descriptor names are computed in any case",
                   "", "our choice"});
  visitor.integer("max_steps", max_steps, {0, std::numeric_limits<std::int64_t>::max()},
                  {"an episode that is not over after so many steps is invalid; 0: no limit",
                   "steps", "our choice"});
  visitor.real("time_limit", time_limit, {0.0, 1e9},
               {"an evaluation that takes longer is invalid, and the run does not repeat bit for "
                "bit; checked after each step, or after each bare vector; 0: no limit",
                "s", "our choice"});
}

}  // namespace cambrian
