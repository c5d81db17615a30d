#include "cambrian/configuration/effective_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/columns.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidest = 48;        // characters that the origins are aligned behind
constexpr std::size_t kOriginShown = 200;  // characters of an origin

std::string line(const EffectiveValue& value) { return value.key + " = " + toml_text(value.value); }

Json json_of(double number) {
  return std::isfinite(number) ? Json(number) : Json(fmt::format("{}", number));
}
template <class T>
Json json_of(const T& value) {
  return value;
}
Json json_of(const std::vector<double>& numbers) {
  Json items = Json::array();
  for (const double number : numbers) items.push_back(json_of(number));
  return items;
}

}  // namespace

std::string annotated_toml(const std::vector<EffectiveTable>& tables, const std::string& source) {
  Columns columns(2);
  for (const EffectiveTable& table : tables) {
    for (const EffectiveValue& value : table.values)
      if (line(value).size() <= kWidest) columns.fit(TextRow{line(value)});
  }
  std::string text = "# The effective configuration of " + printable(source, kOriginShown) + "\n";
  for (const EffectiveTable& table : tables) {
    text += "\n" + table.header + "\n";
    for (const EffectiveValue& value : table.values)
      columns.write(TextRow{line(value), "# " + printable(value.origin, kOriginShown)}, text);
  }
  return text;
}

std::string annotated_json(const std::vector<EffectiveTable>& tables) {
  Json json = Json::object();
  for (const EffectiveTable& table : tables) {
    Json& keys = json[table.path] = Json::object();
    for (const EffectiveValue& value : table.values)
      keys[value.key] = {
          {"value", std::visit([](const auto& held) { return json_of(held); }, value.value)},
          {"origin", value.origin}};
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cambrian
