// What there is to say about the parameters of a component, as data: `describe` and the
// documentation print it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

struct ParameterLine {
  std::string name;
  std::string type;                        ///< "whole number", "list of real numbers", ...
  std::optional<ParameterValue> min, max;  ///< of each entry where it is a list; none: unbounded
  std::vector<std::string> choices;
  ParameterValue value;                                         ///< the default
  std::vector<std::pair<std::string, ParameterValue>> presets;  ///< where they differ from it
  std::string unit;
  std::string meaning;
  std::string source;
};

struct ParameterSheet {
  std::vector<std::string> presets;  ///< the first is the default
  std::vector<ParameterLine> lines;  ///< in order of declaration
};

/// @param make  makes the struct with its defaults
ParameterSheet parameter_sheet(const std::function<std::unique_ptr<Parameters>()>& make);

}  // namespace cambrian
