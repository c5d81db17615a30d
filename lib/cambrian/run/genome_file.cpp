#include "cambrian/run/genome_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "cambrian/core/comma_separated.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/ragged/ragged_json.hpp"
#include "cambrian/genome/ragged/ragged_space.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {
namespace {

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

Proposal from_csv(const std::string& text, const GenomeSource& source) {
  const GenomeKind& kind = source.kind;
  if (!kind.parse) {
    throw ConfigError(source.named,
                      "CSV cannot hold " + kind.summary +
                          ", which these genomes are; give them as JSON, as `cambrian export` "
                          "writes it");
  }
  std::istringstream file(text);
  Proposal given;
  given.population = source.space.make_population();
  std::size_t width = kind.cells(source.space);
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
    const std::string where = source.file + ":" + std::to_string(line_number);
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
    for (const std::string& cell : genome) {
      if (const auto gene = number<float>(cell); gene && !std::isfinite(*gene))
        throw ConfigError(where, quoted(cell) + " is not a finite number");
    }
    try {
      kind.parse(source.space, genome, *given.population, i);
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
  if (given.candidates.ids.empty()) throw ConfigError(source.named, "holds no genome");
  return given;
}

Proposal from_ragged_json(const std::string& text, const GenomeSource& source,
                          const RaggedSpace& space) {
  Proposal given;
  given.population = space.make_population();
  auto& population = population_of<RaggedPopulation>(*given.population);
  for (IdentifiedRagged& read : ragged_from_json(text, source.file, space.places())) {
    population.resize(given.candidates.ids.size() + 1);
    population[given.candidates.ids.size()] = std::move(read.genome);
    given.candidates.ids.push_back(read.id);
  }
  if (given.candidates.ids.empty()) throw ConfigError(source.named, "holds no genome");
  return given;
}

Proposal from_json(const std::string& text, const GenomeSource& source) {
  if (const auto* ragged = dynamic_cast<const RaggedSpace*>(&source.space)) {
    return from_ragged_json(text, source, *ragged);
  }
  const auto* graphs = dynamic_cast<const GraphSpace*>(&source.space);
  if (graphs == nullptr) {
    throw ConfigError(source.named, "JSON holds graphs, but these genomes are " +
                                        source.kind.summary + "; give them as CSV");
  }
  Proposal given;
  given.population = source.space.make_population();
  auto& population = population_of<GraphPopulation>(*given.population);
  for (IdentifiedGraph& read : graphs_from_json(text, source.file, graphs->shape())) {
    population.resize(given.candidates.ids.size() + 1);
    population[given.candidates.ids.size()] = std::move(read.graph);
    given.candidates.ids.push_back(read.id);
  }
  if (given.candidates.ids.empty()) throw ConfigError(source.named, "holds no graph");
  return given;
}

/// All rows, or those of highest objective, the first of equals, in their order. Of a file that another
/// program wrote, which holds no whole table, the first.
std::vector<std::size_t> chosen_rows(const RunFileReader& file, std::size_t size,
                                     std::size_t limit) {
  std::vector<std::size_t> rows(size);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (limit == 0 || limit >= size) return rows;
  if (const auto archive = file.group("archive"); archive->has("evaluation")) {
    Individuals elites;
    naming_file(file.path(),
                [&] { elites.load(*archive, archive->width("descriptor"), "/archive"); });
    std::ranges::stable_sort(rows, std::greater(),
                             [&](std::size_t row) { return elites.objective(row); });
  }
  rows.resize(limit);
  std::ranges::sort(rows);
  return rows;
}

/// Says of graphs that are whole, but not of this form, what is expected.
/// @throws ConfigError  for the first one; nothing where it is the file that is damaged
void require_form(const RunFileReader& file, const GenomeSource& source) {
  if (source.kind.name != GraphPopulation::kKind) return;
  GraphPopulation graphs;
  try {
    graphs.load(*file.group("archive/genome"));
  } catch (const Error&) {
    return;
  }
  for (std::size_t row = 0; row < graphs.size(); ++row) {
    try {
      source.space.check(graphs, row);
    } catch (const Error& error) {
      throw ConfigError(source.named, std::string("holds a graph that ") + error.what());
    }
  }
}

/// @throws as elites_as_text
Proposal elites_for(const RunFileReader& file, const GenomeSource& source) {
  require_kind(file, source);
  try {
    return read_elites(file, source.space);
  } catch (const FileError&) {
    require_form(file, source);
    throw;
  }
}

std::string csv_of(const RealPopulation& vectors, const Individuals& individuals,
                   std::span<const std::size_t> rows, const std::string& column) {
  std::string text = "id";
  for (std::size_t i = 0; i < vectors.length(); ++i)
    fmt::format_to(std::back_inserter(text), ",{}_{}", column, i);
  for (const std::size_t row : rows) {
    fmt::format_to(std::back_inserter(text), "\n{}", individuals.ids[row]);
    for (const float gene : vectors.row(row)) fmt::format_to(std::back_inserter(text), ",{}", gene);
  }
  return text + "\n";
}

}  // namespace

GenomeFormat genome_format(const std::filesystem::path& path) {
  if (path.extension() == ".h5") return GenomeFormat::run_file;
  return path.extension() == ".json" ? GenomeFormat::json : GenomeFormat::csv;
}

Proposal genomes_from_text(const std::string& text, GenomeFormat format,
                           const GenomeSource& source) {
  return format == GenomeFormat::json ? from_json(text, source) : from_csv(text, source);
}

void require_kind(const RunFileReader& file, const GenomeSource& source) {
  const auto genome = file.group("archive/genome");
  std::string held;
  std::string summary = "graphs";
  if (genome->has("vector")) {
    held = RealPopulation::kKind;
    summary = "real vectors";
  }
  if (genome->has("gene_offset")) {
    held = RaggedPopulation::kKind;
    summary = "ragged vectors";
  }
  if (genome->has("node_offset")) held = GraphPopulation::kKind;
  if (held == RealPopulation::kKind && held == source.kind.name) {
    const std::size_t length = genome->width("vector");
    const std::size_t expected = source.kind.cells(source.space);
    if (length == expected) return;
    throw ConfigError(
        source.named,
        fmt::format("holds vectors of {} genes, but these genomes have {}", length, expected));
  }
  if (held.empty() || held == source.kind.name) return;
  throw ConfigError(source.named,
                    "holds " + summary + ", but these genomes are " + source.kind.summary);
}

std::string elites_as_text(const std::filesystem::path& path, const GenomeSource& source,
                           std::size_t limit) {
  const RunFileReader file = open_run_file(path);
  const Proposal elites = elites_for(file, source);
  const std::size_t size = elites.candidates.ids.size();
  if (size == 0) throw ConfigError(source.named, "holds no elites");
  const std::vector<std::size_t> rows = chosen_rows(file, size, limit);
  if (const auto* vectors = dynamic_cast<const RealPopulation*>(elites.population.get()))
    return csv_of(*vectors, elites.candidates, rows, source.kind.column);
  if (const auto* ragged = dynamic_cast<const RaggedPopulation*>(elites.population.get())) {
    std::vector<IdentifiedRagged> genomes;
    genomes.reserve(rows.size());
    for (const std::size_t row : rows) {
      genomes.push_back({elites.candidates.ids[row], (*ragged)[row]});
    }
    return ragged_to_json(genomes);
  }
  const auto& population = population_of<const GraphPopulation>(*elites.population);
  std::vector<IdentifiedGraph> graphs;
  graphs.reserve(rows.size());
  for (const std::size_t row : rows)
    graphs.push_back({elites.candidates.ids[row], population[row]});
  return graphs_to_json(graphs);
}

}  // namespace cambrian
