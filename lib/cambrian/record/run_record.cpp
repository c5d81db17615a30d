#include "cambrian/record/run_record.hpp"

#include <algorithm>
#include <limits>

#include "cambrian/archive/descriptor.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/record/invariants.hpp"
#include "cambrian/record/version.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {
namespace {

/// Where a population's table stands. @param root  a StateWriter or StateReader
auto population_table(auto& root, std::string_view name) {
  return name.empty() ? root.group("population") : root.group("populations")->group(name);
}

}  // namespace

RunRecord::RunRecord(RunRecordOptions options, Algorithm& algorithm, ResultArchive result)
    : options_(std::move(options)),
      algorithm_(algorithm),
      result_(std::move(result)),
      lineage_(options_.lineage, {}),
      next_row_(static_cast<std::uint64_t>(options_.log_interval)),
      objective_max_(-std::numeric_limits<double>::infinity()) {
  if (options_.log_interval < 1) throw ConfigError("log_interval", "must be at least 1");
  if (options_.objectives.empty())
    throw ConfigError("objectives", "has no entry; expected 1 or more");
  if (!result_.elites && algorithm.archives().empty()) {
    throw ConfigError("result", "is missing: this algorithm has no archive of its own to report");
  }
  lineage_ = Lineage(options_.lineage, this->result().archive().space());
}

const Elites* RunRecord::driver() const {
  return result_.elites && !algorithm_.archives().empty() ? &driver_elites() : nullptr;
}

std::optional<std::uint64_t> RunRecord::solved_evaluation() const {
  if (solved_evaluation_ == 0) return std::nullopt;
  return solved_evaluation_;
}

void RunRecord::note(const Proposal& told, double wall_seconds) {
  if (!told.population || told.entered.size() != told.candidates.size() ||
      std::ranges::count(told.entered, kNotTold) > 0) {
    throw Error("a batch can be noted once an algorithm has been told it");
  }
  const Individuals& batch = told.candidates;
  if (batch.size() > 0 && batch.ids.front() < next_id_) {
    throw Error("a batch is noted a second time, or after a later one");
  }
  if (batch.objectives_per_row != options_.objectives.size()) {
    throw ShapeError("a batch has " + counted(batch.objectives_per_row, "objective") +
                     ", but the record names " + std::to_string(options_.objectives.size()));
  }
  if (batch.size() > 0) next_id_ = batch.ids.back() + 1;
  if (closing_row_) history_.remove_last();
  closing_row_ = false;
  if (result_.elites) add_to_result(told);
  count(told);
  record_lineage(told);
  if (evaluations_ >= next_row_) {
    history_.add(history_row(wall_seconds));
    const auto interval = static_cast<std::uint64_t>(options_.log_interval);
    next_row_ = (evaluations_ / interval + 1) * interval;
  }
}

void RunRecord::add_to_result(const Proposal& told) {
  if (!result_.describe) {
    result_.elites->add(told.candidates, *told.population);
    return;
  }
  offered_ = told.candidates;
  offered_.dimensions = result().archive().space().dimensions();
  result_.describe(told, offered_.descriptors);
  result_.elites->add(offered_, *told.population);
}

void RunRecord::count(const Proposal& told) {
  const Individuals& batch = told.candidates;
  evaluations_ += told.batch.jobs.size();
  ++generations_;
  const std::vector<std::uint8_t>& jobs = told.batch.evaluations.valid;
  const auto invalid = [](const auto& valid) { return std::ranges::count(valid, 0); };
  invalid_ += static_cast<std::uint64_t>(jobs.empty() ? invalid(batch.valid) : invalid(jobs));
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch.valid[i] == 0) continue;
    objective_max_ = std::max(objective_max_, batch.objective(i));
    if (batch.solved[i] == 0) continue;
    ++solved_;
    if (solved_evaluation_ == 0) solved_evaluation_ = batch.evaluations[i];
  }
}

void RunRecord::record_lineage(const Proposal& told) {
  if (options_.lineage == KeptLineage::none) return;
  entered_ = told.entered;
  if (result_.elites) {
    const Placement& placement = result_.elites->placement();
    for (std::size_t i = 0; i < entered_.size(); ++i) {
      if (placement.accepted(i)) entered_[i] = 1;
    }
  }
  lineage_.record(result_.describe ? offered_ : told.candidates, entered_);
  if (lineage_.wants_pruning()) prune_lineage();
}

void RunRecord::prune_lineage() {
  std::vector<std::uint64_t> held;
  const auto hold = [&](const Individuals& rows) {
    held.insert(held.end(), rows.ids.begin(), rows.ids.end());
  };
  hold(result().individuals());
  for (const NamedArchive& archive : algorithm_.archives()) hold(archive.elites->individuals());
  for (const NamedPopulation& living : algorithm_.populations()) hold(*living.individuals);
  algorithm_.hold(held);
  lineage_.prune(held);
}

ArchiveStatistics RunRecord::statistics() const {
  const double offset = higher_is_better(options_.qd_offset, direction());
  ArchiveStatistics now = cambrian::statistics(result(), offset);
  now.objective_max = as_given(now.objective_max, direction());
  now.objective_mean = as_given(now.objective_mean, direction());
  return now;
}

HistoryValues RunRecord::history_row(double wall_seconds) const {
  const ArchiveStatistics now = statistics();
  HistoryValues row = {{"evaluations", static_cast<double>(evaluations_)},
                       {"generations", static_cast<double>(generations_)},
                       {"wall_seconds", wall_seconds},
                       {"archive_size", static_cast<double>(now.size)}};
  if (result().archive().cell_count() > 0) row.emplace_back("coverage", now.coverage);
  row.emplace_back("qd_score", now.qd_score);
  row.emplace_back("objective_max", objective_max());
  row.emplace_back("objective_mean", now.objective_mean);
  row.emplace_back("invalid", static_cast<double>(invalid_));
  row.emplace_back("clipped", static_cast<double>(result().archive().clipped()));
  if (options_.can_be_solved) row.emplace_back("solved", static_cast<double>(solved_));
  if (const Elites* other = driver()) {
    row.emplace_back("driver_size", static_cast<double>(other->size()));
  }
  algorithm_.report(row);
  return row;
}

void RunRecord::add_closing_row(double wall_seconds) {
  if (generations_ == 0 || closing_row_) return;
  if (history_.last("evaluations") == static_cast<double>(evaluations_)) return;
  history_.add(history_row(wall_seconds));
  closing_row_ = true;
}

void RunRecord::check(const GenomeSpace& space) const {
  check_elites(result(), space, evaluations_, "archive");
  for (const NamedArchive& archive : algorithm_.archives()) {
    if (archive.elites == &result()) continue;
    check_elites(*archive.elites, space, evaluations_, "archives/" + archive.name);
  }
  for (const NamedPopulation& living : algorithm_.populations()) {
    check_genomes(space, *living.genomes, living.individuals->ids,
                  living.name.empty() ? "population" : "populations/" + living.name);
  }
}

/// What an archive does not know of its objectives and of who proposes.
void RunRecord::describe_table(StateWriter& table) const {
  std::vector<std::string> names;
  std::vector<std::string> units;
  for (const Objective& objective : options_.objectives) {
    names.push_back(objective.name);
    units.push_back(objective.unit);
  }
  table.attribute("objective_names", names);
  table.attribute("objective_units", units);
  table.attribute("qd_offset", options_.qd_offset);
  name_origins(table);
}

void RunRecord::name_origins(StateWriter& table) const {
  const std::vector<std::string> origins = algorithm_.origins();
  if (!origins.empty()) table.attribute("origin_names", origins);
}

void RunRecord::save(StateWriter& root) {
  prune_lineage();
  const std::vector<ObjectiveDirection> directions = directions_of(options_.objectives);
  save_directions(root, directions);
  const auto save_archive = [&](const Elites& elites, StateWriter& table) {
    elites.save(table, directions);
    describe_table(table);
  };
  save_archive(result(), *root.group("archive"));
  for (const NamedArchive& archive : algorithm_.archives()) {
    if (archive.elites == &result()) continue;
    save_archive(*archive.elites, *root.group("archives")->group(archive.name));
  }
  for (const NamedPopulation& living : algorithm_.populations()) {
    const auto table = population_table(root, living.name);
    table->attribute("kind", std::string("population"));
    table->attribute("capacity", static_cast<std::uint64_t>(living.capacity));
    living.space->save(*table);
    living.individuals->save(*table, living.space->common_unit(), directions);
    save_cells(*table, {}, living.individuals->size());
    if (living.save_columns) living.save_columns(*table);
    living.genomes->save(*table->group("genome"));
    describe_table(*table);
  }
  history_.save(*root.group("history"));
  if (options_.lineage != KeptLineage::none) {
    const auto table = root.group("lineage");
    lineage_.save(*table, directions);
    name_origins(*table);
  }
  const auto checkpoint = root.group("checkpoint");
  checkpoint->attribute("layout", kCheckpointLayout);
  checkpoint->attribute("evaluations", evaluations_);
  checkpoint->attribute("generations", generations_);
  checkpoint->attribute("invalid", invalid_);
  checkpoint->attribute("solved", solved_);
  checkpoint->attribute("solved_evaluation", solved_evaluation_);
  checkpoint->attribute("next_row", next_row_);
  checkpoint->attribute("closing_row", static_cast<std::uint64_t>(closing_row_));
  checkpoint->attribute("objective_max", objective_max_);
  algorithm_.save(*checkpoint->group("algorithm"));
}

/// A run file's objectives must be those of the environment: their columns would mean another thing.
void RunRecord::expect_objectives(const StateReader& root) const {
  const auto archive = root.group("archive");
  if (!archive->has_attribute("objective_names")) return;
  const auto stored = archive->attribute_as<std::vector<std::string>>("objective_names");
  std::vector<std::string> names;
  for (const Objective& objective : options_.objectives) names.push_back(objective.name);
  if (stored == names &&
      load_directions(root, names.size(), "/") == directions_of(options_.objectives))
    return;
  throw Error("archive: its objectives are " + joined(stored) + ", but the environment now has " +
              (stored == names ? "another direction" : joined(names)) +
              std::string(kOnlyInItsEnvironment));
}

void RunRecord::load(const StateReader& root) {
  expect_objectives(root);
  const SavedTables tables = {
      .archive = [&](std::string_view name) -> std::unique_ptr<StateReader> {
        const bool reported = !result_.elites && name == algorithm_.archives().front().name;
        return reported ? root.group("archive") : root.group("archives")->group(name);
      },
      .population = [&](std::string_view name) { return population_table(root, name); }};
  if (result_.elites) result_.elites->load(*root.group("archive"));
  const auto checkpoint = root.group("checkpoint");
  algorithm_.load(*checkpoint->group("algorithm"), tables);
  history_.load(*root.group("history"));
  if (options_.lineage != KeptLineage::none) lineage_.load(*root.group("lineage"));
  evaluations_ = checkpoint->attribute_as<std::uint64_t>("evaluations");
  generations_ = checkpoint->attribute_as<std::uint64_t>("generations");
  invalid_ = checkpoint->attribute_as<std::uint64_t>("invalid");
  solved_ = checkpoint->attribute_as<std::uint64_t>("solved");
  solved_evaluation_ = checkpoint->attribute_as<std::uint64_t>("solved_evaluation");
  next_row_ = checkpoint->attribute_as<std::uint64_t>("next_row");
  closing_row_ = checkpoint->attribute_as<std::uint64_t>("closing_row") != 0;
  objective_max_ = checkpoint->attribute_as<double>("objective_max");
  check_history();
}

/// The next row must fit behind those that were loaded, and a closing row be there.
void RunRecord::check_history() const {
  const std::vector<std::string>& names = history_.columns();
  if (names.empty() && !closing_row_) return;
  const HistoryValues row = history_row(0.0);
  const bool same = std::ranges::equal(names, row, {}, {}, &HistoryValues::value_type::first);
  if (!same) throw Error("/history: its columns are not those of this run");
  if (closing_row_ && history_.size() == 0) throw Error("/history: its last row is missing");
}

void save_run(StateWriter& root, RunRecord& record, const RunDescription& description) {
  const std::vector<std::string> known = {"running", "interrupted", "finished"};
  if (std::ranges::find(known, description.status) == known.end()) {
    throw ConfigError("status", "is " + quoted(description.status) + ", but " +
                                    one_of_expected(description.status, known));
  }
  root.attribute("program_version", program_version());
  root.attribute("build", build_description());
  root.attribute("config", description.config);
  root.attribute("environment", description.environment);
  root.attribute("encoding", description.encoding);
  root.attribute("algorithm", description.algorithm);
  root.attribute("seed", description.seed);
  root.attribute("evaluations", record.evaluations());
  root.attribute("budget", description.budget);
  root.attribute("generations", record.generations());
  root.attribute("wall_seconds", description.wall_seconds);
  root.attribute("status", description.status);
  root.attribute("noisy", std::uint64_t{description.noisy ? 1U : 0U});
  if (const auto solved = record.solved_evaluation()) {
    root.attribute("solved_evaluation", *solved);
  }
  record.save(root);
}

void save_run_file(const std::filesystem::path& path, RunRecord& record,
                   const RunDescription& description) {
  RunFileWriter file(path);
  record.add_closing_row(description.wall_seconds);
  save_run(file.root(), record, description);
  file.commit();
}

}  // namespace cambrian
