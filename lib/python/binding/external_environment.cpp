#include "external_environment.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian::python {
namespace {

/// @throws ConfigError unless there is one number per name, or none
void require_one_each(const std::string& key, std::size_t numbers, std::size_t names) {
  if (numbers != 0 && numbers != names) {
    throw ConfigError(
        key, "has " + counted(numbers, "number") + ", but there are " + std::to_string(names));
  }
}

std::vector<Terminal> terminals(const std::string& kind, const std::vector<std::string>& names,
                                const std::vector<double>& min, const std::vector<double>& max,
                                const std::vector<double>& positions) {
  require_one_each(kind + "_min", min.size(), names.size());
  require_one_each(kind + "_max", max.size(), names.size());
  const std::size_t coordinates = names.empty() ? 0 : positions.size() / names.size();
  if (coordinates * names.size() != positions.size()) {
    throw ConfigError(kind + "_positions", "has " + counted(positions.size(), "number") +
                                               ", which are not as many for each of " +
                                               std::to_string(names.size()));
  }
  std::vector<Terminal> made;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Terminal one;
    one.name = names[i];
    one.range = {min.empty() ? -1.0F : static_cast<float>(min[i]),
                 max.empty() ? 1.0F : static_cast<float>(max[i])};
    const auto first = positions.begin() + static_cast<std::ptrdiff_t>(i * coordinates);
    one.position.assign(first, first + static_cast<std::ptrdiff_t>(coordinates));
    made.push_back(std::move(one));
  }
  return made;
}

class ExternalEnvironment final : public Environment {
 public:
  ExternalEnvironment(const ExternalParameters& p, const Inputs&) {
    require_one_each("measure_min", p.measure_min.size(), p.measures.size());
    require_one_each("measure_max", p.measure_max.size(), p.measures.size());
    description_.objectives = {{p.objective, "", p.worst, "what the caller tells"}};
    for (std::size_t i = 0; i < p.measures.size(); ++i) {
      description_.measures.push_back(
          {p.measures[i], "", p.measure_min.empty() ? 0 : p.measure_min[i],
           p.measure_max.empty() ? 1 : p.measure_max[i], "what the caller tells"});
    }
    description_.descriptor = p.measures;
    description_.can_be_solved = p.can_be_solved;
    description_.solved_when = "the caller says so";
    if (p.dimensions > 0) {
      description_.takes_vectors = true;
      description_.vector_length = static_cast<std::size_t>(p.dimensions);
      return;
    }
    if (p.sensors.empty() || p.motors.empty()) {
      throw ConfigError("dimensions", "is 0, so that sensors and motors are expected");
    }
    description_.takes_networks = true;
    description_.body.sensors =
        terminals("sensor", p.sensors, p.sensor_min, p.sensor_max, p.sensor_positions);
    description_.body.motors =
        terminals("motor", p.motors, p.motor_min, p.motor_max, p.motor_positions);
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock&, const EvaluationRows&) override { refuse(); }
  void reset(Stream&) override { refuse(); }
  void observe(std::span<float>) override { refuse(); }
  bool act(std::span<const float>) override { refuse(); }
  void finish(const EvaluationRows&) override { refuse(); }

 private:
  [[noreturn]] static void refuse() {
    throw Error("environment 'external' is evaluated by the program that asks and tells");
  }
  EnvironmentDescription description_;
};

}  // namespace

void ExternalParameters::visit(ParameterVisitor& visitor) {
  constexpr Range<double> kAny = {-1e100, 1e100};
  visitor.integer("dimensions", dimensions, {0, 1'000'000'000},
                  {"numbers in a vector; 0: candidates are networks", "", "the caller's choice"});
  visitor.text("objective", objective, {"name of the objective", "", "the caller's choice"});
  visitor.real("worst", worst, kAny,
               {"its worst value, the default of qd_offset", "", "our choice"});
  visitor.texts("measures", measures, {"names of the measures", "", "the caller's choice"});
  visitor.reals("measure_min", measure_min, kAny, {"their lower bounds", "", "our choice: 0"});
  visitor.reals("measure_max", measure_max, kAny, {"their upper bounds", "", "our choice: 1"});
  visitor.texts("sensors", sensors, {"names of the sensors", "", "the caller's choice"});
  visitor.reals("sensor_min", sensor_min, kAny, {"their lower ends", "", "our choice: -1"});
  visitor.reals("sensor_max", sensor_max, kAny, {"their upper ends", "", "our choice: 1"});
  visitor.reals("sensor_positions", sensor_positions, kAny,
                {"coordinates of each sensor, 1 to 3, one sensor after another", "", "none"});
  visitor.texts("motors", motors, {"names of the motors", "", "the caller's choice"});
  visitor.reals("motor_min", motor_min, kAny, {"their lower ends", "", "our choice: -1"});
  visitor.reals("motor_max", motor_max, kAny, {"their upper ends", "", "our choice: 1"});
  visitor.reals("motor_positions", motor_positions, kAny,
                {"coordinates of each motor, one motor after another", "", "none"});
  visitor.boolean("can_be_solved", can_be_solved,
                  {"whether candidates are told as solved", "", "the caller's choice"});
}

EnvironmentComponent external_environment() {
  return component<Environment, ExternalEnvironment, ExternalParameters, const Inputs&>(
      "external", "what the caller of ask and tell evaluates", "our choice");
}

}  // namespace cambrian::python
