#include "cambrian/replay/standing.hpp"

#include <algorithm>
#include <vector>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/run/assembly.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {
namespace {

using Values = std::vector<std::pair<std::string, ParameterValue>>;

Values values_of(const Configuration& configuration) {
  Values values;
  for (const EffectiveTable& table : configuration.effective_tables())
    for (const EffectiveValue& value : table.values)
      values.emplace_back(table.path + "." + value.key, value.value);
  return values;
}

/// The first value that is not the same in both; empty if there is none.
std::string difference(const Values& stored, const Values& asked) {
  const auto find = [](const Values& values, const std::string& key) {
    return std::ranges::find(values, key, &Values::value_type::first);
  };
  for (const auto& [key, value] : stored) {
    const std::string held = key + " = " + toml_text(value);
    const auto other = find(asked, key);
    if (other == asked.end()) return held + ", which this configuration does not have";
    if (other->second != value) return held + ", but " + toml_text(other->second) + " is asked for";
  }
  for (const auto& [key, value] : asked)
    if (find(stored, key) == stored.end())
      return "no " + key + ", but " + toml_text(value) + " is asked for";
  return {};
}

RunParameters run_table(Configuration& configuration) {
  RunParameters run;
  configuration.read("run", run);
  return run;
}

/// Removing a run file helps only if the file itself is at fault.
RunFileReader open_run(const std::filesystem::path& path) {
  try {
    return open_run_file(path);
  } catch (const FileError& error) {
    throw FileError(error.path(), error.reason() + "; once it is removed, its seed is run anew");
  }
}

}  // namespace

Standing standing_of(const std::filesystem::path& run_file, Configuration asked,
                     const Catalogue& catalogue) {
  const RunFileReader file = open_run(run_file);
  const StateReader& root = file.root();
  const std::string stored = stored_text(root, run_file);
  Configuration in_file = Configuration::from_text(stored, run_file.string() + ": config");
  const std::int64_t budget = run_table(in_file).evaluations;
  const RunParameters wanted = run_table(asked);
  const bool more = budget != 0 && (wanted.evaluations == 0 || wanted.evaluations > budget);
  if (more) asked.set("run.evaluations", static_cast<std::uint64_t>(budget));
  const RecordedInputs inputs(input_folders(asked.folder(), catalogue.data));
  assemble(asked, catalogue, inputs, 1);
  const RecordedInputs stored_files = stored_inputs(root, run_file);
  std::string other;
  if (stored != asked.effective()) {
    assemble(in_file, catalogue, stored_files, 1);  // with the keys that came later
    other = difference(values_of(in_file), values_of(asked));
  }
  if (other.empty()) {
    const std::string name = inputs.first_difference(stored_files);
    if (!name.empty()) other = "other contents of " + name;
  }
  if (!other.empty()) {
    throw ConfigError(run_file.string(), "holds a run of another configuration: it has " + other +
                                             "; name another folder to keep it, or start all over "
                                             "with --force");
  }
  Standing standing;
  standing.finished = root.attribute_as<std::string>("status") == "finished";
  standing.evaluations = root.attribute_as<std::uint64_t>("evaluations");
  if (more) {
    const auto total = static_cast<std::uint64_t>(wanted.evaluations);
    const bool solved = wanted.stop == StopRule::solved && root.has_attribute("solved_evaluation");
    const bool enough = total != 0 && standing.evaluations >= total;  // by its last batch
    standing.finished = standing.finished && (solved || enough);
    standing.budget = total;
  }
  return standing;
}

}  // namespace cambrian
