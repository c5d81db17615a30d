#include "apps/plugins.hpp"

#include <dlfcn.h>

#include <cstring>
#include <filesystem>

#include "cambrian/catalogue/plugin.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian::apps {
namespace {

void load_plugin(const std::string& file, Catalogue& catalogue) {
  const std::string flag = "--plugin " + file;
  std::error_code none;
  if (!std::filesystem::is_regular_file(file, none))
    throw ConfigError(flag, "there is no such file");
  // With a slash, so that it is not looked for among the system's libraries. Lazy, so that a plug-in
  // that was built for functions of another version can still say so.
  void* library = dlopen(std::filesystem::absolute(file).c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr)
    throw ConfigError(flag, "cannot be loaded: " + printable(dlerror(), kLongestMessage));
  const auto* plugin = static_cast<const Plugin*>(dlsym(library, "cambrian_plugin"));
  if (plugin == nullptr) {
    throw ConfigError(
        flag,
        "is not a plug-in: it has no 'cambrian_plugin', which CAMBRIAN_PLUGIN(...) of "
        "cambrian/catalogue/plugin.hpp defines");
  }
  if (std::strcmp(plugin->build, plugin_build()) != 0) {
    throw ConfigError(flag, "was built for " + printable(plugin->build, 200) +
                                ", but this program is of " + plugin_build() + "; build it again");
  }
  plugin->add(catalogue);
  try {
    check_names(catalogue);
  } catch (const Error& error) {
    throw ConfigError(flag, error.what());
  }
  catalogue.plugins.push_back(std::filesystem::path(file).filename().string());
}

}  // namespace

void load_plugins(const std::vector<std::string>& files, Catalogue& catalogue) {
  for (const std::string& file : files) load_plugin(file, catalogue);
}

}  // namespace cambrian::apps
