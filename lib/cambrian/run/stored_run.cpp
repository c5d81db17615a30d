#include "cambrian/run/stored_run.hpp"

#include <algorithm>
#include <array>

#include "cambrian/core/quoted.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run/suite.hpp"

namespace cambrian {

RunFileReader open_run_file(const std::filesystem::path& path) {
  RunFileReader file(path);
  if (!file.warning().empty()) say(file.warning() + "\n");
  return file;
}

void require_resumable(const RunFileReader& file) {
  if (file.root().has_attribute("rebinned_from")) {
    throw FileError(
        file.path(),
        "holds elites of " + quoted(file.root().attribute_as<std::string>("rebinned_from")) +
            ", placed anew by `cambrian rebin`; it cannot be resumed, but that run can");
  }
  const auto checkpoint = file.root().group("checkpoint");
  const bool earlier = !checkpoint->has_attribute("layout");
  if (!earlier && checkpoint->attribute_as<std::uint64_t>("layout") == kCheckpointLayout) return;
  throw FileError(file.path(),
                  std::string("was written by ") + (earlier ? "an earlier" : "another") +
                      " version of cambrian, which stored its state otherwise; it can be read and "
                      "queried, but not resumed");
}

namespace {

/// A key that came later than the first run files, with the value by which they were computed where
/// today's default is another one.
struct Former {
  const char* table;
  const char* component;
  const char* key;
  const char* value;
};
constexpr std::array kFormer = {
    Former{"environment", "maze", "wall_ends", "open"},
    Former{"environment", "maze", "places", "rows"},
    Former{"encoding", "hyperneat", "layer_coordinate", "false"},
    Former{"encoding", "hyperneat", "kind_coordinate", "false"},
    Former{"encoding", "hyperneat", "cppn_output", "bipolar_sigmoid"},
};

/// @param names  the same configuration, which is asked for names: a configuration writes down what
/// is read from it, in the order of reading
void set_former(Configuration& configuration, Configuration& names) {
  for (const Former& former : kFormer) {
    const std::string key = std::string(former.table) + "." + former.key;
    if (names.name(former.table, "") == former.component && names.where(key) == key) {
      configuration.set(key + "=" + former.value);
    }
  }
}

}  // namespace

std::string stored_text(const StateReader& root, const std::filesystem::path& path) {
  auto text = root.attribute_as<std::string>("config");
  if (!text.empty()) return text;
  throw FileError(path.string(),
                  "was made without a configuration, so it can be read and queried, but not "
                  "evaluated, replayed or resumed");
}

RecordedInputs stored_inputs(const StateReader& root, const std::filesystem::path& path) {
  stored_text(root, path);  // a run without a configuration has no inputs either
  return naming_file(path, [&] { return RecordedInputs(*root.group("inputs")); });
}

namespace {

/// @throws FileError naming the first plug-in that the run was made with and that is not loaded
void require_plugins(const StateReader& root, const std::filesystem::path& path,
                     const Catalogue& catalogue) {
  if (!root.has_attribute("plugins")) return;
  for (const auto& name : root.attribute_as<std::vector<std::string>>("plugins")) {
    if (std::ranges::find(catalogue.plugins, name) != catalogue.plugins.end()) continue;
    throw FileError(path.string(), "this run was made with the plug-in " + quoted(name) +
                                       ", which is not loaded; give --plugin with its path");
  }
}

}  // namespace

Configuration stored_configuration(const StateReader& root, const std::filesystem::path& path,
                                   const Catalogue& catalogue) {
  const std::string text = stored_text(root, path);
  const std::string origin = path.string() + ": config";
  require_plugins(root, path, catalogue);
  // Another one is asked: what is read is written down in the order of reading.
  Configuration names = Configuration::from_text(text, origin);
  for (const std::string& environment : environment_names(names)) {
    const bool known = std::ranges::any_of(
        catalogue.environments,
        [&](const EnvironmentComponent& component) { return component.name == environment; });
    if (!environment.empty() && !known) {
      throw FileError(path.string(), "this run is of environment " + quoted(environment) +
                                         ", which this program does not have; use the program "
                                         "that made it");
    }
  }
  Configuration configuration = Configuration::from_text(text, origin);
  set_former(configuration, names);
  configuration.accept_idle_keys();
  return configuration;
}

Job stored_job(const Proposal& elites, std::uint32_t row, Noise rule) {
  const Individuals& rows = elites.candidates;
  if (rule == Noise::fixed) return {.id = rows.ids[row], .noise = 0, .candidate = row};
  const std::uint64_t own = rows.noise.empty() ? rows.ids[row] : rows.noise[row];
  return {.id = rows.ids[row], .noise = own, .candidate = row};
}

namespace {

/// Rows of /archive with their ids and noise.
Proposal read_rows(const RunFileReader& file, const GenomeSpace& space,
                   std::optional<std::size_t> row) {
  const auto archive = file.group("archive");
  const auto ids = archive->column<std::uint64_t>("id");
  const std::size_t n = ids.size();
  const RowRange rows = row ? RowRange{*row, *row + 1} : RowRange{0, n};
  if (rows.end > n) throw Error("/archive: has no row " + std::to_string(*row));
  Proposal elites;
  elites.population = space.make_population();
  elites.candidates.ids.assign(ids.data() + rows.begin, ids.data() + rows.end);
  if (archive->has("noise")) {
    const auto noise = archive->column<std::uint64_t>("noise");
    if (noise.size() != n) throw Error("/archive/noise: is not as long as its table");
    elites.candidates.noise.assign(noise.data() + rows.begin, noise.data() + rows.end);
  }
  elites.population->load(row ? *file.genomes("archive/genome", rows) : *archive->group("genome"));
  if (elites.population->size() != rows.size()) {
    throw Error("/archive/genome: is not as long as its table");
  }
  return elites;
}

}  // namespace

Proposal read_elites(const RunFileReader& file, const GenomeSpace& space,
                     std::optional<std::size_t> row) {
  return naming_file(file.path(), [&] { return read_rows(file, space, row); });
}

StoredRun::StoredRun(const std::filesystem::path& path, const Catalogue& catalogue,
                     std::int64_t threads, const std::vector<std::string>& sets)
    : file_(open_run_file(path)), inputs_(stored_inputs(file_.root(), path)) {
  Configuration configuration = stored_configuration(file_.root(), path, catalogue);
  for (const std::string& assignment : sets) configuration.set(assignment);
  if (!sets.empty()) {
    inputs_ = RecordedInputs(input_folders(path.parent_path(), catalogue.data),
                             *file_.root().group("inputs"));
  }
  parts_ = assemble(configuration, catalogue, inputs_, threads);
}

}  // namespace cambrian
