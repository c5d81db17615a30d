// Room-private: what would have been right, for messages about names that are wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cambrian {

/// "there is no column 'objectiv'; did you mean 'objective'? There are: cell, objective".
std::string unknown_name(std::string_view what, std::string_view name,
                         const std::vector<std::string>& known);

}  // namespace cambrian
