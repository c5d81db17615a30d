// What a plug-in exports: a shared object that adds components to the program, `--plugin libmine.so`
// (apps/PLUGINS.md has a whole project).
//
//   static void add(cambrian::Catalogue& catalogue) { catalogue.environments.push_back(...); }
//   CAMBRIAN_PLUGIN(add)
//
// It finds the library in the program that loads it, so it is compiled against the library's headers, but links
// none of it: whatever is static there exists once.
#pragma once

#include "cambrian/catalogue/catalogue.hpp"
// Made when the library is built: CAMBRIAN_HEADERS, its version with a hash of all public headers.
#include "cambrian/catalogue/headers_version.hpp"

namespace cambrian {

struct Plugin {
  const char* build;  ///< must equal the program's plugin_build()
  void (*add)(Catalogue& catalogue);
};

// What changes how objects lie in memory, or what functions compute, beside the headers.
#if defined(__AVX512F__)
#define CAMBRIAN_PLUGIN_PROCESSOR ", AVX-512"
#elif defined(__AVX2__)
#define CAMBRIAN_PLUGIN_PROCESSOR ", AVX2"
#else
#define CAMBRIAN_PLUGIN_PROCESSOR ""
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAMBRIAN_PLUGIN_SANITIZER ", with a sanitizer"
#else
#define CAMBRIAN_PLUGIN_SANITIZER ""
#endif
#ifdef _GLIBCXX_DEBUG
#define CAMBRIAN_PLUGIN_CONTAINERS ", with debug containers"
#else
#define CAMBRIAN_PLUGIN_CONTAINERS ""
#endif
#ifdef __clang__
#define CAMBRIAN_PLUGIN_COMPILER "clang "
#else
#define CAMBRIAN_PLUGIN_COMPILER "g++ "
#endif

/// What this file is compiled by: "cambrian 0.1.0-3f62a90c11d4, g++ 12.2.0, AVX2".
constexpr const char* plugin_build() {
  return "cambrian " CAMBRIAN_HEADERS ", " CAMBRIAN_PLUGIN_COMPILER __VERSION__
      CAMBRIAN_PLUGIN_PROCESSOR CAMBRIAN_PLUGIN_SANITIZER CAMBRIAN_PLUGIN_CONTAINERS;
}

}  // namespace cambrian

/// Exports a function that adds components to a Catalogue; once in a plug-in.
#define CAMBRIAN_PLUGIN(function)                                                           \
  extern "C" __attribute__((visibility("default"))) const cambrian::Plugin cambrian_plugin; \
  const cambrian::Plugin cambrian_plugin = {cambrian::plugin_build(), function};
