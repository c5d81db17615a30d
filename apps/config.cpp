#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "apps/configured.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/effective_text.hpp"
#include "cambrian/run/assembly.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian::apps {
namespace {

/// By its first bytes; of a pipe or a device none are taken.
bool is_run_file(const std::string& path) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(path, unknown)) return false;
  std::array<char, 8> start = {};
  std::ifstream(path, std::ios::binary).read(start.data(), start.size());
  return std::string_view(start.data(), start.size()) == "\x89HDF\r\n\x1a\n";
}

/// Everything is made that a run would make before it starts: what is wrong is said here already.
std::vector<EffectiveTable> built(Configuration configuration, const Changes& changes,
                                  const Catalogue& catalogue, const Inputs& inputs) {
  change(configuration, changes);
  assemble(configuration, catalogue, inputs, 1);
  return configuration.effective_tables();
}

/// A run file keeps every value, written or not: one that is as if unwritten is told as such.
std::vector<EffectiveTable> of_run_file(const std::string& path, const Changes& changes,
                                        const Catalogue& catalogue) {
  const RunFileReader file(path);
  const RecordedInputs inputs = stored_inputs(file.root(), path);
  std::vector<EffectiveTable> tables =
      built(stored_configuration(file.root(), path, catalogue), changes, catalogue, inputs);
  const std::string name = std::filesystem::path(path).filename().string();
  for (EffectiveTable& table : tables) {
    for (EffectiveValue& value : table.values) {
      if (!value.by_flag) value.origin = value.same_as.empty() ? name : value.same_as;
    }
  }
  return tables;
}

}  // namespace

void config(const ConfigOptions& options, const Catalogue& catalogue) {
  const Changes changes = {options.sets, options.seed, options.evaluations};
  std::vector<EffectiveTable> tables;
  if (is_run_file(options.source)) {
    tables = of_run_file(options.source, changes, catalogue);
  } else {
    Configuration configuration = Configuration::from_file(options.source);
    const RecordedInputs inputs(input_folders(configuration.folder(), catalogue.data));
    tables = built(std::move(configuration), changes, catalogue, inputs);
  }
  print_out([&] {
    std::cout << (options.format == "json" ? annotated_json(tables)
                                           : annotated_toml(tables, options.source));
  });
}

}  // namespace cambrian::apps
