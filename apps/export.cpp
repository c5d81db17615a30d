#include <fmt/format.h>

#include <filesystem>

#include "apps/output_file.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/experiment/progress.hpp"
#include "cambrian/experiment/stored_run.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/storage/elite_choice.hpp"

namespace cambrian::apps {
namespace {

/// Rows of /archive, in the order in which they were named.
std::vector<std::size_t> rows_of(const ExportOptions& options, const StoredRun& run) {
  const bool others = options.best || options.near.has_value();
  if (options.ids.empty() && !others) {
    throw ConfigError("export", "name an elite: --id ID (may be repeated), --best or --near x,y");
  }
  std::vector<std::size_t> rows;
  for (const std::uint64_t id : options.ids)
    rows.push_back(elite_row(run.file(), "archive", {id, false, {}}));
  if (!others) return rows;
  EliteChoice choice{{}, options.best, {}};
  if (options.near) choice.near = near_point(*options.near);
  return {elite_row(run.file(), "archive", choice)};
}

}  // namespace

void export_elites(const ExportOptions& options, const Catalogue& catalogue) {
  const std::string& output = options.output;
  if (std::filesystem::path(output).extension() != ".json") {
    throw ConfigError("-o " + output,
                      "ends in another word than .json, the one format that there is");
  }
  refuse_in_the_way(output, options.force);
  const StoredRun run(options.run_file, catalogue, 1);
  const StoredElites elites = run.elites();
  const auto* graphs = dynamic_cast<const GraphPopulation*>(elites.population.get());
  if (graphs == nullptr) {
    throw ConfigError("export " + options.run_file,
                      "its genomes are real vectors, but .json holds graphs; `cambrian query "
                      "RUN.h5 --table archive/genome --format csv` prints vectors");
  }
  std::vector<IdentifiedGraph> chosen;
  for (const std::size_t row : rows_of(options, run))
    chosen.push_back({elites.ids[row], (*graphs)[row]});
  write_file(output, graphs_to_json(chosen));
  say(fmt::format("{} graph{} -> {}\n", chosen.size(), chosen.size() == 1 ? "" : "s", output));
}

}  // namespace cambrian::apps
