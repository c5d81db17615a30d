#include "cambrian/catalogue/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/catalogue/detail/describe_activation.hpp"
#include "cambrian/catalogue/detail/describe_algorithm.hpp"
#include "cambrian/catalogue/detail/describe_encoding.hpp"
#include "cambrian/catalogue/detail/describe_environment.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/parameter_sheet.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/columns.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::ordered_json;

/// "whole number, at least 1", "one of fast, thorough".
std::string type_text(const ParameterLine& line) {
  if (!line.choices.empty())
    return (line.type == "choice" ? "one of " : "list, each one of ") + joined(line.choices);
  const std::string each = std::holds_alternative<std::vector<std::int64_t>>(line.value) ||
                                   std::holds_alternative<std::vector<double>>(line.value)
                               ? " each"
                               : "";
  if (line.min && line.max) {
    return fmt::format("{},{} {} to {}", line.type, each, toml_text(*line.min),
                       toml_text(*line.max));
  }
  if (line.min) return fmt::format("{},{} at least {}", line.type, each, toml_text(*line.min));
  if (line.max) return fmt::format("{},{} at most {}", line.type, each, toml_text(*line.max));
  return line.type;
}

std::string parameters_text(const ParameterSheet& sheet) {
  std::vector<TextRow> rows;
  for (const ParameterLine& line : sheet.lines) {
    std::string facts = type_text(line) + "; default " + toml_text(line.value);
    for (const auto& [preset, value] : line.presets) {
      facts += fmt::format("; {}: {}", preset, toml_text(value));
    }
    if (!line.source.empty()) facts += "; source: " + line.source;
    rows.push_back({line.name, line.meaning + (line.unit.empty() ? "" : " [" + line.unit + "]")});
    rows.push_back({"", facts});
  }
  return rows.empty() ? "  no parameters\n" : cambrian::sheet(rows);
}

/// "batch = 1 instead of 100, ...": what a preset changes.
std::string changes_text(const std::string& preset, const ParameterSheet& sheet) {
  std::string text;
  for (const ParameterLine& line : sheet.lines) {
    for (const auto& [name, value] : line.presets) {
      if (name != preset) continue;
      text += fmt::format("{}{} = {} instead of {}", text.empty() ? ": " : ", ", line.name,
                          toml_text(value), toml_text(line.value));
    }
  }
  return text;
}

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
    text += fmt::format("  [{}] preset = {}{}{}\n", entry.table, toml_text(preset),
                        first ? ": the default" : changes_text(preset, sheet),
                        default_under(catalogue, entry.table, preset));
  }
  return text;
}

std::string tables_text(const std::vector<AlgorithmTable>& tables) {
  if (tables.empty()) return {};
  std::vector<TextRow> rows;
  for (const AlgorithmTable& table : tables) {
    const std::string name = "; name = " + toml_text(table.default_name) + " by default";
    rows.push_back(
        {"[" + table.table + "]", table.what + (table.default_name.empty() ? "" : name)});
  }
  return "other tables that a run with it reads (`cambrian describe TABLE`)\n" + sheet(rows);
}

Json tables_json(const std::vector<AlgorithmTable>& tables) {
  Json json = Json::array();
  for (const AlgorithmTable& table : tables) {
    Json& shown = json.emplace_back(Json{{"table", table.table}});
    if (!table.default_name.empty()) shown["default_name"] = table.default_name;
    shown["summary"] = table.what;
  }
  return json;
}

Json json_of(const ParameterValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Json parameters_json(const ParameterSheet& sheet) {
  Json parameters = Json::array();
  for (const ParameterLine& line : sheet.lines) {
    Json parameter = {{"name", line.name}, {"type", line.type}};
    if (line.min) parameter["min"] = json_of(*line.min);
    if (line.max) parameter["max"] = json_of(*line.max);
    if (!line.choices.empty()) parameter["choices"] = line.choices;
    parameter["default"] = json_of(line.value);
    for (const auto& [preset, value] : line.presets) {
      parameter["preset_defaults"][preset] = json_of(value);
    }
    if (!line.unit.empty()) parameter["unit"] = line.unit;
    parameter["meaning"] = line.meaning;
    if (!line.source.empty()) parameter["source"] = line.source;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

void refuse_sets(const CatalogueEntry& entry, const std::vector<std::string>& sets) {
  if (sets.empty() || entry.room == "environments") return;
  throw ConfigError("--set " + sets.front(),
                    "is for environments, but '" + entry.name + "' is one of the " + entry.room);
}

/// A table of the configuration, where nothing that can be named is called the same.
std::optional<TableEntries> find_table(const Catalogue& catalogue, const std::string& name) {
  for (const CatalogueEntry& entry : catalogue_entries(catalogue))
    if (entry.name == name) return {};
  TableEntries entries = table_entries(catalogue, name);
  if (entries.components.empty() && entries.keys.empty()) return {};
  return entries;
}

void refuse_sets_of_table(const std::string& table, const std::vector<std::string>& sets) {
  if (!sets.empty())
    throw ConfigError("--set " + sets.front(),
                      "is for environments, but '" + table + "' is a table");
}

void refuse_sets_of_activation(const std::string& name, const std::vector<std::string>& sets) {
  if (!sets.empty())
    throw ConfigError("--set " + sets.front(),
                      "is for environments, but '" + name + "' is an activation");
}

std::string table_text(const std::string& table, const TableEntries& entries) {
  std::string text = "[" + table + "]\n";
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
    if (shown != "tables" && first != entries.end()) text += " [" + first->table + "]";
    text += "\n";
    for (const CatalogueEntry& entry : entries) {
      if (entry.room != shown) continue;
      const bool other = shown == "tables" && entry.table != entry.name;
      columns.write(TextRow{entry.name, (other ? "[" + entry.table + "]: " : "") + entry.summary},
                    text);
    }
  }
  return text;
}

std::string describe_text(const Catalogue& catalogue, const std::string& name,
                          const std::vector<std::string>& sets) {
  if (const std::optional<TableEntries> table = find_table(catalogue, name)) {
    refuse_sets_of_table(name, sets);
    return table_text(name, *table);
  }
  const std::optional<Activation> function = find_activation(name);
  if (function && !has_entry(catalogue, name)) {
    refuse_sets_of_activation(name, sets);
    return activation_text(*function);
  }
  const CatalogueEntry entry = find_entry(catalogue, name);
  refuse_sets(entry, sets);
  const ParameterSheet sheet = parameter_sheet(entry.parameters);
  std::string text = entry.name + ": " + entry.summary + "\n";
  if (function) text += "(also an activation: `cambrian describe activations." + name + "`)\n";
  if (!entry.source.empty()) text += "source: " + entry.source + "\n";
  text += presets_text(catalogue, entry, sheet);
  text += "\n[" + entry.table + "]\n";
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
  if (const ConfigurationTable* genome = genome_table(catalogue, entry.name)) {
    text += "\n[genome]: " + genome->summary + "\n";
    text += parameters_text(parameter_sheet(genome->parameters));
  }
  return text;
}

std::string describe_json(const Catalogue& catalogue, const std::string& name,
                          const std::vector<std::string>& sets) {
  if (const std::optional<TableEntries> table = find_table(catalogue, name)) {
    refuse_sets_of_table(name, sets);
    return dumped(table_json(name, *table));
  }
  if (const auto function = find_activation(name); function && !has_entry(catalogue, name)) {
    refuse_sets_of_activation(name, sets);
    return dumped(activation_json(*function));
  }
  const CatalogueEntry entry = find_entry(catalogue, name);
  refuse_sets(entry, sets);
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
    if (const ConfigurationTable* genome = genome_table(catalogue, entry.name)) {
      json["genome_parameters"] = parameters_json(parameter_sheet(genome->parameters));
    }
  }
  return dumped(json);
}

}  // namespace cambrian
