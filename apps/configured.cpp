#include "apps/configured.hpp"

#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/run/resume_command.hpp"

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

std::vector<std::unique_ptr<Follower>> followers_of(const FollowOptions& options, bool continued) {
  std::vector<std::unique_ptr<Follower>> followers;
  if (options.json_lines) followers.push_back(follow_as_json_lines(*options.json_lines, continued));
  if (options.tensorboard) followers.push_back(follow_as_event_file(*options.tensorboard));
  return followers;
}

std::string how_to_continue(const std::vector<std::string>& plugins, const std::string& run_file) {
  if (plugins.empty()) return {};
  std::string command = resume_command(run_file);
  for (const std::string& plugin : plugins) command += " --plugin " + shell_argument(plugin);
  return command;
}

}  // namespace cambrian::apps
