#include "cambrian/configuration/detail/parameter_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// "at least 1" or "at most 5": the bound that a value breaks; empty if it breaks none.
template <class T>
std::string broken_bound(T value, Range<T> range) {
  if (value < range.min) return fmt::format("at least {}", range.min);
  if (value > range.max) return fmt::format("at most {}", range.max);
  return {};
}

std::string choices(const std::string& value, const std::vector<std::string_view>& allowed) {
  return one_of_expected(value, {allowed.begin(), allowed.end()});
}

/// For a string that begins with a number, "2m" where seconds are meant: how it is written.
std::string number_hint(const toml::node& node, std::string_view unit) {
  if (!node.is_string() || unit.empty()) return {};
  const std::string& text = node.ref<std::string>();
  char* end = nullptr;
  double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(value)) return {};
  if (unit == "s" && *end == 'm') value *= 60;
  if (unit == "s" && *end == 'h') value *= 3600;
  if (unit == "s" && *end == 'd') value *= 86400;
  return fmt::format(": {}, as {}", unit == "s" ? "seconds" : unit, value);
}

}  // namespace

std::string what_is(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "a string (" + quoted(node.ref<std::string>()) + ")";
    case toml::node_type::integer:
      return "a whole number (" + toml_text(node.ref<std::int64_t>()) + ")";
    case toml::node_type::floating_point:
      return "a real number (" + toml_text(node.ref<double>()) + ")";
    case toml::node_type::boolean:
      return toml_text(node.ref<bool>());
    case toml::node_type::array:
      return node.as_array()->is_array_of_tables() ? "a list of tables" : "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

void ParameterReader::refuse(const Place& place, const std::string& is,
                             const std::string& wanted) const {
  const std::string subject = place.entry == 0 ? "" : fmt::format("entry {} ", place.entry);
  throw ConfigError(where_(place.name, place.node), subject + "is " + is + ", but " + wanted);
}

std::int64_t ParameterReader::take_integer(const Place& place, Range<std::int64_t> range) const {
  const auto* integer = place.node.as_integer();
  if (integer == nullptr) {
    std::string hint;
    if (const auto* real = place.node.as_floating_point()) {
      const double value = real->get();
      if (value == std::floor(value) && std::abs(value) <= 1e15) {
        hint = fmt::format("; write {}", static_cast<std::int64_t>(value));
      }
    }
    refuse(place, what_is(place.node), "a whole number is expected" + hint);
  }
  const std::string bound = broken_bound(integer->get(), range);
  if (!bound.empty()) refuse(place, toml_text(integer->get()), bound + " is expected");
  return integer->get();
}

double ParameterReader::take_real(const Place& place, Range<double> range,
                                  std::string_view unit) const {
  if (!place.node.is_number()) {
    refuse(place, what_is(place.node), "a number is expected" + number_hint(place.node, unit));
  }
  const double value = place.node.is_integer() ? static_cast<double>(place.node.ref<std::int64_t>())
                                               : place.node.ref<double>();
  // Infinity is a value only where the range includes it.
  const bool allowed = !std::isnan(value) && value >= range.min && value <= range.max;
  if (!std::isfinite(value) && !allowed) {
    refuse(place, toml_text(value), "a finite number is expected");
  }
  const std::string bound = broken_bound(value, range);
  if (!bound.empty()) refuse(place, fmt::format("{}", value), bound + " is expected");
  return value;
}

std::string ParameterReader::take_text(const Place& place) const {
  const auto* text = place.node.as_string();
  if (text == nullptr) refuse(place, what_is(place.node), "a string is expected");
  return text->get();
}

template <class T, class Take>
void ParameterReader::take_list(std::string_view name, std::vector<T>& value,
                                const std::string& kind, Take take) const {
  const toml::node* node = table_.get(name);
  if (node == nullptr) return;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    refuse({name, *node}, what_is(*node), "a list of " + kind + " is expected, in [brackets]");
  }
  value.clear();
  for (std::size_t i = 0; i < list->size(); ++i) {
    value.push_back(take(Place{name, *list->get(i), i + 1}));
  }
}

void ParameterReader::boolean(std::string_view name, bool& value, const Meaning&) {
  const toml::node* node = table_.get(name);
  if (node == nullptr) return;
  const auto* boolean = node->as_boolean();
  if (boolean == nullptr) refuse({name, *node}, what_is(*node), "true or false is expected");
  value = boolean->get();
}

void ParameterReader::integer(std::string_view name, std::int64_t& value, Range<std::int64_t> range,
                              const Meaning&) {
  if (const toml::node* node = table_.get(name)) value = take_integer({name, *node}, range);
}

void ParameterReader::real(std::string_view name, double& value, Range<double> range,
                           const Meaning& meaning) {
  if (const toml::node* node = table_.get(name))
    value = take_real({name, *node}, range, meaning.unit);
}

void ParameterReader::text(std::string_view name, std::string& value, const Meaning&) {
  if (const toml::node* node = table_.get(name)) value = take_text({name, *node});
}

void ParameterReader::choice(std::string_view name, std::string& value,
                             const std::vector<std::string_view>& allowed, const Meaning&) {
  const toml::node* node = table_.get(name);
  if (node == nullptr) return;
  const auto* text = node->as_string();
  if (text == nullptr) refuse({name, *node}, what_is(*node), choices("", allowed));
  if (std::find(allowed.begin(), allowed.end(), text->get()) == allowed.end()) {
    refuse({name, *node}, quoted(text->get()), choices(text->get(), allowed));
  }
  value = text->get();
}

void ParameterReader::integers(std::string_view name, std::vector<std::int64_t>& value,
                               Range<std::int64_t> range, const Meaning&) {
  take_list(name, value, "whole numbers",
            [&](const Place& place) { return take_integer(place, range); });
}

void ParameterReader::reals(std::string_view name, std::vector<double>& value, Range<double> range,
                            const Meaning& meaning) {
  take_list(name, value, "numbers",
            [&](const Place& place) { return take_real(place, range, meaning.unit); });
}

void ParameterReader::texts(std::string_view name, std::vector<std::string>& value,
                            const Meaning&) {
  take_list(name, value, "strings", [&](const Place& place) { return take_text(place); });
}

}  // namespace cambrian
