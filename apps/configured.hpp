// A configuration as a call changes it: by --set, --seed and --evaluations.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/verbs.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/run/followers.hpp"

namespace cambrian::apps {

struct Changes {
  std::vector<std::string> sets;  ///< key.path=value
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> evaluations;
};

/// Applies the changes, in their order. @throws ConfigError naming the flag, or a key of [run] that
/// would be wrong without them
void change(Configuration& configuration, const Changes& changes);

/// The followers that a call names. @param continued  whether a run goes on: files are appended to
/// @throws FileError if one cannot be written
std::vector<std::unique_ptr<Follower>> followers_of(const FollowOptions& options, bool continued);

/// What continues a run that was made with plug-ins; empty without them, where the usual advice will do.
std::string how_to_continue(const std::vector<std::string>& plugins, const std::string& run_file);

}  // namespace cambrian::apps
