#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/experiment/progress.hpp"
#include "cambrian/experiment/stored_run.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/storage/elite_choice.hpp"
#include "cambrian/storage/query.hpp"

namespace cambrian::apps {
namespace {

bool is_configuration(const std::string& path) {
  return std::filesystem::path(path).extension() == ".toml";
}

std::vector<float> csv_row(const std::string& line, const std::string& where) {
  std::vector<float> row;
  std::istringstream cells(line);
  for (std::string cell; std::getline(cells, cell, ',');) {
    try {
      std::size_t used = 0;
      row.push_back(std::stof(cell, &used));
      if (cell.find_first_not_of(" \t\r", used) != std::string::npos)
        throw std::invalid_argument(cell);
    } catch (const std::exception&) {
      throw ConfigError(where, "'" + cell + "' is no number");
    }
  }
  return row;
}

/// Genomes to be tried; the row names their streams.
StoredElites from_csv(const std::string& path, const GenomeSpace& space) {
  const auto* real = dynamic_cast<const RealSpace*>(&space);
  if (real == nullptr)
    throw ConfigError("--genomes " + path, "CSV holds real vectors, but this run evolves graphs");
  std::ifstream file(path);
  if (!file) throw FileError(path, "cannot be read");
  StoredElites given{space.make_population(), {}};
  auto& population = dynamic_cast<RealPopulation&>(*given.population);
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    const std::string where = path + ":" + std::to_string(number);
    const std::vector<float> row = csv_row(line, where);
    if (row.size() != real->length()) {
      throw ConfigError(
          where, fmt::format("has {} numbers, but a genome has {}", row.size(), real->length()));
    }
    const std::size_t i = population.size();
    population.resize(i + 1);
    std::copy(row.begin(), row.end(), population.row(i).begin());
    given.ids.push_back(i);
  }
  return given;
}

/// Rows of the wanted ids; all where none are named.
std::vector<std::uint32_t> choose(const StoredElites& given,
                                  const std::vector<std::uint64_t>& wanted) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; wanted.empty() && i < given.ids.size(); ++i) rows.push_back(i);
  for (const std::uint64_t id : wanted) rows.push_back(row_of(given.ids, id));
  return rows;
}

/// As `query` prints: id, sample, objectives, measures, valid, solved, a row a job.
QueryResult table_of(const Assembly& parts, const Batch& batch) {
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
  add("sample", std::move(samples));
  for (std::size_t c = 0; c < rows.objectives_per_row; ++c)
    add(parts.description.objectives[c].name, column(rows.objectives, rows.objectives_per_row, c));
  for (std::size_t c = 0; c < rows.measures_per_row; ++c)
    add(parts.description.measures[c].name, column(rows.measures, rows.measures_per_row, c));
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
  StoredElites given;
  if (!options.genomes) {
    given = run->elites();
  } else if (std::filesystem::path(*options.genomes).extension() == ".h5") {
    given = read_elites(RunFileReader(*options.genomes).root(), *parts.space);
  } else {
    given = from_csv(*options.genomes, *parts.space);
  }
  std::vector<std::uint64_t> ids = options.ids;
  if (options.best || options.near) {
    EliteChoice choice{{}, options.best, {}};
    if (options.near) choice.near = near_point(*options.near);
    ids = {given.ids[elite_row(run->file(), "archive", choice)]};
  }
  Batch batch;
  for (const std::uint32_t row : choose(given, ids)) {
    for (std::uint64_t sample = 0; sample < options.repeat; ++sample) {
      batch.jobs.push_back(
          {.id = given.ids[row], .candidate = row, .sample = static_cast<std::uint32_t>(sample)});
    }
  }
  batch.candidates = given.ids.size();
  parts.evaluator->evaluate(*given.population, batch);
  print(table_of(parts, batch), format, std::cout);
  if (parts.evaluator->invalid() > 0) {
    say(fmt::format("cambrian: {} invalid; the first: {}\n", parts.evaluator->invalid(),
                    parts.evaluator->first_failure()));
  }
}

}  // namespace cambrian::apps
