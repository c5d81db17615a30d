#include <fmt/format.h>

#include "cambrian/catalogue/detail/describe_parts.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// "whole number, at least 1", "one of fast, thorough".
std::string type_text(const ParameterLine& line) {
  if (!line.choices.empty())
    return (line.type == "choice" ? "one of " : "list, each one of ") + joined(line.choices);
  const std::string each = std::holds_alternative<std::vector<std::int64_t>>(line.value) ||
                                   std::holds_alternative<std::vector<double>>(line.value) ||
                                   std::holds_alternative<Shapes>(line.value)
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

Json json_value(const ParameterValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

}  // namespace

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

Json parameters_json(const ParameterSheet& sheet) {
  Json parameters = Json::array();
  for (const ParameterLine& line : sheet.lines) {
    Json parameter = {{"name", line.name}, {"type", line.type}};
    if (line.min) parameter["min"] = json_value(*line.min);
    if (line.max) parameter["max"] = json_value(*line.max);
    if (!line.choices.empty()) parameter["choices"] = line.choices;
    parameter["default"] = json_value(line.value);
    for (const auto& [preset, value] : line.presets) {
      parameter["preset_defaults"][preset] = json_value(value);
    }
    if (!line.unit.empty()) parameter["unit"] = line.unit;
    parameter["meaning"] = line.meaning;
    if (!line.source.empty()) parameter["source"] = line.source;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

}  // namespace cambrian
