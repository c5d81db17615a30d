#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <span>

#include "apps/output_file.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/evaluation/brain.hpp"
#include "cambrian/genome/graph/graph_drawing.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/ragged/ragged_json.hpp"
#include "cambrian/query/elite_choice.hpp"
#include "cambrian/replay/replay.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian::apps {
namespace {

std::string ending_of(const std::string& path) {
  return std::filesystem::path(path).extension().string();
}

void check_ending(const std::string& output) {
  if (const std::string ending = ending_of(output);
      ending != ".json" && ending != ".dot" && ending != ".graphml") {
    throw ConfigError("-o " + output, "must end in .json, .dot (Graphviz) or .graphml");
  }
}

/// Rows of /archive, in the order in which they were named.
std::vector<std::size_t> rows_of(const ExportOptions& options, const RunFileReader& run) {
  const bool others = options.best || options.near.has_value();
  if (options.ids.empty() && !others) {
    throw ConfigError("export", "name an elite: --id ID (may be repeated), --best or --near x,y");
  }
  std::vector<std::size_t> rows;
  for (const std::uint64_t id : options.ids)
    rows.push_back(elite_row(run, "archive", {id, false, {}}));
  if (!others) return rows;
  EliteChoice choice{{}, options.best, {}};
  if (options.near) choice.near = near_point(*options.near);
  return {elite_row(run, "archive", choice)};
}

/// All graphs of /archive. The run's environment need not be known to this program.
GraphPopulation graphs_of(const ExportOptions& options, const RunFileReader& run) {
  const auto genome = run.group("archive/genome");
  if (genome->has("gene_offset")) {
    throw ConfigError("export " + options.run_file, "its genomes are ragged vectors, but " +
                                                        ending_of(options.output) +
                                                        " holds graphs; .json holds both");
  }
  if (!genome->has("node_offset")) {
    throw ConfigError("export " + options.run_file,
                      "its genomes are real vectors, but " + ending_of(options.output) +
                          " holds graphs; `cambrian query RUN.h5 --table archive/genome --format "
                          "csv` prints vectors");
  }
  GraphPopulation graphs;
  graphs.load(*genome);
  return graphs;
}

/// @throws ConfigError for an ending that is not known, or one whose files hold a single graph
std::string text_of(const std::vector<IdentifiedGraph>& graphs, const std::string& output) {
  const std::string ending = ending_of(output);
  if (ending == ".json") return graphs_to_json(graphs);
  if (graphs.size() != 1) {
    throw ConfigError("-o " + output, "holds one graph, but " + std::to_string(graphs.size()) +
                                          " elites are named; .json holds several");
  }
  return ending == ".dot" ? graph_to_dot(graphs.front()) : graph_to_graphml(graphs.front());
}

std::string text_of(const Brain& brain, const std::string& output) {
  const std::string ending = ending_of(output);
  if (ending == ".json") return brain_to_json(brain);
  return ending == ".dot" ? brain_to_dot(brain) : brain_to_graphml(brain);
}

void export_brain(const ExportOptions& options, const Catalogue& catalogue) {
  const StoredRun run(options.run_file, catalogue, 1, options.sets);
  const Assembly& parts = run.parts();
  if (!parts.encoding) {
    throw ConfigError("--brain", "this run evolves bare vectors; there are no networks");
  }
  const std::vector<std::size_t> rows = rows_of(options, run.file());
  if (rows.size() != 1) {
    throw ConfigError("--brain", "writes one network per file, but " + std::to_string(rows.size()) +
                                     " elites are named");
  }
  const std::size_t environment = place_in_suite(parts, options.environment);
  const auto row = static_cast<std::uint32_t>(rows.front());
  const Proposal elite = run.elite(row);
  Job job = stored_job(elite, 0, parts.evaluation.noise);
  job.environment = static_cast<std::uint32_t>(environment);
  const Brain brain = {
      .id = job.id,
      .environment = parts.suite[environment].name,
      .encoding = parts.encoding_name,
      .body = parts.evaluator->description(environment),
      .wiring = options.lived ? *replay(run, row, environment, options.sets.empty(), true).lived
                              : parts.evaluator->wiring(*elite.population, job),
      .learns = parts.evaluation.learning};
  write_file(options.output, text_of(brain, options.output));
  say(fmt::format(
      "network of elite {}: {}, {} -> {}\n", brain.id, counted(brain.wiring.nodes.size(), "node"),
      counted(brain.wiring.links.size(), "link"), printable(options.output, kLongestMessage)));
}

/// Ragged genomes of the elites that are meant, as JSON.
std::string ragged_text(const ExportOptions& options, const RunFileReader& run,
                        std::span<const std::uint64_t> ids) {
  // A file holds whatever places it holds; they are checked where they are read for an encoding.
  RaggedPopulation genomes(std::numeric_limits<std::uint32_t>::max());
  genomes.load(*run.group("archive/genome"));
  if (ids.size() != genomes.size()) {
    throw FileError(options.run_file, "/archive/genome: is not as long as its table");
  }
  std::vector<IdentifiedRagged> chosen;
  for (const std::size_t row : rows_of(options, run)) chosen.push_back({ids[row], genomes[row]});
  return ragged_to_json(chosen);
}

}  // namespace

void export_elites(const ExportOptions& options, const Catalogue& catalogue) {
  const std::string& output = options.output;
  check_ending(output);
  refuse_in_the_way(output, options.force);
  if (options.brain) return export_brain(options, catalogue);
  const RunFileReader run(options.run_file);
  const auto ids = run.group("archive")->column<std::uint64_t>("id");
  if (ending_of(output) == ".json" && run.group("archive/genome")->has("gene_offset")) {
    write_file(output, ragged_text(options, run, ids));
    say(fmt::format("ragged vectors -> {}\n", printable(output, kLongestMessage)));
    return;
  }
  const GraphPopulation graphs = graphs_of(options, run);
  if (ids.size() != graphs.size()) {
    throw FileError(options.run_file, "/archive/genome: is not as long as its table");
  }
  std::vector<IdentifiedGraph> chosen;
  for (const std::size_t row : rows_of(options, run)) chosen.push_back({ids[row], graphs[row]});
  write_file(output, text_of(chosen, output));
  say(fmt::format("{} -> {}\n", counted(chosen.size(), "graph"),
                  printable(output, kLongestMessage)));
}

}  // namespace cambrian::apps
