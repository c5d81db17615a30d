#include "apps/call_table.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "cambrian/record/version.hpp"

namespace cambrian::apps {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// The validator of choices is called by them: "toml|json".
std::vector<std::string> choices_of(CLI::Option& option) {
  for (int i = 0;; ++i) {
    try {
      const std::string& name = option.get_validator(i)->get_name();
      if (!name.empty()) return split(name, '|');
    } catch (const CLI::OptionNotFound&) {
      return {};
    }
  }
}

CallOption option_of(CLI::Option& option) {
  CallOption row;
  for (const std::string& name : option.get_snames()) row.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) row.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) row.value = option.get_type_name();
  row.meaning = option.get_description();
  row.standard = option.get_default_str();
  row.choices = choices_of(option);
  row.required = option.get_required();
  row.repeated = option.get_items_expected_max() > 1;
  return row;
}

/// "Example:", indented examples, and notes whose lines are broken for a terminal.
void read_footer(const std::string& footer, CallVerb& verb) {
  for (const std::string& line : split(footer, '\n')) {
    if (line == "Example:") continue;
    if (line.starts_with("  ")) {
      verb.examples.push_back(line.substr(2));
    } else {
      verb.notes += (verb.notes.empty() ? "" : " ") + line;
    }
  }
}

CallVerb verb_of(CLI::App& app) {
  CallVerb verb = {app.get_name(), app.get_description(), {}, {}, {}};
  read_footer(app.get_footer(), verb);
  for (CLI::Option* option : app.get_options()) verb.options.push_back(option_of(*option));
  return verb;
}

}  // namespace

CallTable call_table(CLI::App& app, const std::string& program) {
  CallTable table = {program, program_version(), verb_of(app), {}};
  for (CLI::App* verb : app.get_subcommands([](CLI::App*) { return true; }))
    table.verbs.push_back(verb_of(*verb));
  return table;
}

void set_choices(CallTable& table, const std::string& value,
                 const std::vector<std::string>& choices) {
  for (CallVerb& verb : table.verbs) {
    for (CallOption& option : verb.options)
      if (option.value == value) option.choices = choices;
  }
}

ExpectedFiles expected_files(const CallOption& option) {
  ExpectedFiles files;
  for (const std::string& word : split(option.value, '|')) {
    files.any = files.any || word == "FILE";
    files.folders = files.folders || word == "FOLDER";
    const std::size_t dot = word.rfind('.');
    if (dot == std::string::npos) continue;
    const std::string ending = word.substr(dot + 1);
    const bool small = std::ranges::all_of(
        ending, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    if (small && !ending.empty()) files.endings.push_back(ending);
  }
  return files;
}

}  // namespace cambrian::apps
