#include "cambrian/configuration/detail/parameter_reader.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

const char* plural(const std::int64_t&) { return "whole numbers"; }
const char* plural(const double&) { return "numbers"; }
const char* plural(const std::string&) { return "strings"; }
const char* plural(const std::vector<std::int64_t>&) { return "whole numbers or of such lists"; }

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
  return fmt::format(": {}, such as {}", unit == "s" ? "seconds" : unit, value);
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

namespace {

/// A value, or an entry of a list, and what takes it for a parameter.
struct Place {
  const Parameter& parameter;
  const toml::node& node;
  const Where& where;
  std::size_t entry = 0;  ///< from 1; 0: the value itself

  [[noreturn]] void refuse(const std::string& wanted) const {
    const std::string subject = entry == 0 ? "" : fmt::format("entry {} ", entry);
    throw ConfigError(where(parameter.name, node),
                      subject + "is " + what_is(node) + ", but " + wanted);
  }

  void take(bool& value) const {
    if (!node.is_boolean()) refuse("true or false is expected");
    value = node.ref<bool>();
  }

  void take(std::int64_t& value) const {
    if (node.is_integer()) {
      value = node.ref<std::int64_t>();
      return;
    }
    std::string hint;
    if (node.is_floating_point()) {
      const double real = node.ref<double>();
      if (real == std::floor(real) && std::abs(real) <= 1e15)
        hint = fmt::format("; write {}", static_cast<std::int64_t>(real));
    }
    refuse("a whole number is expected" + hint);
  }

  void take(double& value) const {
    if (!node.is_number())
      refuse("a number is expected" + number_hint(node, parameter.meaning.unit));
    value = node.is_integer() ? static_cast<double>(node.ref<std::int64_t>()) : node.ref<double>();
  }

  void take(std::string& value) const {
    const std::vector<std::string>& words = parameter.words;
    if (!node.is_string())
      refuse(words.empty() ? "a string is expected" : one_of_expected("", words));
    value = node.ref<std::string>();
  }

  /// An entry of a list of shapes, which may be one number.
  void take_shape(std::vector<std::int64_t>& shape) const {
    if (!node.is_array()) return take(shape.emplace_back());
    take(shape);
  }

  void take(Shapes& shapes) const {
    const toml::array* list = node.as_array();
    if (list == nullptr)
      refuse(fmt::format("a list of {} is expected, in [brackets]",
                         plural(std::vector<std::int64_t>())));
    shapes.assign(list->size(), {});
    for (std::size_t i = 0; i < list->size(); ++i)
      Place{parameter, *list->get(i), where, i + 1}.take_shape(shapes[i]);
  }

  template <class T>
  void take(std::vector<T>& values) const {
    const toml::array* list = node.as_array();
    if (list == nullptr)
      refuse(fmt::format("a list of {} is expected, in [brackets]", plural(T())));
    values.assign(list->size(), T());
    for (std::size_t i = 0; i < list->size(); ++i)
      Place{parameter, *list->get(i), where, i + 1}.take(values[i]);
  }
};

}  // namespace

void read_parameters(Parameters& parameters, const toml::table& table, const Where& where) {
  for_each_parameter(parameters, [&](const Parameter& parameter) {
    const toml::node* node = table.get(parameter.name);
    if (node == nullptr) return;
    std::visit([&](auto* value) { Place{parameter, *node, where}.take(*value); }, parameter.value);
    const Fault fault = first_fault(parameter);
    if (fault.reason.empty()) return;
    const toml::node& at = fault.entry == 0 ? *node : *node->as_array()->get(fault.entry - 1);
    throw ConfigError(where(parameter.name, at), fault.reason);
  });
}

}  // namespace cambrian
