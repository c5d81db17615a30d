#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>

#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/text_file.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "cambrian/evaluation/jobs.hpp"
#include "cambrian/query/elite_choice.hpp"
#include "cambrian/query/query.hpp"
#include "cambrian/run/genome_file.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian::apps {
namespace {

bool is_configuration(const std::string& path) {
  return std::filesystem::path(path).extension() == ".toml";
}

/// Those of a run file: the one that is meant, or all; of one alone no other genome is read.
Proposal from_run_file(const RunFileReader& file, const GenomeSpace& space,
                       const EvaluateOptions& options) {
  EliteChoice one{{}, options.best, {}};
  if (options.near) one.near = near_point(*options.near);
  if (!one && options.ids.size() == 1) one.id = options.ids.front();
  return one ? read_elites(file, space, elite_row(file, "archive", one)) : read_elites(file, space);
}

/// Those of --genomes.
Proposal handed_in(const std::string& path, const Assembly& parts, const EvaluateOptions& options) {
  const GenomeSource source = {parts.genome, *parts.space, "--genomes " + path, path};
  const GenomeFormat format = genome_format(path);
  if (format != GenomeFormat::run_file)
    return genomes_from_text(read_text_file(path, kMostGenomeBytes), format, source);
  const RunFileReader file = open_run_file(path);
  require_kind(file, source);
  return from_run_file(file, *parts.space, options);
}

/// The rows of these ids; all rows where none are named.
std::vector<std::uint32_t> choose(const Proposal& given, const std::vector<std::uint64_t>& wanted) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; wanted.empty() && i < given.candidates.ids.size(); ++i)
    rows.push_back(i);
  for (const std::uint64_t id : wanted) rows.push_back(row_of(given.candidates.ids, id));
  return rows;
}

/// Every evaluation as the run makes it becomes one row again. @param asked  before they were expanded
void reduce_to(Batch& batch, std::vector<Job> asked, Reduction reduction) {
  const std::size_t each = batch.jobs.size() / asked.size();
  for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
    batch.jobs[i].candidate = static_cast<std::uint32_t>(i / each);
  }
  batch.candidates = asked.size();
  Evaluations room;
  batch.evaluations = reduce(batch, reduction, room);
  batch.jobs = std::move(asked);
}

/// As `query` prints: id, environment (of a suite, of each episode), sample, objectives, measures,
/// valid, solved, one row per job.
QueryResult table_of(const Assembly& parts, const Batch& batch, bool each) {
  const Evaluations& rows = batch.evaluations;
  std::vector<double> given = rows.objectives;
  turn_minimised(given, directions_of(parts.description.objectives));
  QueryResult table;
  const auto add = [&](const std::string& name, ColumnData values, bool is_flag = false) {
    table.columns.push_back({.name = name, .values = std::move(values), .is_flag = is_flag});
  };
  const auto column = [&](const std::vector<double>& matrix, std::size_t width, std::size_t c) {
    std::vector<double> values;
    for (std::size_t i = 0; i < batch.jobs.size(); ++i) values.push_back(matrix[i * width + c]);
    return values;
  };
  std::vector<std::uint64_t> ids;
  std::vector<std::uint32_t> samples;
  for (const Job& job : batch.jobs) {
    table.rows.push_back(ids.size());
    ids.push_back(job.id);
    samples.push_back(job.sample);
  }
  add("id", std::move(ids));
  if (each && parts.suite.size() > 1) {
    std::vector<std::uint32_t> environments;
    for (const Job& job : batch.jobs) environments.push_back(job.environment);
    add("environment", std::move(environments));
  }
  add("sample", std::move(samples));
  for (std::size_t c = 0; c < rows.shape.objectives; ++c)
    add(parts.description.objectives[c].name, column(given, rows.shape.objectives, c));
  for (std::size_t c = 0; c < rows.shape.measures; ++c)
    add(parts.description.measures[c].name, column(rows.measures, rows.shape.measures, c));
  add("valid", rows.valid, true);
  add("solved", rows.solved, true);
  return table;
}

}  // namespace

void evaluate(const EvaluateOptions& options, const Catalogue& catalogue) {
  const TableFormat format = table_format(options.format);
  std::optional<StoredRun> run;
  std::optional<RecordedInputs> inputs;
  std::unique_ptr<Assembly> configured;
  if (is_configuration(options.source)) {
    if (!options.genomes)
      throw ConfigError("evaluate",
                        "a configuration holds no genomes: name them by --genomes FILE");
    Configuration configuration = Configuration::from_file(options.source);
    for (const std::string& assignment : options.sets) configuration.set(assignment);
    inputs.emplace(input_folders(configuration.folder(), catalogue.data));
    configured = assemble(configuration, catalogue, *inputs);
  } else {
    run.emplace(options.source, catalogue, -1, options.sets);
  }
  const Assembly& parts = run ? run->parts() : *configured;
  if (options.genomes && (options.best || options.near)) {
    throw ConfigError(options.best ? "--best" : "--near",
                      "is an elite of the run, but --genomes names others; take --id ID");
  }
  Proposal given;
  if (!options.genomes) {
    given = from_run_file(run->file(), *parts.space, options);
    if (parts.evaluation.noise == Noise::shared && given.candidates.noise.empty()) {
      throw FileError(options.source,
                      "/archive/noise: is missing, so no evaluation can be repeated");
    }
  } else {
    given = handed_in(*options.genomes, parts, options);
  }
  Batch batch;
  for (const std::uint32_t row : choose(given, options.ids)) {
    for (std::uint64_t sample = 0; sample < options.repeat; ++sample) {
      Job job = stored_job(given, row, parts.evaluation.noise);
      job.sample = static_cast<std::uint32_t>(sample);
      batch.jobs.push_back(job);
    }
  }
  batch.candidates = given.candidates.ids.size();
  std::vector<Job> asked = batch.jobs;
  expand(batch, parts.suite.size(), static_cast<std::size_t>(parts.evaluation.samples));
  parts.evaluator->evaluate(*given.population, batch);
  if (!options.each && !asked.empty()) {
    reduce_to(batch, std::move(asked), parts.evaluation.reduction);
  }
  print_out([&] { print(table_of(parts, batch, options.each), format, std::cout); });
  if (parts.evaluator->invalid() > 0) {
    say(fmt::format("cambrian: {} invalid; the first: {}\n", parts.evaluator->invalid(),
                    printable(parts.evaluator->first_failure(), kLongestMessage)));
  }
}

}  // namespace cambrian::apps
