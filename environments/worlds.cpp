#include "environments/worlds.hpp"

namespace cambrian {

std::vector<EnvironmentComponent> worlds() { return {}; }

}  // namespace cambrian
