#include "apps/info_json.hpp"

namespace cambrian::apps {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json value_or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json to_json(const ArchiveSummary& archive) {
  return {{"kind", archive.kind},
          {"shape", archive.shape},
          {"descriptor_names", archive.descriptor_names},
          {"size", archive.size},
          {"capacity", archive.capacity},
          {"coverage", value_or_null(archive.coverage)},
          {"qd_score", value_or_null(archive.qd_score)},
          {"qd_offset", archive.qd_offset},
          {"direction", word_of(archive.direction)},
          {"normalised_qd_score", value_or_null(archive.normalised_qd_score)},
          {"objective_max", value_or_null(archive.objective_max)},
          {"objective_max_ever", value_or_null(archive.objective_max_ever)},
          {"cqd_score", value_or_null(archive.cqd_score)},
          {"objective_mean", value_or_null(archive.objective_mean)},
          {"best_id", value_or_null(archive.best_id)},
          {"solved", archive.solved}};
}

}  // namespace

Json to_json(const RunSummary& run, const std::string& run_file) {
  Json json = {{"run_file", run_file},
               {"environment", run.environment},
               {"encoding", run.encoding},
               {"algorithm", run.algorithm},
               {"search", run.search.empty() ? Json() : Json(run.search)},
               {"seed", value_or_null(run.seed)},
               {"status", run.status},
               {"evaluations", value_or_null(run.evaluations)},
               {"budget", value_or_null(run.budget)},
               {"generations", value_or_null(run.generations)},
               {"wall_seconds", value_or_null(run.wall_seconds)},
               {"solved_evaluation", value_or_null(run.solved_evaluation)},
               {"objective_best", value_or_null(run.objective_best)},
               {"invalid", value_or_null(run.invalid)},
               {"over_max_steps", value_or_null(run.over_max_steps)},
               {"over_time_limit", value_or_null(run.over_time_limit)},
               {"noisy", run.noisy},
               {"clipped", value_or_null(run.clipped)},
               {"archive", Json()},
               {"archives", Json::object()},
               {"population", value_or_null(run.population)},
               {"species", value_or_null(run.species)},
               {"history_rows", run.history_rows},
               {"lineage_rows", run.lineage_rows},
               {"inputs", run.inputs},
               {"rebinned_from", run.rebinned_from.empty() ? Json() : Json(run.rebinned_from)},
               {"program_version", run.program_version},
               {"build", run.build}};
  for (const ArchiveSummary& archive : run.archives) {
    if (archive.name == "archive")
      json["archive"] = to_json(archive);
    else
      json["archives"][archive.name.substr(archive.name.find('/') + 1)] = to_json(archive);
  }
  return json;
}

}  // namespace cambrian::apps
