// The environment of searches that Python asks and tells: it describes what the caller evaluates, so
// that archives, encodings and run files know it. It computes nothing itself.
#pragma once

#include <string>
#include <vector>

#include "cambrian/environment/environment.hpp"

namespace cambrian::python {

struct ExternalParameters final : Parameters {
  std::int64_t dimensions = 0;  ///< of a bare vector; 0: it takes networks
  std::string objective = "objective";
  double worst = 0;
  std::vector<std::string> measures = {};
  std::vector<double> measure_min = {}, measure_max = {};
  std::vector<std::string> sensors = {}, motors = {};
  std::vector<double> sensor_min = {}, sensor_max = {}, motor_min = {}, motor_max = {};
  std::vector<double> sensor_positions = {}, motor_positions = {};
  bool can_be_solved = false;
  void visit(ParameterVisitor& visitor) override;
};

EnvironmentComponent external_environment();

}  // namespace cambrian::python
