#include "cambrian/query/run_summary.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "cambrian/query/table.hpp"

namespace cambrian {
namespace {

std::string text(const StateReader& group, std::string_view name) {
  return group.attribute_if<std::string>(name).value_or("");
}

/// A whole number, however it was written.
std::optional<std::uint64_t> count(const StateReader& group, std::string_view name) {
  if (const auto plain = group.attribute_if<std::uint64_t>(name)) return plain;
  const auto with_sign = group.attribute_if<std::int64_t>(name);
  if (!with_sign || *with_sign < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*with_sign);
}

std::optional<double> number(const StateReader& group, std::string_view name) {
  if (const auto plain = group.attribute_if<double>(name)) return plain;
  if (const auto whole = group.attribute_if<std::int64_t>(name)) return static_cast<double>(*whole);
  const auto whole = count(group, name);
  return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
}

void add_objectives(Table& table, bool has_cells, ArchiveSummary& summary) {
  if (!table.has("objective")) return;
  const TableColumn objective = table.read("objective");
  double sum = 0;
  double offset_sum = 0;
  std::optional<std::size_t> best;
  const auto comparable = [&](double value) { return higher_is_better(value, summary.direction); };
  for (std::size_t row = 0; row < objective.rows(); ++row) {
    const double value = objective.number(row);
    sum += value;
    offset_sum += comparable(value) - comparable(summary.qd_offset);
    const bool better = !best || comparable(value) > comparable(objective.number(*best));
    if (!std::isnan(value) && better) best = row;
  }
  summary.qd_score = offset_sum;
  if (has_cells && summary.capacity > 0)
    summary.normalised_qd_score = offset_sum / static_cast<double>(summary.capacity);
  if (objective.rows() > 0) summary.objective_mean = sum / static_cast<double>(objective.rows());
  if (!best) return;
  summary.objective_max = objective.number(*best);
  if (!table.has("id")) return;
  const TableColumn ids = table.read("id");
  if (const auto* exact = std::get_if<std::vector<std::uint64_t>>(&ids.values))
    summary.best_id = (*exact)[*best];
}

ArchiveSummary summarise_archive(const RunFileReader& file, const std::string& name) {
  const auto group = file.group(name);
  Table table(file, name);
  ArchiveSummary summary;
  summary.name = name;
  summary.kind = text(*group, "kind");
  summary.shape = group->attribute_if<std::vector<std::int64_t>>("shape").value_or(summary.shape);
  summary.descriptor_names = texts_of(*group, "descriptor_names");
  summary.size = table.rows();
  summary.capacity = count(*group, "capacity").value_or(0);
  summary.qd_offset = number(*group, "qd_offset").value_or(0);
  const std::size_t width = group->has("objectives") ? group->width("objectives") : 1;
  summary.direction = load_directions(*group, width, "/" + name).front();
  const bool has_cells = !summary.shape.empty() || group->has("centroids");
  if (has_cells && summary.capacity > 0)
    summary.coverage = static_cast<double>(summary.size) / static_cast<double>(summary.capacity);
  add_objectives(table, has_cells, summary);
  summary.objective_max_ever = number(*group, "objective_max_ever");
  if (table.has("solved")) {
    const TableColumn solved = table.read("solved");
    for (std::size_t row = 0; row < solved.rows(); ++row)
      summary.solved += solved.number(row) != 0 ? 1 : 0;
  }
  return summary;
}

/// What the last row of /history says.
std::optional<double> latest(Table& history, const std::string& column) {
  if (history.rows() == 0 || !history.has(column)) return std::nullopt;
  const double value = history.read(column).number(history.rows() - 1);
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

std::optional<std::uint64_t> latest_count(Table& history, const std::string& column) {
  const std::optional<double> value = latest(history, column);
  if (!value || !(*value >= 0 && *value < 0x1p53)) return std::nullopt;
  return static_cast<std::uint64_t>(*value);
}

void add_history(Table history, RunSummary& run) {
  run.history_rows = history.rows();
  run.objective_best = latest(history, "objective_max");
  if (run.objective_best && !std::isfinite(*run.objective_best)) run.objective_best.reset();
  run.invalid = latest_count(history, "invalid");
  run.clipped = latest_count(history, "clipped");
  run.can_be_solved = run.solved_evaluation || history.has("solved");
}

std::optional<std::uint64_t> count_species(Table& population) {
  if (!population.has("species")) return std::nullopt;
  const TableColumn column = population.read("species");
  std::set<double> species;
  for (std::size_t row = 0; row < column.rows(); ++row) species.insert(column.number(row));
  return species.size();
}

}  // namespace

RunSummary summarise(const RunFileReader& file) {
  const StateReader& root = file.root();
  const std::vector<std::string> tables = table_names(file);
  const auto has = [&](const std::string& name) { return std::ranges::count(tables, name) > 0; };
  RunSummary run;
  run.program_version = text(root, "program_version");
  run.build = text(root, "build");
  run.environment = text(root, "environment");
  run.encoding = text(root, "encoding");
  run.algorithm = text(root, "algorithm");
  run.search = text(root, "search");
  run.status = text(root, "status");
  run.rebinned_from = text(root, "rebinned_from");
  run.seed = count(root, "seed");
  run.evaluations = count(root, "evaluations");
  run.budget = count(root, "budget");
  run.generations = count(root, "generations");
  run.solved_evaluation = count(root, "solved_evaluation");
  run.over_max_steps = count(root, "over_max_steps");
  run.over_time_limit = count(root, "over_time_limit");
  run.noisy = count(root, "noisy").value_or(0) != 0;
  run.wall_seconds = number(root, "wall_seconds");
  if (has("archive")) run.archives.push_back(summarise_archive(file, "archive"));
  if (root.has("archives"))
    for (const std::string& name : file.group("archives")->groups())
      if (has("archives/" + name))
        run.archives.push_back(summarise_archive(file, "archives/" + name));
  if (has("population")) {
    Table population(file, "population");
    run.population = population.rows();
    run.species = count_species(population);
  }
  if (has("lineage")) run.lineage_rows = Table(file, "lineage").rows();
  if (has("history")) add_history(Table(file, "history"), run);
  if (root.has("inputs")) {
    const auto inputs = file.group("inputs");
    run.inputs = inputs->groups();
    for (const std::string& name : inputs->columns()) run.inputs.push_back(name);
  }
  return run;
}

}  // namespace cambrian
