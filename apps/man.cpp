#include <algorithm>
#include <filesystem>
#include <iostream>

#include "apps/manual.hpp"
#include "apps/output_file.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian::apps {
namespace {

void write_all(const CallTable& table, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw FileError(folder.string(), "this folder cannot be made: " + error.message());
  write_file(folder / (table.program + ".1"), program_manual(table));
  for (const CallVerb& verb : table.verbs) {
    write_file(folder / (table.program + "-" + verb.name + ".1"), verb_manual(table, verb));
  }
}

std::string page(const CallTable& table, const std::optional<std::string>& name) {
  if (!name) return program_manual(table);
  const auto verb = std::ranges::find(table.verbs, *name, &CallVerb::name);
  if (verb != table.verbs.end()) return verb_manual(table, *verb);
  std::vector<std::string> names;
  for (const CallVerb& one : table.verbs) names.push_back(one.name);
  throw ConfigError("man", unknown_name("verb", *name, names));
}

}  // namespace

void man(const ManOptions& options, const CallTable& table) {
  if (options.output) {
    write_all(table, *options.output);
    return;
  }
  const std::string text = page(table, options.verb);
  print_out([&] { std::cout << text; });
}

}  // namespace cambrian::apps
