#include "cambrian/catalogue/describe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cambrian/catalogue/detail/describe_parts.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

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

/// A table of the configuration, where nothing that can be named is called the same.
std::optional<TableEntries> find_table(const Catalogue& catalogue, const std::string& name) {
  for (const CatalogueEntry& entry : catalogue_entries(catalogue))
    if (entry.name == name) return {};
  TableEntries entries = table_entries(catalogue, name);
  if (entries.components.empty() && entries.keys.empty()) return {};
  return entries;
}

std::string table_text(const std::string& table, const TableEntries& entries) {
  std::string text = header_of(table) + "\n";
  if (!entries.components.empty()) {
    std::vector<TextRow> rows;
    for (const CatalogueEntry& entry : entries.components)
      rows.push_back({entry.name, entry.summary});
    text += "name: one of these, with its own keys (`cambrian describe NAME`)\n" + sheet(rows);
  }
  for (const CatalogueEntry& keys : entries.keys)
    text += "\n" + keys.summary + "\n" + parameters_text(parameter_sheet(keys.parameters));
  if (table == "archive" || table == "result_archive") text += "\n" + two_archives_example();
  return text;
}

Json table_json(const std::string& table, const TableEntries& entries) {
  Json json = {{"table", table}, {"components", Json::array()}, {"keys", Json::array()}};
  for (const CatalogueEntry& entry : entries.components)
    json["components"].push_back({{"name", entry.name}, {"summary", entry.summary}});
  for (const CatalogueEntry& keys : entries.keys) {
    json["keys"].push_back({{"name", keys.name},
                            {"summary", keys.summary},
                            {"parameters", parameters_json(parameter_sheet(keys.parameters))}});
  }
  return json;
}

/// What a name stands for: one of the three. An entry may also be called as an activation is.
struct Named {
  std::optional<TableEntries> table;
  std::optional<Activation> activation;
  std::optional<CatalogueEntry> entry;
};

/// @throws ConfigError for `sets` of anything but an environment
Named find_named(const Catalogue& catalogue, std::string name,
                 const std::vector<std::string>& sets) {
  Named named;
  std::string what;
  if ((named.table = find_table(catalogue, name))) {
    what = "a table";
  } else if (named.activation = find_activation(name);
             named.activation && !has_entry(catalogue, name)) {
    what = "an activation";
  } else {
    named.entry = find_entry(catalogue, name);
    name = named.entry->name;
    if (named.entry->room != "environments") what = "one of the " + named.entry->room;
  }
  if (!what.empty() && !sets.empty())
    throw ConfigError("--set " + sets.front(),
                      "is for environments, but '" + name + "' is " + what);
  return named;
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::vector<std::string> list_rooms() {
  std::vector<std::string> rooms = catalogue_rooms();
  rooms.emplace_back("activations");
  return rooms;
}

std::string list_text(const Catalogue& catalogue, const std::optional<std::string>& room) {
  const std::vector<std::string> rooms = list_rooms();
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
  const Named named = find_named(catalogue, name, sets);
  if (named.table) return table_text(name, *named.table);
  if (!named.entry) return activation_text(*named.activation);
  const CatalogueEntry& entry = *named.entry;
  const ParameterSheet sheet = parameter_sheet(entry.parameters);
  std::string text = entry.name + ": " + entry.summary + "\n";
  if (named.activation)
    text += "(also an activation: `cambrian describe activations." + name + "`)\n";
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
  const Named named = find_named(catalogue, name, sets);
  if (named.table) return dumped(table_json(name, *named.table));
  if (!named.entry) return dumped(activation_json(*named.activation));
  const CatalogueEntry& entry = *named.entry;
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
