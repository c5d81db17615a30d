#include "cambrian/configuration/effective_text.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cambrian/core/columns.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidest = 48;        // characters that the origins are aligned behind
constexpr std::size_t kOriginShown = 200;  // characters of an origin

std::string line(const EffectiveValue& value) { return value.key + " = " + value.value; }

Json json_of(const toml::node& node) {
  if (const toml::array* list = node.as_array()) {
    Json items = Json::array();
    for (const toml::node& item : *list) items.push_back(json_of(item));
    return items;
  }
  if (node.is_boolean()) return Json(node.ref<bool>());
  if (node.is_integer()) return Json(node.ref<std::int64_t>());
  if (!node.is_floating_point()) return Json(node.value_or(std::string()));
  const double number = node.ref<double>();
  return std::isfinite(number) ? Json(number) : Json(fmt::format("{}", number));
}

Json json_of(const std::string& value) {
  const toml::table parsed = toml::parse("value = " + value);
  return json_of(*parsed.get("value"));
}

}  // namespace

std::string annotated_toml(const std::vector<EffectiveTable>& tables, const std::string& source) {
  Columns columns(2);
  for (const EffectiveTable& table : tables) {
    for (const EffectiveValue& value : table.values)
      if (line(value).size() <= kWidest) columns.fit(Cells{line(value)});
  }
  std::string text = "# The effective configuration of " + printable(source, kOriginShown) + "\n";
  for (const EffectiveTable& table : tables) {
    text += "\n" + table.header + "\n";
    for (const EffectiveValue& value : table.values)
      columns.write(Cells{line(value), "# " + printable(value.origin, kOriginShown)}, text);
  }
  return text;
}

std::string annotated_json(const std::vector<EffectiveTable>& tables) {
  Json json = Json::object();
  for (const EffectiveTable& table : tables) {
    Json& keys = json[table.path] = Json::object();
    for (const EffectiveValue& value : table.values)
      keys[value.key] = {{"value", json_of(value.value)}, {"origin", value.origin}};
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cambrian
