// `--plugin libmine.so`: components from shared objects.
#pragma once

#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"

namespace cambrian::apps {

/// Adds the components of plug-ins, in their order. They stay loaded.
/// @throws ConfigError naming the file, if it is not a shared object, exports no cambrian_plugin, was built for
/// other headers or by another compiler, or names a component that there is already
void load_plugins(const std::vector<std::string>& files, Catalogue& catalogue);

}  // namespace cambrian::apps
