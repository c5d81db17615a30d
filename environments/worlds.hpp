// The worlds that the program knows: one line each in worlds.cpp.
#pragma once

#include <vector>

#include "cambrian/environment/environment.hpp"

namespace cambrian {

std::vector<EnvironmentComponent> worlds();

}  // namespace cambrian
