#include "cambrian/experiment/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cambrian/core/error.hpp"
#include "cambrian/experiment/catalogue_entries.hpp"
#include "cambrian/experiment/configuration.hpp"
#include "cambrian/experiment/describe_world.hpp"
#include "cambrian/experiment/parameter_sheet.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::ordered_json;

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

/// "whole number, at least 1", "one of fast, thorough".
std::string type_text(const ParameterLine& line) {
  if (!line.choices.empty()) return "one of " + joined(line.choices);
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
  std::size_t width = 0;
  for (const ParameterLine& line : sheet.lines) width = std::max(width, line.name.size());
  std::string text;
  for (const ParameterLine& line : sheet.lines) {
    text += fmt::format("  {:<{}}  {}{}\n", line.name, width, line.meaning,
                        line.unit.empty() ? "" : " [" + line.unit + "]");
    text +=
        fmt::format("  {:<{}}  {}; default {}", "", width, type_text(line), toml_text(line.value));
    for (const auto& [preset, value] : line.presets) {
      text += fmt::format("; {}: {}", preset, toml_text(value));
    }
    if (!line.source.empty()) text += "; source: " + line.source;
    text += "\n";
  }
  return sheet.lines.empty() ? "  no parameters\n" : text;
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
                    "is for worlds, but '" + entry.name + "' is one of the " + entry.room);
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
    throw ConfigError("--set " + sets.front(), "is for worlds, but '" + table + "' is a table");
}

std::string table_text(const std::string& table, const TableEntries& entries) {
  std::string text = "[" + table + "]\n";
  if (!entries.components.empty()) {
    std::size_t width = 0;
    for (const CatalogueEntry& entry : entries.components)
      width = std::max(width, entry.name.size());
    text += "name: one of these, with its own keys (`cambrian describe NAME`)\n";
    for (const CatalogueEntry& entry : entries.components)
      text += fmt::format("  {:<{}}  {}\n", entry.name, width, entry.summary);
  }
  for (const CatalogueEntry& keys : entries.keys)
    text += "\n" + keys.summary + "\n" + parameters_text(parameter_sheet(keys.parameters));
  return text;
}

/// ", 'cppn' by default under hyperneat" for each preset of a variation that an encoding asks for.
std::string default_presets(const Catalogue& catalogue, const CatalogueEntry& entry,
                            const ParameterSheet& sheet) {
  if (entry.table != "variation") return {};
  std::string text;
  for (const std::string& preset : sheet.presets) {
    const std::vector<std::string> encodings = encodings_of_preset(catalogue, preset);
    if (!encodings.empty())
      text += fmt::format("; {} is the default under {}", preset, joined(encodings));
  }
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
  const std::vector<std::string> rooms = catalogue_rooms();
  if (room && std::find(rooms.begin(), rooms.end(), *room) == rooms.end()) {
    const std::string near = nearest_word(*room, rooms);
    throw ConfigError("list", "there is no room '" + *room + "', only " + joined(rooms) +
                                  (near.empty() ? "" : "; did you mean '" + near + "'?"));
  }
  const std::vector<CatalogueEntry> entries = catalogue_entries(catalogue);
  std::size_t width = 0;
  for (const CatalogueEntry& entry : entries) width = std::max(width, entry.name.size());
  std::string text;
  for (const std::string& shown : rooms) {
    if (room && *room != shown) continue;
    if (!text.empty()) text += "\n";
    // A room's components stand in one table; tables that are described by other names say theirs.
    text += shown;
    const auto first = std::ranges::find(entries, shown, &CatalogueEntry::room);
    if (shown != "tables" && first != entries.end()) text += " [" + first->table + "]";
    text += "\n";
    for (const CatalogueEntry& entry : entries) {
      if (entry.room != shown) continue;
      const bool other = shown == "tables" && entry.table != entry.name;
      text += fmt::format("  {:<{}}  {}{}\n", entry.name, width,
                          other ? "[" + entry.table + "]: " : "", entry.summary);
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
  const CatalogueEntry entry = find_entry(catalogue, name);
  refuse_sets(entry, sets);
  const ParameterSheet sheet = parameter_sheet(entry.parameters);
  std::string text = entry.name + ": " + entry.summary + "\n";
  if (!entry.source.empty()) text += "source: " + entry.source + "\n";
  if (sheet.presets.size() > 1) {
    text += "presets: " + joined(sheet.presets) + default_presets(catalogue, entry, sheet) + "\n";
  }
  text += "\n[" + entry.table + "]\n";
  if (entry.room != "tables") text += "name = \"" + entry.name + "\"\n";
  text += parameters_text(sheet);
  if (entry.room == "environments") {
    text += "\n" + world_text(built_world(catalogue, entry.name, sets));
  }
  if (entry.room != "encodings") return text;
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
    json["world"] = world_json(built_world(catalogue, entry.name, sets));
  }
  if (entry.room == "encodings") {
    const std::string preset = variation_preset(catalogue, entry.name);
    if (!preset.empty()) json["variation_preset"] = preset;
    if (const ConfigurationTable* genome = genome_table(catalogue, entry.name)) {
      json["genome_parameters"] = parameters_json(parameter_sheet(genome->parameters));
    }
  }
  return dumped(json);
}

}  // namespace cambrian
