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

class SheetVisitor final : public ParameterVisitor {
 public:
  std::vector<ParameterLine> lines;

 private:
  void meet(const Parameter& parameter) override {
    ParameterLine& line = lines.emplace_back();
    line.name = parameter.name;
    const bool word = std::holds_alternative<std::string*>(parameter.value);
    line.type =
        word && !parameter.words.empty()
            ? "choice"
            : std::visit([](const auto* value) { return type_of(*value); }, parameter.value);
    line.value = parameter.held();
    line.choices = parameter.words;
    if (const auto* whole = std::get_if<Range<std::int64_t>>(&parameter.range)) bound(line, *whole);
    if (const auto* real = std::get_if<Range<double>>(&parameter.range)) bound(line, *real);
    line.unit = parameter.meaning.unit;
    line.meaning = parameter.meaning.text;
    line.source = parameter.meaning.source;
  }
  /// A bound that is the type's own is none.
  template <class T>
  static void bound(ParameterLine& line, const Range<T>& range) {
    if (range.min != Range<T>{}.min) line.min = range.min;
    if (range.max != Range<T>{}.max) line.max = range.max;
  }
};

}  // namespace

ParameterSheet parameter_sheet(const std::function<std::unique_ptr<Parameters>()>& make) {
  const std::unique_ptr<Parameters> defaults = make();
  SheetVisitor visitor;
  defaults->visit(visitor);
  ParameterSheet sheet{{}, std::move(visitor.lines)};
  for (const std::string_view preset : defaults->presets()) {
    sheet.presets.emplace_back(preset);
    const std::unique_ptr<Parameters> parameters = make();
    parameters->apply_preset(preset);
    SheetVisitor applied;
    parameters->visit(applied);
    for (std::size_t i = 0; i < sheet.lines.size() && i < applied.lines.size(); ++i) {
      if (applied.lines[i].value == sheet.lines[i].value) continue;
      sheet.lines[i].presets.emplace_back(preset, std::move(applied.lines[i].value));
    }
  }
  return sheet;
}

}  // namespace cambrian
