#include "cambrian/configuration/run_parameters.hpp"

namespace cambrian {

void RunParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("seed", seed, {0, std::numeric_limits<std::int64_t>::max()},
                  {"decides all random numbers of the run", "", "our choice"});
  visitor.integer(
      "evaluations", evaluations, {0, std::numeric_limits<std::int64_t>::max()},
      {"the budget: the run ends at the first batch boundary at or after it; 0: it runs "
       "until it is stopped",
       "evaluations", "our choice"});
  visitor.choice("stop", stop, {{"budget", StopRule::budget}, {"solved", StopRule::solved}},
                 {"solved: the run also ends with the first batch in which the task is solved", "",
                  "our choice"});
  visitor.integer("threads", threads, {0, 4096},
                  {"worker threads; 0: all cores; more than 4 per core (and 16) are not started",
                   "", "our choice"});
  visitor.integer(
      "log_interval", log_interval, {1, std::numeric_limits<std::int64_t>::max()},
      {"evaluations between two rows of /history, and between two lines of the log, which shows at "
       "most one per second",
       "evaluations", "our choice"});
  visitor.real("checkpoint_interval", checkpoint_interval, {0.0, 1e9},
               {"time between two checkpoints of the run file; 0: it is written only at the end",
                "s", "our choice"});
  visitor.choice(
      "lineage", lineage,
      {{"ancestors", KeptLineage::ancestors},
       {"all", KeptLineage::all},
       {"none", KeptLineage::none}},
      {"what /lineage keeps: the elites' ancestors, all candidates that ever entered, or nothing",
       "", "our choice"});
}

void StartParameters::visit(ParameterVisitor& visitor) {
  visitor.text("from", from,
               {"run file whose elites are the first candidates, in the order of its archive; "
                "random genomes fill what is left of the first population; empty: none",
                "", "our choice"});
  visitor.text(
      "genomes", genomes,
      {"the same with a file of genomes: CSV, JSON or HDF5, as `evaluate --genomes` takes; "
       "empty: none",
       "", "our choice"});
  visitor.integer("limit", limit, {0, 1'000'000'000},
                  {"the most that are taken: of a run file those of highest objective, of other "
                   "files the first; 0: all",
                   "genomes", "our choice"});
}

void DescriptorParameters::visit(ParameterVisitor& visitor) {
  visitor.texts(
      "descriptor", descriptor,
      {"the measures that are the archive's axes, network.nodes and network.links among "
       "them; empty: in [archive] the environment's choice, in [result_archive] that of [archive]",
       "", "our choice"});
}

void DirectionParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "direction", direction,
      {{"maximise", ObjectiveDirection::maximise}, {"minimise", ObjectiveDirection::minimise}},
      {"whether higher or lower objectives are better, which are stored and printed as the "
       "environment gives them; the default is what it declares",
       "", "our choice"});
}

void EmitterCopies::visit(ParameterVisitor& visitor) {
  visitor.integer("count", count, {1, 10'000},
                  {"emitters of this kind, each with streams of its own", "emitters",
                   "Fontaine & Nikolaidis 2023: 15 of CMA-ES"});
}

void ScoreParameters::visit(ParameterVisitor& visitor) {
  visitor.real(
      "qd_offset", qd_offset, {-1e300, 1e300},
      {"subtracted from each objective in the QD score, or, of a minimised one, what it is "
       "subtracted from; the default is the environment's declared worst objective, or 0 "
       "where [environment] turns its direction round, so that none is declared",
       "", "pyribs"});
}

}  // namespace cambrian
