#include "cambrian/configuration/parameter_sheet.hpp"

#include "cambrian/configuration/toml_text.hpp"

namespace cambrian {
namespace {

class SheetVisitor final : public ParameterVisitor {
 public:
  std::vector<ParameterLine> lines;

  void boolean(std::string_view name, bool& value, const Meaning& meaning) override {
    add(name, "true or false", value, meaning);
  }
  void integer(std::string_view name, std::int64_t& value, Range<std::int64_t> range,
               const Meaning& meaning) override {
    bound(add(name, "whole number", value, meaning), range);
  }
  void real(std::string_view name, double& value, Range<double> range,
            const Meaning& meaning) override {
    bound(add(name, "real number", value, meaning), range);
  }
  void text(std::string_view name, std::string& value, const Meaning& meaning) override {
    add(name, "string", value, meaning);
  }
  void choice(std::string_view name, std::string& value,
              const std::vector<std::string_view>& allowed, const Meaning& meaning) override {
    add(name, "choice", value, meaning).choices.assign(allowed.begin(), allowed.end());
  }
  void integers(std::string_view name, std::vector<std::int64_t>& value, Range<std::int64_t> range,
                const Meaning& meaning) override {
    bound(add(name, "list of whole numbers", value, meaning), range);
  }
  void reals(std::string_view name, std::vector<double>& value, Range<double> range,
             const Meaning& meaning) override {
    bound(add(name, "list of real numbers", value, meaning), range);
  }
  void texts(std::string_view name, std::vector<std::string>& value,
             const Meaning& meaning) override {
    add(name, "list of strings", value, meaning);
  }

 private:
  template <class T>
  ParameterLine& add(std::string_view name, const char* type, const T& value,
                     const Meaning& meaning) {
    ParameterLine& line = lines.emplace_back();
    line.name = name;
    line.type = type;
    line.value = value;
    line.unit = meaning.unit;
    line.meaning = meaning.text;
    line.source = meaning.source;
    return line;
  }
  /// A bound that is the type's own is none.
  template <class T>
  static void bound(ParameterLine& line, Range<T> range) {
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

std::string toml_text(const ParameterValue& value) {
  return std::visit([](const auto& held) { return toml_text(held); }, value);
}

}  // namespace cambrian
