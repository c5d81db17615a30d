// The environments that the program knows: one line each in environments.cpp.
#pragma once

#include <vector>

#include "cambrian/environment/environment.hpp"

namespace cambrian {

std::vector<EnvironmentComponent> environments();

}  // namespace cambrian
