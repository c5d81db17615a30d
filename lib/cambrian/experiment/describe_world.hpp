// What a world gives and takes, in words: built with its defaults, or with parameters that the
// caller names. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/experiment/catalogue.hpp"
#include "cambrian/experiment/parameter_sheet.hpp"

namespace cambrian {

/// "left, right, up"
std::string joined(const std::vector<std::string>& words);

struct BuiltWorld {
  std::vector<std::pair<std::string, ParameterValue>> parameters;
  std::optional<EnvironmentDescription> description;  ///< none: it cannot be built
  std::string failure;                                ///< why
};

/// @param sets  "environment.key=value"
/// @throws Error if the world cannot be built with `sets`; without any, that is `failure`
BuiltWorld built_world(const Catalogue& catalogue, const std::string& name,
                       const std::vector<std::string>& sets);

std::string world_text(const BuiltWorld& world);
nlohmann::ordered_json world_json(const BuiltWorld& world);

}  // namespace cambrian
