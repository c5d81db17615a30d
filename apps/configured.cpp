#include "apps/configured.hpp"

#include "cambrian/configuration/run_parameters.hpp"

namespace cambrian::apps {

void change(Configuration& configuration, const Changes& changes) {
  for (const std::string& assignment : changes.sets) configuration.set(assignment);
  // What a flag replaces must be right even so.
  RunParameters as_written;
  configuration.read("run", as_written);
  const auto replace = [&](const std::string& key, std::optional<std::uint64_t> value) {
    if (!value) return;
    const std::string flag = "--" + key + " " + std::to_string(*value);
    configuration.set("run." + key, *value, flag);
  };
  replace("evaluations", changes.evaluations);
  replace("seed", changes.seed);
}

}  // namespace cambrian::apps
