#include "cambrian/configuration/parameter_sheet.hpp"

namespace cambrian {
namespace {

/// A parameter's type in words.
const char* type_of(bool) { return "true or false"; }
const char* type_of(std::int64_t) { return "whole number"; }
const char* type_of(double) { return "real number"; }
const char* type_of(const std::string&) { return "string"; }
const char* type_of(const std::vector<std::int64_t>&) { return "list of whole numbers"; }
const char* type_of(const std::vector<double>&) { return "list of real numbers"; }
const char* type_of(const std::vector<std::string>&) { return "list of strings"; }
const char* type_of(const Shapes&) { return "list of whole numbers or lists of them"; }

/// A bound that is the type's own is none.
void bound(ParameterLine&, std::monostate) {}
template <class T>
void bound(ParameterLine& line, const Range<T>& range) {
  if (range.min != Range<T>{}.min) line.min = range.min;
  if (range.max != Range<T>{}.max) line.max = range.max;
}

ParameterLine line_of(const Parameter& parameter) {
  ParameterLine line;
  line.name = parameter.name;
  const bool word = std::holds_alternative<std::string*>(parameter.value);
  line.type = word && !parameter.words.empty()
                  ? "choice"
                  : std::visit([](const auto* value) { return type_of(*value); }, parameter.value);
  line.value = parameter.held();
  line.choices = parameter.words;
  std::visit([&](const auto& range) { bound(line, range); }, parameter.range);
  line.unit = parameter.meaning.unit;
  line.meaning = parameter.meaning.text;
  line.source = parameter.meaning.source;
  return line;
}

}  // namespace

ParameterSheet parameter_sheet(const std::function<std::unique_ptr<Parameters>()>& make) {
  const std::unique_ptr<Parameters> defaults = make();
  ParameterSheet sheet;
  for_each_parameter(
      *defaults, [&](const Parameter& parameter) { sheet.lines.push_back(line_of(parameter)); });
  for (const std::string_view preset : defaults->presets()) {
    sheet.presets.emplace_back(preset);
    const std::unique_ptr<Parameters> parameters = make();
    parameters->apply_preset(preset);
    auto line = sheet.lines.begin();
    for_each_parameter(*parameters, [&](const Parameter& applied) {
      if (line == sheet.lines.end()) return;
      if (applied.held() != line->value) line->presets.emplace_back(preset, applied.held());
      ++line;
    });
  }
  return sheet;
}

}  // namespace cambrian
