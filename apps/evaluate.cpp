#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <numeric>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "apps/cells.hpp"
#include "apps/graph_file.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/text_file.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "cambrian/evaluation/jobs.hpp"
#include "cambrian/query/elite_choice.hpp"
#include "cambrian/query/query.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian::apps {
namespace {

bool is_configuration(const std::string& path) {
  return std::filesystem::path(path).extension() == ".toml";
}

/// Where the genes stand in a row, by the names of a header as `query` prints it.
std::vector<std::size_t> gene_columns(const std::vector<std::string>& header,
                                      const std::string& column, std::size_t cells,
                                      const std::string& where) {
  std::unordered_map<std::string, std::size_t> places;  // the first, of equal names
  for (std::size_t i = 0; i < header.size(); ++i) places.emplace(header[i], i);
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < cells; ++i) {
    const auto found = places.find(fmt::format("{}_{}", column, i));
    if (found == places.end()) {
      throw ConfigError(where, fmt::format("{} is not a number, and in a header '{}_{}' is missing",
                                           quoted(header.front()), column, i));
    }
    columns.push_back(found->second);
  }
  if (places.contains(fmt::format("{}_{}", column, cells))) {
    throw ConfigError(where,
                      fmt::format("names more genes than the {} of this run's genomes", cells));
  }
  return columns;
}

/// Genomes to be tried; the row names their streams.
Proposal from_csv(const std::string& path, const Assembly& parts) {
  const GenomeKind& kind = parts.genome;
  if (!kind.parse) {
    throw ConfigError("--genomes " + path,
                      "CSV cannot hold " + kind.summary +
                          ", which these genomes are; give them as JSON, as `cambrian export` "
                          "writes it");
  }
  std::istringstream file(read_text_file(path, kMostGenomeBytes));
  Proposal given;
  given.population = parts.space->make_population();
  std::size_t width = kind.cells(*parts.space);
  std::vector<std::size_t> columns(width);
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  std::vector<std::string> genome(width);
  std::optional<std::size_t> id_column;
  bool first = true;
  std::string line;
  for (std::size_t line_number = 1; std::getline(file, line); ++line_number) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // of spreadsheets
    if (line_number == 1 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
    const std::vector<std::string> cells = cells_of(line);
    if (cells.empty()) continue;
    const std::string where = path + ":" + std::to_string(line_number);
    if (std::exchange(first, false) && !number<float>(cells.front())) {
      width = cells.size();
      columns = gene_columns(cells, kind.column, columns.size(), where);
      const auto named = std::ranges::find(cells, "id");
      if (named != cells.end()) id_column = static_cast<std::size_t>(named - cells.begin());
      continue;
    }
    if (cells.size() != width) {
      throw ConfigError(where,
                        fmt::format("has {} numbers, but {} are expected", cells.size(), width));
    }
    const std::size_t i = given.population->size();
    given.population->resize(i + 1);
    std::ranges::transform(columns, genome.begin(), [&](std::size_t c) { return cells[c]; });
    try {
      kind.parse(*parts.space, genome, *given.population, i);
    } catch (const Error& error) {
      throw ConfigError(where, error.what());
    }
    given.candidates.ids.push_back(i);
    if (id_column) {
      const std::optional<std::uint64_t> id = number<std::uint64_t>(cells[*id_column]);
      if (!id) throw ConfigError(where, quoted(cells[*id_column]) + " is not an id");
      given.candidates.ids.back() = *id;
    }
  }
  if (given.candidates.ids.empty()) throw ConfigError(path, "holds no genome");
  return given;
}

/// Those of a run file: the one that is meant, or all; of one alone no other genome is read.
Proposal from_run_file(const RunFileReader& file, const GenomeSpace& space,
                       const EvaluateOptions& options) {
  EliteChoice one{{}, options.best, {}};
  if (options.near) one.near = near_point(*options.near);
  if (!one && options.ids.size() == 1) one.id = options.ids.front();
  return one ? read_elites(file, space, elite_row(file, "archive", one)) : read_elites(file, space);
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
    add(parts.description.objectives[c].name, column(rows.objectives, rows.shape.objectives, c));
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
    inputs.emplace(input_folders(configuration.folder(), catalogue.data));
    configured = assemble(configuration, catalogue, *inputs);
  } else {
    run.emplace(options.source, catalogue);
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
  } else if (std::filesystem::path(*options.genomes).extension() == ".h5") {
    given = from_run_file(open_run_file(*options.genomes), *parts.space, options);
  } else if (std::filesystem::path(*options.genomes).extension() == ".json") {
    given = graphs_from_file(*options.genomes, *parts.space);
  } else {
    given = from_csv(*options.genomes, parts);
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
