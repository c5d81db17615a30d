#include <fmt/format.h>

#include <filesystem>

#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/experiment/run_parameters.hpp"
#include "cambrian/experiment/session.hpp"

namespace cambrian::apps {
namespace {

Configuration configure(const RunOptions& options, std::uint64_t seed_offset) {
  Configuration configuration = Configuration::from_file(options.configuration);
  for (const std::string& assignment : options.sets) configuration.set(assignment);
  // What a flag replaces must be right even so.
  RunParameters as_written;
  configuration.read("run", as_written);
  if (options.evaluations)
    configuration.set(fmt::format("run.evaluations={}", *options.evaluations));
  if (options.seed) configuration.set(fmt::format("run.seed={}", *options.seed + seed_offset));
  return configuration;
}

void refuse_overwriting(const std::filesystem::path& path, bool force) {
  if (std::filesystem::is_directory(path)) {
    throw ConfigError("-o " + path.string(), "is a folder; name a file");
  }
  if (!force && std::filesystem::exists(path)) {
    throw ConfigError("-o " + path.string(),
                      "exists; --force replaces it, `cambrian resume` goes on with it");
  }
}

SessionOptions session_options(const RunOptions& options, const std::filesystem::path& run_file) {
  SessionOptions session;
  session.run_file = run_file;
  if (options.threads) session.threads = static_cast<std::int64_t>(*options.threads);
  if (options.wall_time) session.wall_seconds = parse_duration("--wall-time", *options.wall_time);
  session.check = options.check;
  session.quiet = options.quiet;
  session.ready = [run_file, force = options.force] { refuse_overwriting(run_file, force); };
  return session;
}

/// One run a seed, one after another. A run that was stopped ends the series.
void run_seeds(const RunOptions& options, const Catalogue& catalogue) {
  if (!options.output) throw ConfigError("--seeds", "needs a folder for the run files: -o FOLDER");
  const std::filesystem::path folder = *options.output;
  RunOptions one = options;
  if (!one.seed) {
    RunParameters table;
    configure(options, 0).read("run", table);
    one.seed = static_cast<std::uint64_t>(table.seed);
  }
  const auto file = [&](std::uint64_t i) {
    return folder / fmt::format("seed_{}.h5", *one.seed + i);
  };
  for (std::uint64_t i = 0; i < *options.seeds; ++i) refuse_overwriting(file(i), options.force);
  std::filesystem::create_directories(folder);
  for (std::uint64_t i = 0; i < *options.seeds; ++i) {
    const SessionResult result =
        run_session(configure(one, i), catalogue, session_options(options, file(i)));
    if (result.status == "interrupted" && !options.wall_time) return;
  }
}

}  // namespace

void run(const RunOptions& options, const Catalogue& catalogue) {
  if (options.seeds) {
    run_seeds(options, catalogue);
    return;
  }
  const std::filesystem::path path =
      options.output ? std::filesystem::path(*options.output)
                     : std::filesystem::path(options.configuration).stem().concat(".h5");
  run_session(configure(options, 0), catalogue, session_options(options, path));
}

}  // namespace cambrian::apps
