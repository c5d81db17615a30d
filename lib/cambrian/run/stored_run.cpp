#include "cambrian/run/stored_run.hpp"

#include <algorithm>
#include <array>

#include "cambrian/core/error.hpp"
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

Configuration stored_configuration(const StateReader& root, const std::filesystem::path& path,
                                   const Catalogue& catalogue) {
  const std::string text = stored_text(root, path);
  const std::string origin = path.string() + ": config";
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
  return configuration;
}

Job StoredElites::job(std::uint32_t row, Noise rule) const {
  const std::uint64_t own = noise.empty() ? ids[row] : noise[row];
  return {.id = ids[row], .noise = rule == Noise::fixed ? 0 : own, .candidate = row};
}

namespace {

std::vector<std::uint64_t> noise_of(const StateReader& archive, std::size_t rows) {
  if (!archive.has("noise")) return {};
  auto noise = archive.column<std::uint64_t>("noise");
  if (noise.size() != rows) throw Error("/archive/noise: has another length than the table");
  return noise;
}

}  // namespace

StoredElites read_elites(const RunFileReader& file, const GenomeSpace& space) {
  return naming_file(file.path(), [&] {
    const auto archive = file.root().group("archive");
    StoredElites elites{space.make_population(), archive->column<std::uint64_t>("id"), {}};
    elites.noise = noise_of(*archive, elites.ids.size());
    elites.population->load(*archive->group("genome"));
    if (elites.population->size() != elites.ids.size()) {
      throw Error("/archive/genome: has another length than the table");
    }
    return elites;
  });
}

StoredElites read_elite(const RunFileReader& file, const GenomeSpace& space, std::size_t row) {
  return naming_file(file.path(), [&] {
    const auto archive = file.group("archive");
    const auto ids = archive->column<std::uint64_t>("id");
    if (row >= ids.size()) throw Error("/archive: has no row " + std::to_string(row));
    StoredElites elite{space.make_population(), {ids[row]}, {}};
    const std::vector<std::uint64_t> noise = noise_of(*archive, ids.size());
    if (!noise.empty()) elite.noise = {noise[row]};
    elite.population->load(*file.genomes("archive/genome", {row, row + 1}));
    return elite;
  });
}

StoredRun::StoredRun(const std::filesystem::path& path, const Catalogue& catalogue,
                     std::int64_t threads)
    : file_(open_run_file(path)), inputs_(stored_inputs(file_.root(), path)) {
  Configuration configuration = stored_configuration(file_.root(), path, catalogue);
  parts_ = assemble(configuration, catalogue, inputs_, threads);
}

}  // namespace cambrian
