// Parameters of the kinds that a configuration reads, and what the tests of it do with them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {

struct EveryKind final : Parameters {
  bool clip = true;
  std::int64_t cells = 10;
  double rate = 0.1;
  std::string label = "none";
  enum class Mode { fast, thorough };
  Mode mode = Mode::fast;
  std::vector<std::int64_t> shape = {10, 10};
  std::vector<double> range = {-1.0, 1.0};
  std::vector<std::string> names;

  void visit(ParameterVisitor& visitor) override {
    visitor.boolean("clip", clip, {"whether"});
    visitor.integer("cells", cells, {1, 100}, {"how many"});
    visitor.real("rate", rate, {0.0, 1.0}, {"how often"});
    visitor.text("label", label, {"what it is called"});
    visitor.choice("mode", mode, {{"fast", Mode::fast}, {"thorough", Mode::thorough}}, {"how"});
    visitor.integers("shape", shape, {1, 1000}, {"cells per dimension"});
    visitor.reals("range", range, {}, {"bounds"});
    visitor.texts("names", names, {"axes"});
  }
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override {
    if (name == "as_published") {
      cells = 7;
      rate = 0.7;
    }
  }
};

struct ScoreOnly final : Parameters {
  double offset = 0.0;
  void visit(ParameterVisitor& visitor) override { visitor.real("offset", offset, {}, {"zero"}); }
};

inline Configuration text(std::string_view toml) {
  return Configuration::from_text(toml, "a.toml");
}

/// Everything that a run of a grid does with its configuration.
inline void use(Configuration& configuration) {
  EveryKind grid;
  ScoreOnly score;
  configuration.name("archive", "grid");
  configuration.read("archive", grid);
  configuration.read("archive", score);
  configuration.check_all_read();
}

inline std::string complaint(const std::function<void()>& act) {
  try {
    act();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no complaint";
}

}  // namespace cambrian
