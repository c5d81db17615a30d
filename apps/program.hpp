// The program `cambrian`, for a main of your own: all its verbs, with components of your own.
//
//   int main(int argc, char** argv) {
//     cambrian::Catalogue catalogue = cambrian::make_catalogue({my_environment()});
//     catalogue.archives.push_back(my_archive());
//     return cambrian::program_main(argc, argv, std::move(catalogue));
//   }
#pragma once

#include <filesystem>

#include "cambrian/catalogue/catalogue.hpp"

// find_package(cambrian) defines it as the installed share/cambrian.
#ifndef CAMBRIAN_INSTALLED_DATA
#define CAMBRIAN_INSTALLED_DATA ""
#endif

namespace cambrian {

/// Carries out a call of the program. Whatever goes wrong is one line on standard error.
/// @param catalogue  what a configuration can name. make_catalogue(environments) has everything that
///                   the library has; environments() of environments/environments.hpp are those that
///                   come with Cambrian
/// @param data       a folder in which the files that a configuration names (mazes) are looked for,
///                   after those of the catalogue
/// @return the exit status: 0 done, 1 it failed, 2 the call or the configuration is wrong;
///         128 + the signal where SIGINT, SIGTERM or SIGHUP stopped a run, its state saved
int program_main(int argc, char** argv, Catalogue catalogue,
                 const std::filesystem::path& data = CAMBRIAN_INSTALLED_DATA);

}  // namespace cambrian
