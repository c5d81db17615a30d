#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/experiment/assembly.hpp"
#include "cambrian/experiment/inputs_record.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/storage/run_file.hpp"

namespace cambrian::apps {
namespace {

/// Genomes to be tried, with the ids that name their streams.
struct Given {
  std::unique_ptr<Population> population;
  std::vector<std::uint64_t> ids;
};

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

Given from_csv(const std::string& path, const GenomeSpace& space) {
  const auto* real = dynamic_cast<const RealSpace*>(&space);
  if (real == nullptr)
    throw ConfigError("--genomes " + path, "CSV holds real vectors, but this run evolves graphs");
  std::ifstream file(path);
  if (!file) throw FileError(path, "cannot be read");
  Given given{space.make_population(), {}};
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

Given from_run_file(const StateReader& root, const GenomeSpace& space) {
  const auto archive = root.group("archive");
  Given given{space.make_population(), archive->column<std::uint64_t>("id")};
  given.population->load(*archive->group("genome"));
  if (given.population->size() != given.ids.size())
    throw Error("/archive/genome: has another length than the table");
  return given;
}

/// Rows of the wanted ids; all where none are named.
std::vector<std::uint32_t> choose(const Given& given, const std::vector<std::uint64_t>& wanted) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; wanted.empty() && i < given.ids.size(); ++i) rows.push_back(i);
  for (const std::uint64_t id : wanted) {
    const auto found = std::find(given.ids.begin(), given.ids.end(), id);
    if (found == given.ids.end())
      throw ConfigError("--id " + std::to_string(id), "is not among the elites");
    rows.push_back(static_cast<std::uint32_t>(found - given.ids.begin()));
  }
  return rows;
}

std::string number(double value) { return fmt::format("{}", value); }

void print(const Assembly& parts, const Batch& batch, const std::string& format) {
  const Evaluations& rows = batch.evaluations;
  std::vector<std::string> names = {"id", "sample"};
  for (const Objective& objective : parts.description.objectives) names.push_back(objective.name);
  for (const Measure& measure : parts.description.measures) names.push_back(measure.name);
  names.insert(names.end(), {"valid", "solved"});
  const bool json = format == "json" || format == "jsonl";
  auto all = nlohmann::ordered_json::array();
  if (!json) fmt::print("{}\n", fmt::join(names, format == "csv" ? "," : "  "));
  for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
    std::vector<double> values;
    const double* objectives = rows.objectives.data() + i * rows.objectives_per_row;
    const double* measures = rows.measures.data() + i * rows.measures_per_row;
    values.insert(values.end(), objectives, objectives + rows.objectives_per_row);
    values.insert(values.end(), measures, measures + rows.measures_per_row);
    if (json) {
      nlohmann::ordered_json row = {{"id", batch.jobs[i].id}, {"sample", batch.jobs[i].sample}};
      for (std::size_t v = 0; v < values.size(); ++v) row[names[v + 2]] = values[v];
      row["valid"] = rows.valid[i] != 0;
      row["solved"] = rows.solved[i] != 0;
      if (format == "jsonl") fmt::print("{}\n", row.dump());
      all.push_back(std::move(row));
      continue;
    }
    std::vector<std::string> cells = {std::to_string(batch.jobs[i].id),
                                      std::to_string(batch.jobs[i].sample)};
    for (const double value : values) cells.push_back(number(value));
    cells.push_back(std::to_string(rows.valid[i]));
    cells.push_back(std::to_string(rows.solved[i]));
    fmt::print("{}\n", fmt::join(cells, format == "csv" ? "," : "  "));
  }
  if (format == "json") fmt::print("{}\n", all.dump(2));
}

}  // namespace

void evaluate(const EvaluateOptions& options, const Catalogue& catalogue) {
  std::optional<RunFileReader> run_file;
  std::optional<RecordedInputs> inputs;
  std::optional<Configuration> configuration;
  if (is_configuration(options.source)) {
    if (!options.genomes)
      throw ConfigError("evaluate",
                        "a configuration holds no genomes: name them by --genomes FILE");
    configuration.emplace(Configuration::from_file(options.source));
    inputs.emplace(input_folders(configuration->folder(), catalogue.data));
  } else {
    run_file.emplace(options.source);
    const StateReader& root = run_file->root();
    configuration.emplace(Configuration::from_text(root.attribute_as<std::string>("config"),
                                                   options.source + ": config"));
    inputs.emplace(*root.group("inputs"));
  }
  const std::unique_ptr<Assembly> parts = assemble(*configuration, catalogue, *inputs);
  Given given;
  if (!options.genomes) {
    given = from_run_file(run_file->root(), *parts->space);
  } else if (std::filesystem::path(*options.genomes).extension() == ".h5") {
    given = from_run_file(RunFileReader(*options.genomes).root(), *parts->space);
  } else {
    given = from_csv(*options.genomes, *parts->space);
  }
  Batch batch;
  for (const std::uint32_t row : choose(given, options.ids)) {
    for (std::uint64_t sample = 0; sample < options.repeat; ++sample) {
      batch.jobs.push_back(
          {.id = given.ids[row], .candidate = row, .sample = static_cast<std::uint32_t>(sample)});
    }
  }
  batch.candidates = given.ids.size();
  parts->evaluator->evaluate(*given.population, batch);
  print(*parts, batch, options.format);
  if (parts->evaluator->invalid() > 0) {
    fmt::print(stderr, "cambrian: {} invalid; the first: {}\n", parts->evaluator->invalid(),
               parts->evaluator->first_failure());
  }
}

}  // namespace cambrian::apps
