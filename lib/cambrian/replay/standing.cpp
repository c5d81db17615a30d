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

const EffectiveValue* find(const std::vector<EffectiveTable>& tables, const std::string& path,
                           const std::string& key) {
  for (const EffectiveTable& table : tables) {
    const auto found = std::ranges::find(table.values, key, &EffectiveValue::key);
    if (table.path == path && found != table.values.end()) return &*found;
  }
  return nullptr;
}

/// The first value that is not the same in both; empty if there is none.
std::string difference(const std::vector<EffectiveTable>& stored,
                       const std::vector<EffectiveTable>& asked) {
  for (const EffectiveTable& table : stored) {
    for (const EffectiveValue& value : table.values) {
      const std::string held = table.path + "." + value.key + " = " + toml_text(value.value);
      const EffectiveValue* other = find(asked, table.path, value.key);
      if (other == nullptr) return held + ", which this configuration does not have";
      if (other->value != value.value)
        return held + ", but " + toml_text(other->value) + " is asked for";
    }
  }
  for (const EffectiveTable& table : asked) {
    for (const EffectiveValue& value : table.values) {
      if (find(stored, table.path, value.key) == nullptr)
        return "no " + table.path + "." + value.key + ", but " + toml_text(value.value) +
               " is asked for";
    }
  }
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
    other = difference(in_file.effective_tables(), asked.effective_tables());
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
