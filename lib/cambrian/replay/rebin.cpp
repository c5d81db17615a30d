#include "cambrian/replay/rebin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <fstream>
#include <numeric>
#include <string_view>

#include "cambrian/core/words.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "cambrian/evaluation/jobs.hpp"
#include "cambrian/record/history.hpp"
#include "cambrian/record/version.hpp"
#include "cambrian/replay/detail/rebinned_text.hpp"

namespace cambrian {
namespace {

/// Carries out an act on changes: what is wrong with one names it as it was given.
template <class Act>
auto naming_sets(const std::vector<Change>& changes, const Act& act) {
  try {
    return act();
  } catch (const ConfigError& error) {
    for (const Change& change : changes) {
      if (error.key() == "--set " + change.assignment)
        throw ConfigError("--set " + change.written, error.reason());
    }
    const std::string table = std::string("result_archive.");
    if (error.key().starts_with(table))  // a key of the archive that nobody has set
      throw ConfigError("archive." + error.key().substr(table.size()), error.reason());
    throw;
  }
}

/// The seal of a run file, as FORMAT.md describes its end; empty where there is none.
std::string seal_of(const std::filesystem::path& path) {
  constexpr std::string_view kMark = "CAMBRIAN-XXH3-1\n";
  std::array<char, 24> end = {};
  std::ifstream file(path, std::ios::binary);
  file.seekg(-static_cast<std::streamoff>(end.size()), std::ios::end);
  if (!file.read(end.data(), end.size()) || std::string_view(end.data() + 8, 16) != kMark)
    return {};
  std::uint64_t hash = 0;
  for (int i = 7; i >= 0; --i) hash = hash << 8U | static_cast<std::uint8_t>(end.at(i));
  return fmt::format("xxh3:{:016x}", hash);
}

/// The rows of /archive as a batch, without genomes.
Individuals stored_rows(const StoredRun& run) {
  return naming_file(run.file().path(), [&] {
    const auto archive = run.file().group("archive");
    const Assembly& parts = run.parts();
    Individuals rows;
    rows.load(*archive,
              (parts.result ? parts.result_descriptor : parts.descriptor).space.dimensions(),
              "/archive");
    rows.valid.assign(rows.size(), 1);
    return rows;
  });
}

/// All rows of a table in another order.
std::vector<RowEdit> edits_of(const std::vector<std::uint32_t>& order) {
  std::vector<RowEdit> edits;
  for (std::uint32_t i = 0; i < order.size(); ++i) edits.push_back({.row = i, .from = order[i]});
  return edits;
}

}  // namespace

Rebin::Rebin(const std::filesystem::path& run_file, const std::vector<std::string>& sets,
             const Catalogue& catalogue, std::int64_t threads)
    : run_(run_file, catalogue, threads), path_(run_file) {
  std::vector<Change> changes;
  changes.reserve(sets.size());
  for (const std::string& set : sets) changes.push_back(change_of(set));
  const StateReader& root = run_.file().root();
  inputs_ = std::make_unique<RecordedInputs>(
      input_folders(run_file.has_parent_path() ? run_file.parent_path() : ".", catalogue.data),
      *root.group("inputs"));
  Configuration old = stored_configuration(root, run_file, catalogue);
  assemble(old, catalogue, *inputs_, 1);
  const RebinnedText kept = rebinned_text(old.effective_tables(), changes, catalogue);
  Configuration configuration = Configuration::from_text(kept.text, run_file.string() + ": config");
  if (!kept.lost.empty()) {
    warnings_.push_back("note: not of the new archive, so left out: archive." +
                        joined(kept.lost, ", archive."));
  }
  parts_ = naming_sets(changes, [&] {
    for (const Change& change : changes) configuration.set(change.assignment);
    return assemble(configuration, catalogue, *inputs_, threads);
  });
  config_ = configuration.effective();
  elites_ = std::move(parts_->result);

  const Individuals stored = stored_rows(run_);
  Proposal elites = read_elites(run_.file(), *parts_->space);
  std::vector<std::uint32_t> order(stored.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t row) { return stored.evaluations[row]; });
  rows_.dimensions = stored.dimensions;
  rows_.apply(edits_of(order), stored);
  rows_.valid.assign(rows_.size(), 1);
  std::unique_ptr<Population> population = parts_->space->make_population();
  population->apply(edits_of(order), *elites.population);
  elites.population = std::move(population);
  elites.candidates = rows_;
  describe(elites);
  if (rows_.size() > 0) elites_->add(elites.candidates, *elites.population);
}

/// Writes the descriptors of the new axes: as stored where all of them are.
void Rebin::describe(Proposal& elites) {
  const std::vector<std::string>& stored =
      (run_.parts().result ? run_.parts().result_descriptor : run_.parts().descriptor).space.names;
  const std::vector<std::string>& axes = parts_->result_descriptor.space.names;
  std::vector<std::size_t> places;
  for (const std::string& axis : axes) {
    const auto found = std::ranges::find(stored, axis);
    if (found == stored.end()) break;
    places.push_back(static_cast<std::size_t>(found - stored.begin()));
  }
  Individuals& rows = elites.candidates;
  rows.dimensions = axes.size();
  rows.descriptors.assign(rows.size() * axes.size(), 0.0);
  if (places.size() < axes.size()) {
    evaluate_again(elites);
    return;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t a = 0; a < axes.size(); ++a)
      rows.descriptors[i * axes.size() + a] = rows_.descriptor(i)[places[a]];
  }
}

void Rebin::evaluate_again(Proposal& elites) {
  const Assembly& parts = *parts_;
  if (parts.evaluation.noise == Noise::shared && rows_.noise.empty() && rows_.size() > 0) {
    throw FileError(path_.string(), "/archive/noise: is missing, so no evaluation can be repeated");
  }
  Batch& batch = elites.batch;
  batch.candidates = rows_.size();
  for (std::uint32_t i = 0; i < rows_.size(); ++i)
    batch.jobs.push_back(stored_job(elites, i, parts.evaluation.noise));
  if (batch.jobs.empty()) return;
  expand(batch, parts.suite.size(), static_cast<std::size_t>(parts.evaluation.samples));
  parts.evaluator->evaluate(*elites.population, batch);
  evaluations_ = batch.jobs.size();
  Individuals& rows = elites.candidates;
  describe_candidates(elites, parts.result_descriptor, parts.evaluation.reduction,
                      rows.descriptors);
  Evaluations room;
  const Evaluations& now = reduce(batch, parts.evaluation.reduction, room);
  std::vector<std::uint64_t> failing, other;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows.valid[i] = now.valid[i];
    if (now.valid[i] == 0) {
      failing.push_back(rows.ids[i]);
    } else if (std::bit_cast<std::uint64_t>(now.objectives[i * now.shape.objectives]) !=
               std::bit_cast<std::uint64_t>(rows.objective(i))) {
      other.push_back(rows.ids[i]);
    }
  }
  const auto warn = [&](const std::vector<std::uint64_t>& ids, const std::string& what) {
    if (ids.empty()) return;
    warnings_.push_back(fmt::format("warning: {} (the first: {}) {}", counted(ids.size(), "elite"),
                                    ids.front(), what));
  };
  warn(other, "did not repeat the stored objective, which is kept");
  warn(failing,
       "cannot be evaluated again and had to be left out: " + parts.evaluator->first_failure());
}

ArchiveStatistics Rebin::statistics() const {
  const ObjectiveDirection direction = parts_->description.objectives.front().direction;
  ArchiveStatistics now =
      cambrian::statistics(*elites_, higher_is_better(parts_->qd_offset, direction));
  now.objective_max = as_given(now.objective_max, direction);
  now.objective_mean = as_given(now.objective_mean, direction);
  return now;
}

void Rebin::save_archive(StateWriter& table) const {
  elites_->save(table, directions_of(parts_->description.objectives));
  std::vector<std::string> names, units;
  for (const Objective& objective : parts_->description.objectives) {
    names.push_back(objective.name);
    units.push_back(objective.unit);
  }
  table.attribute("objective_names", names);
  table.attribute("objective_units", units);
  table.attribute("qd_offset", parts_->qd_offset);
  const std::vector<std::string> origins = parts_->algorithm->origins();
  if (!origins.empty()) table.attribute("origin_names", origins);
}

/// One row: the run's own counts at its end, and the new archive.
void Rebin::save_history(StateWriter& table) const {
  const StateReader& root = run_.file().root();
  History before;
  if (const auto old = root.group("history"); !old->columns().empty()) before.load(*old);
  const ArchiveStatistics now = statistics();
  const auto count = [&](const char* name) {
    return static_cast<double>(root.attribute_as<std::uint64_t>(name));
  };
  HistoryValues row = {{"evaluations", count("evaluations")},
                       {"generations", count("generations")},
                       {"wall_seconds", root.attribute_as<double>("wall_seconds")},
                       {"archive_size", static_cast<double>(now.size)}};
  if (elites_->archive().cell_count() > 0) row.emplace_back("coverage", now.coverage);
  row.emplace_back("qd_score", now.qd_score);
  row.emplace_back("objective_max", before.last("objective_max"));
  row.emplace_back("objective_mean", now.objective_mean);
  row.emplace_back("invalid", before.size() == 0 ? 0.0 : before.last("invalid"));
  row.emplace_back("clipped", static_cast<double>(elites_->archive().clipped()));
  if (parts_->description.can_be_solved && before.size() > 0)
    row.emplace_back("solved", before.last("solved"));
  History history;
  history.add(row);
  history.save(table);
}

void Rebin::save(StateWriter& root) const {
  const StateReader& old = run_.file().root();
  root.attribute("program_version", program_version());
  root.attribute("build", build_description());
  root.attribute("config", config_);
  root.attribute("status", std::string("finished"));
  save_directions(root, directions_of(parts_->description.objectives));
  root.attribute("rebinned_from", path_.filename().string());
  root.attribute("rebinned_seal", seal_of(path_));
  // What is said of the run itself stays so.
  constexpr std::array kKept = {
      "environment",       "encoding",       "algorithm",        "search",       "seed",
      "evaluations",       "budget",         "generations",      "wall_seconds", "noisy",
      "solved_evaluation", "over_max_steps", "over_time_limit",  "sensor_names", "sensor_kinds",
      "sensor_min",        "sensor_max",     "sensor_positions", "motor_names",  "motor_kinds",
      "motor_min",         "motor_max",      "motor_positions"};
  for (const char* name : kKept) {
    if (old.has_attribute(name)) root.attribute(name, old.attribute(name));
  }
  save_archive(*root.group("archive"));
  save_history(*root.group("history"));
  inputs_->save(*root.group("inputs"));
}

}  // namespace cambrian
