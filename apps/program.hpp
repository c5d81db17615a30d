// The program `cambrian`, for a main of one's own: with all its verbs for one's own environments.
//
//   int main(int argc, char** argv) {
//     return cambrian::program_main(argc, argv, {my_environment()});
//   }
#pragma once

#include <filesystem>
#include <vector>

#include "cambrian/environment/environment.hpp"

// find_package(cambrian) defines it as the installed share/cambrian.
#ifndef CAMBRIAN_INSTALLED_DATA
#define CAMBRIAN_INSTALLED_DATA ""
#endif

namespace cambrian {

/// Carries out a call of the program. Whatever goes wrong is one line on standard error.
/// @param environments  what `[environment] name` can say; environments() of environments/environments.hpp are those
///                that come with Cambrian
/// @param data    a folder in which the files that a configuration names (mazes) are looked for,
///                after share/cambrian beside the program's own folder
/// @return the exit status: 0 done, 1 it failed, 2 the call or the configuration is wrong;
///         128 + the signal where SIGINT, SIGTERM or SIGHUP stopped a run, its state saved
int program_main(int argc, char** argv, std::vector<EnvironmentComponent> environments,
                 const std::filesystem::path& data = CAMBRIAN_INSTALLED_DATA);

}  // namespace cambrian
