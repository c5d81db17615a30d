#include "cambrian/run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "apps/configured.hpp"
#include "apps/output_file.hpp"
#include "apps/seed_jobs.hpp"
#include "apps/verbs.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/replay/standing.hpp"
#include "cambrian/run/assembly.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run/stop_signals.hpp"
#include "cambrian/run_file/run_file.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian::apps {
namespace {

/// Sets the key that a flag stands for. The file is looked for from here, although the
/// configuration's folder comes first for the files that it names itself.
void set_file(Configuration& configuration, const std::string& key, const std::string& flag,
              const std::optional<std::string>& file) {
  if (!file) return;
  std::error_code none;
  const std::filesystem::path beside = configuration.folder() / *file;
  const bool other =
      std::filesystem::exists(beside, none) && !std::filesystem::equivalent(beside, *file, none);
  configuration.set_text(key, other ? std::filesystem::absolute(*file).string() : *file,
                         flag + " " + *file);
}

Configuration configure(const RunOptions& options, std::uint64_t seed_offset) {
  Changes changes = {options.sets, options.seed, options.evaluations};
  if (changes.seed) *changes.seed += seed_offset;
  Configuration configuration = Configuration::from_file(options.configuration);
  change(configuration, changes);
  set_file(configuration, "start.from", "--from", options.from);
  set_file(configuration, "start.genomes", "--genomes", options.genomes);
  return configuration;
}

/// Whether there is something. @throws FileError if that cannot be told
bool is_there(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::none) {
    throw FileError(path.string(), "cannot be looked at: " + error.message());
  }
  return std::filesystem::exists(status);
}

/// --force is for run files, whole or damaged: what else a slip may name, a configuration, stays.
void refuse_overwriting(const std::filesystem::path& path, bool force) {
  if (!is_there(path)) return;
  if (!force) {
    throw ConfigError("-o " + path.string(),
                      "exists; --force replaces it, `cambrian resume` continues it");
  }
  refuse_foreign(path);
}

/// Rows of --follow go over nothing that somebody still needs.
void refuse_to_follow(const RunOptions& options, const std::filesystem::path& run_file) {
  const std::optional<std::string>& rows = options.follow.json_lines;
  if (!rows || *rows == "-") return;
  const auto plain = [](const std::filesystem::path& path) {
    std::error_code none;
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path), none);
  };
  const std::string flag = "--follow " + *rows;
  if (plain(*rows) == plain(run_file)) throw ConfigError(flag, "is the run file itself");
  for (const std::string& input :
       {options.configuration, options.from.value_or(""), options.genomes.value_or("")}) {
    if (!input.empty() && plain(*rows) == plain(input))
      throw ConfigError(flag, "is what the run reads");
  }
  if (std::error_code none; std::filesystem::is_regular_file(*rows, none) && !options.force)
    throw ConfigError(flag, "exists; --force replaces it");
}

RunControl run_control(const RunOptions& options, const std::filesystem::path& run_file) {
  RunControl control;
  control.run_file = run_file;
  if (options.threads) control.threads = static_cast<std::int64_t>(*options.threads);
  if (options.wall_time) control.wall_seconds = parse_duration("--wall-time", *options.wall_time);
  control.check = options.check;
  control.quiet = options.quiet;
  return control;
}

/// The seed that the configuration says, where the call names none.
std::uint64_t first_seed(const RunOptions& options) {
  if (options.seed) return *options.seed;
  RunParameters table;
  configure(options, 0).read("run", table);
  return static_cast<std::uint64_t>(table.seed);
}

/// How the file of a seed stands; none: there is nothing to keep.
std::optional<Standing> standing(const RunOptions& options, std::uint64_t i,
                                 const std::filesystem::path& file, const Catalogue& catalogue) {
  if (std::error_code none; std::filesystem::is_directory(file, none)) {
    throw ConfigError(file.string(), "is a folder, but a run file is expected");
  }
  if (options.force || !is_there(file)) return std::nullopt;
  return standing_of(file, configure(options, i), catalogue);
}

void say_how_it_stands(const RunOptions& options, const std::filesystem::path& file,
                       const std::string& what) {
  if (!options.quiet) say(fmt::format("{}: {}\n", file.string(), what));
}

/// @param first_look  how the file stood when the series began
void run_seed(const RunOptions& options, std::uint64_t i, const std::filesystem::path& file,
              std::optional<Standing> first_look, const Catalogue& catalogue) {
  // Another call of the same series may have been here meanwhile.
  const std::optional<Standing> earlier =
      first_look && first_look->finished ? first_look : standing(options, i, file, catalogue);
  RunControl control = run_control(options, file);
  control.how_to_continue = "the same command again";
  if (options.force) control.how_to_continue += ", without --force";
  if (!earlier) {
    control.ready = [&] { refuse_overwriting(file, options.force); };
    start_run(configure(options, i), catalogue, control);
  } else if (earlier->finished) {
    say_how_it_stands(options, file, "finished already");
  } else {
    control.ready = [&] {
      say_how_it_stands(options, file,
                        fmt::format("continues after {} evaluations", earlier->evaluations));
    };
    resume_run(catalogue, earlier->budget, control);
  }
}

std::vector<SeedRun> runs_of(const RunOptions& options, const std::filesystem::path& folder,
                             const Catalogue& catalogue) {
  constexpr auto kLast = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (*options.seeds - 1 > kLast - *options.seed) {
    throw ConfigError("--seeds", fmt::format("{} seeds from {} on go beyond the last seed, {}",
                                             *options.seeds, *options.seed, kLast));
  }
  std::vector<SeedRun> runs;
  for (std::uint64_t i = 0; i < *options.seeds; ++i) {
    const std::filesystem::path file = folder / fmt::format("seed_{}.h5", *options.seed + i);
    runs.push_back({*options.seed + i, file, standing(options, i, file, catalogue)});
  }
  return runs;
}

/// The runs of a series one after another. Where another process runs one, it is left to it.
void run_in_turn(const RunOptions& options, const std::vector<SeedRun>& runs,
                 const Catalogue& catalogue) {
  for (std::uint64_t i = 0; i < runs.size() && StopSignals::received() == 0; ++i) {
    try {
      run_seed(options, i, runs[i].file, runs[i].first_look, catalogue);
    } catch (const RunFileInUse& held) {
      say_how_it_stands(options, runs[i].file,
                        "is being run by " + held.process() + " and is left to it");
    }
  }
}

/// What is wrong with the configuration is said once, before any process is started.
/// @return the threads of each run: the cores' share where neither call nor configuration says how
/// many
std::optional<std::uint64_t> threads_of_job(const RunOptions& options, const Catalogue& catalogue) {
  Configuration configuration = configure(options, 0);
  const RecordedInputs inputs(input_folders(configuration.folder(), catalogue.data));
  const std::unique_ptr<Assembly> parts = assemble(configuration, catalogue, inputs, 1);
  if (options.threads || parts->run.threads != 0) return options.threads;
  const std::uint64_t cores = std::max(1U, std::thread::hardware_concurrency());
  return std::max<std::uint64_t>(1, cores / *options.jobs);
}

/// One run per seed; called again, it completes the series, and called twice at a time, both share
/// it. All files are looked at before anything runs.
void run_seeds(const RunOptions& options, const Catalogue& catalogue) {
  if (!options.output) throw ConfigError("--seeds", "needs a folder for the run files: -o FOLDER");
  const std::filesystem::path folder = *options.output;
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder)) {
    throw ConfigError("-o " + folder.string(), "is a file; with --seeds name a folder");
  }
  static_cast<void>(run_control(options, folder));  // refuses a wrong --wall-time
  RunOptions one = options;
  one.seed = first_seed(options);
  const std::vector<SeedRun> runs = runs_of(one, folder, catalogue);
  std::optional<std::uint64_t> threads;
  if (options.jobs) threads = threads_of_job(one, catalogue);
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw ConfigError("-o " + folder.string(), "this folder cannot be made: " + error.message());
  }
  const StopSignals signals;
  if (options.jobs)
    run_side_by_side(one, runs, threads);
  else
    run_in_turn(one, runs, catalogue);
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
  if (std::error_code none; std::filesystem::is_directory(path, none)) {
    throw ConfigError("-o " + path.string(), "is a folder; name a file");
  }
  RunControl control = run_control(options, path);
  std::vector<std::unique_ptr<Follower>> followers;
  control.followers = &followers;
  control.how_to_continue = how_to_continue(options.plugins, path.string());
  control.ready = [&] {
    refuse_overwriting(path, options.force);
    refuse_to_follow(options, path);
    followers = followers_of(options.follow, false);
  };
  Configuration configuration = configure(options, 0);  // what is read may be a pipe that waits
  const StopSignals signals;
  start_run(std::move(configuration), catalogue, control);
}

}  // namespace cambrian::apps
