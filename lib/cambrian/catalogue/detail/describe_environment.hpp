// What an environment gives and takes, in words: built with its defaults, or with parameters that the
// caller names. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/configuration/parameter_sheet.hpp"

namespace cambrian {

struct BuiltEnvironment {
  std::vector<std::pair<std::string, ParameterValue>> parameters;
  std::optional<EnvironmentDescription> description;  ///< none: it cannot be built
  std::string failure;                                ///< why
  bool turned = false;  ///< its objectives in the other direction than it declares
};

/// @param sets  "environment.key=value"
/// @throws Error if the environment cannot be built with `sets`; without any, that is `failure`
BuiltEnvironment built_environment(const Catalogue& catalogue, const std::string& name,
                                   const std::vector<std::string>& sets);

std::string environment_text(const BuiltEnvironment& environment);
nlohmann::ordered_json environment_json(const BuiltEnvironment& environment);

}  // namespace cambrian
