#include "cambrian/catalogue/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/catalogue/detail/describe_activation.hpp"
#include "cambrian/catalogue/detail/describe_algorithm.hpp"
#include "cambrian/catalogue/detail/describe_encoding.hpp"
#include "cambrian/catalogue/detail/describe_environment.hpp"
#include "cambrian/catalogue/detail/describe_parameters.hpp"
#include "cambrian/catalogue/detail/describe_table.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/parameter_sheet.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/columns.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::ordered_json;

/// "; the default under hyperneat": of a preset of `[variation]` that encodings ask for.
std::string default_under(const Catalogue& catalogue, const std::string& table,
                          const std::string& preset) {
  if (table != "variation") return {};
  const std::vector<std::string> encodings = encodings_of_preset(catalogue, preset);
  return encodings.empty() ? "" : "; the default under " + joined(encodings);
}

/// As one writes them: `[variation] preset = "as_published"`.
std::string presets_text(const Catalogue& catalogue, const CatalogueEntry& entry,
                         const ParameterSheet& sheet) {
  if (sheet.presets.size() < 2) return {};
  std::string text = "presets\n";
  for (const std::string& preset : sheet.presets) {
    const bool first = preset == sheet.presets.front();
    text += fmt::format("  {} preset = {}{}{}\n", entry.header(), toml_text(preset),
                        first ? ": the default" : changes_text(preset, sheet),
                        default_under(catalogue, entry.table, preset));
  }
  return text;
}

/// @param what  the name is: "a table"
void refuse_sets(const std::vector<std::string>& sets, const std::string& name,
                 const std::string& what) {
  if (!sets.empty())
    throw ConfigError("--set " + sets.front(),
                      "is for environments, but '" + name + "' is " + what);
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string list_text(const Catalogue& catalogue, const std::optional<std::string>& room) {
  std::vector<std::string> rooms = catalogue_rooms();
  rooms.emplace_back("activations");
  if (room && std::find(rooms.begin(), rooms.end(), *room) == rooms.end()) {
    throw ConfigError("list", unknown_name("room", *room, rooms));
  }
  const std::vector<CatalogueEntry> entries = catalogue_entries(catalogue);
  Columns columns(2, 2);
  for (const CatalogueEntry& entry : entries) columns.fit(TextRow{entry.name});
  std::string text;
  for (const std::string& shown : rooms) {
    if (room && *room != shown) continue;
    if (!text.empty()) text += "\n";
    if (shown == "activations") {
      text += activations_text(columns);
      continue;
    }
    // A room's components stand in one table; tables that are described by other names say theirs.
    text += shown;
    const auto first = std::ranges::find(entries, shown, &CatalogueEntry::room);
    if (shown != "tables" && first != entries.end()) text += " " + first->header();
    text += "\n";
    for (const CatalogueEntry& entry : entries) {
      if (entry.room != shown) continue;
      const bool other = shown == "tables" && entry.table != entry.name;
      columns.write(TextRow{entry.name, (other ? entry.header() + ": " : "") + entry.summary},
                    text);
    }
  }
  return text;
}

std::string describe_text(const Catalogue& catalogue, const std::string& name,
                          const std::vector<std::string>& sets) {
  if (const std::optional<TableEntries> table = find_table(catalogue, name)) {
    refuse_sets(sets, name, "a table");
    return table_text(name, *table);
  }
  const std::optional<Activation> function = find_activation(name);
  if (function && !has_entry(catalogue, name)) {
    refuse_sets(sets, name, "an activation");
    return activation_text(*function);
  }
  const CatalogueEntry entry = find_entry(catalogue, name);
  if (entry.room != "environments") refuse_sets(sets, entry.name, "one of the " + entry.room);
  const ParameterSheet sheet = parameter_sheet(entry.parameters);
  std::string text = entry.name + ": " + entry.summary + "\n";
  if (function) text += "(also an activation: `cambrian describe activations." + name + "`)\n";
  if (!entry.source.empty()) text += "source: " + entry.source + "\n";
  text += presets_text(catalogue, entry, sheet);
  text += "\n" + entry.header() + "\n";
  if (entry.room != "tables") text += "name = \"" + entry.name + "\"\n";
  text += parameters_text(sheet);
  if (entry.room == "environments") {
    text += "\n" + environment_text(built_environment(catalogue, entry.name, sets));
  }
  if (entry.room == "algorithms") {
    const std::vector<AlgorithmTable> tables = tables_of_algorithm(catalogue, entry.name);
    if (!tables.empty()) text += "\n" + tables_text(tables);
    const auto archive = std::ranges::find(tables, "archive", &AlgorithmTable::table);
    if (archive != tables.end()) text += "\n" + two_archives_example(archive->default_name);
  }
  if (entry.room != "encodings") return text;
  text += network_text(catalogue, entry.name);
  const std::string preset = variation_preset(catalogue, entry.name);
  if (!preset.empty()) text += "\n[variation]: preset = \"" + preset + "\" where none is named\n";
  if (const std::optional<CatalogueEntry> genome = genome_table(catalogue, entry.name)) {
    text += "\n[genome]: " + genome->summary + "\n";
    text += parameters_text(parameter_sheet(genome->parameters));
  }
  return text;
}

std::string describe_json(const Catalogue& catalogue, const std::string& name,
                          const std::vector<std::string>& sets) {
  if (const std::optional<TableEntries> table = find_table(catalogue, name)) {
    refuse_sets(sets, name, "a table");
    return dumped(table_json(name, *table));
  }
  if (const auto function = find_activation(name); function && !has_entry(catalogue, name)) {
    refuse_sets(sets, name, "an activation");
    return dumped(activation_json(*function));
  }
  const CatalogueEntry entry = find_entry(catalogue, name);
  if (entry.room != "environments") refuse_sets(sets, entry.name, "one of the " + entry.room);
  const ParameterSheet sheet = parameter_sheet(entry.parameters);
  Json json = {{"name", entry.name},
               {"room", entry.room},
               {"table", entry.table},
               {"summary", entry.summary}};
  if (!entry.source.empty()) json["source"] = entry.source;
  json["presets"] = sheet.presets;
  json["parameters"] = parameters_json(sheet);
  if (entry.room == "environments") {
    json["environment"] = environment_json(built_environment(catalogue, entry.name, sets));
  }
  if (entry.room == "algorithms")
    json["tables"] = tables_json(tables_of_algorithm(catalogue, entry.name));
  if (entry.room == "encodings") {
    json["network"] = network_json(catalogue, entry.name);
    const std::string preset = variation_preset(catalogue, entry.name);
    if (!preset.empty()) json["variation_preset"] = preset;
    if (const std::optional<CatalogueEntry> genome = genome_table(catalogue, entry.name)) {
      json["genome_parameters"] = parameters_json(parameter_sheet(genome->parameters));
    }
  }
  return dumped(json);
}

}  // namespace cambrian
