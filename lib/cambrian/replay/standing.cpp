#include "cambrian/replay/standing.hpp"

#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/run/assembly.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;  // table.key, value

/// The lines of an effective configuration.
Entries entries_of(const std::string& effective) {
  Entries entries;
  std::string table;
  std::istringstream lines(effective);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find(" = ");
    if (line.starts_with('[')) {
      const std::size_t first = line.find_first_not_of('[');
      table = line.substr(first, line.find(']') - first) + ".";
    } else if (equals != std::string::npos) {
      entries.emplace_back(table + line.substr(0, equals), line.substr(equals + 3));
    }
  }
  return entries;
}

std::optional<std::string> value_of(const Entries& entries, const std::string& key) {
  for (const auto& [name, value] : entries) {
    if (name == key) return value;
  }
  return std::nullopt;
}

/// The first key that is not the same in both; empty if there is none.
std::string difference(const std::string& stored, const std::string& asked) {
  if (stored == asked) return {};
  const Entries in_file = entries_of(stored);
  const Entries wanted = entries_of(asked);
  for (const auto& [key, value] : in_file) {
    const std::optional<std::string> other = value_of(wanted, key);
    if (!other) return key + " = " + value + ", which is not asked for";
    if (*other != value) return key + " = " + value + ", but " + *other + " is asked for";
  }
  for (const auto& [key, value] : wanted) {
    if (!value_of(in_file, key)) return "no " + key + ", but " + value + " is asked for";
  }
  return "its tables in another order";
}

RunParameters run_table(Configuration& configuration) {
  RunParameters run;
  configuration.read("run", run);
  return run;
}

/// Only what is wrong with the run file itself is mended by removing it.
RunFileReader open_run(const std::filesystem::path& path) {
  try {
    return open_run_file(path);
  } catch (const FileError& error) {
    throw Error(std::string(error.what()) + "; once it is removed, its seed is run anew");
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
  if (more) asked.set("run.evaluations=" + std::to_string(budget));
  const RecordedInputs inputs(input_folders(asked.folder(), catalogue.data));
  assemble(asked, catalogue, inputs, 1);
  const RecordedInputs stored_files = stored_inputs(root, run_file);
  std::string other;
  if (stored != asked.effective()) {
    assemble(in_file, catalogue, stored_files, 1);  // with the keys that came later
    other = difference(in_file.effective(), asked.effective());
  }
  if (other.empty()) {
    const std::string name = inputs.first_difference(stored_files);
    if (!name.empty()) other = "other contents of " + name;
  }
  if (!other.empty()) {
    throw ConfigError(run_file.string(), "holds a run of another configuration: it has " + other +
                                             "; another folder leaves it as it is, --force starts "
                                             "all over");
  }
  Standing standing;
  standing.finished = root.attribute_as<std::string>("status") == "finished";
  standing.evaluations = root.attribute_as<std::uint64_t>("evaluations");
  if (more) {
    const auto total = static_cast<std::uint64_t>(wanted.evaluations);
    const bool solved = wanted.stop == "solved" && root.has_attribute("solved_evaluation");
    const bool enough = total != 0 && standing.evaluations >= total;  // by its last batch
    standing.finished = standing.finished && (solved || enough);
    standing.budget = total;
  }
  return standing;
}

}  // namespace cambrian
