// A program that takes the components of a shared object: HOST_PLUGIN names it.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "apps/program.hpp"

int main(int argc, char** argv) {
  cambrian::Catalogue catalogue = cambrian::make_catalogue({});
  void* plugin = dlopen(std::getenv("HOST_PLUGIN"), RTLD_NOW);
  void* add = plugin == nullptr ? nullptr : dlsym(plugin, "add_components");
  if (add == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  reinterpret_cast<void (*)(cambrian::Catalogue&)>(add)(catalogue);
  return cambrian::program_main(argc, argv, std::move(catalogue));
}
