#include "cambrian/run/run.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <new>
#include <set>
#include <vector>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/batch_watch.hpp"
#include "cambrian/run/detail/first_batch.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run/resume_command.hpp"
#include "cambrian/run/stop_signals.hpp"
#include "cambrian/run/stored_run.hpp"
#include "cambrian/run/version.hpp"
#include "cambrian/run_file/run_file.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The body's terminals, so that who reads the file can name a network's inputs and outputs.
void save_terminals(StateWriter& root, const std::string& what,
                    const std::vector<Terminal>& terminals) {
  std::vector<std::string> names, kinds;
  std::vector<double> positions, min, max;
  for (const Terminal& terminal : terminals) {
    names.push_back(terminal.name);
    if (!terminal.kind.empty()) kinds.push_back(terminal.kind);
    min.push_back(static_cast<double>(terminal.range.min));
    max.push_back(static_cast<double>(terminal.range.max));
    positions.insert(positions.end(), terminal.position.begin(), terminal.position.end());
  }
  root.attribute(what + "_names", names);
  if (kinds.size() == names.size()) root.attribute(what + "_kinds", kinds);
  root.attribute(what + "_min", min);
  root.attribute(what + "_max", max);
  if (!positions.empty()) root.attribute(what + "_positions", positions);
}

/// Evaluations that were all invalid after so many are no bad luck: the environment or the call is wrong.
constexpr std::uint64_t kHopeless = 20;

/// A run under way: an experiment with its file and its clock.
struct OpenRun {
  Experiment& experiment;
  const RecordedInputs& inputs;
  const RunControl& options;
  const RunFileLock& lock;
  std::string configuration;
  std::string over_budget;  ///< what is to be said of it
  /// A file that is to be replaced stays until there is something to put in its place.
  bool keeps_old = false;
  /// Whether the file that is to be replaced is of this run: what its user added stays.
  bool is_ours = false;
  double earlier_seconds = 0.0;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();

  std::uint64_t saved_evaluations = 0;  // by the last write
  bool disk_fails = false;
  std::set<std::string> said = {};  // of what was not kept: each once

  double wall_seconds() const { return earlier_seconds + seconds_since(start); }
  bool nothing_valid() const {
    return experiment.evaluations() > 0 && experiment.invalid() == experiment.evaluations();
  }
  void write(const std::string& status);
  std::string last_checkpoint(const std::string& remedy = {}) const;
  void note_lock() const;
  void checkpoint(Progress& progress);
  void write_last(const std::string& status);
  RunEnd left_as_it_was(Progress& progress) const;
  Error no_valid_evaluation(const std::string& status) const;
  void note_threads() const;
  void warn_of_inputs(Progress& progress) const;
  RunEnd run();
};

void OpenRun::write(const std::string& status) {
  RunFileWriter file(options.run_file, lock);
  StateWriter& root = file.root();
  const Assembly& parts = experiment.parts();
  root.attribute("program_version", program_version());
  root.attribute("build", build_description());
  root.attribute("config", configuration);
  root.attribute("environment", parts.environment_name);
  root.attribute("encoding", parts.encoding_name);
  root.attribute("algorithm", parts.algorithm_name);
  root.attribute("seed", static_cast<std::uint64_t>(parts.run.seed));
  root.attribute("evaluations", experiment.evaluations());
  root.attribute("budget", experiment.budget());
  root.attribute("generations", experiment.generations());
  root.attribute("wall_seconds", wall_seconds());
  root.attribute("status", status);
  root.attribute("noisy", std::uint64_t{parts.description.noisy ? 1U : 0U});
  if (const auto solved = experiment.solved_evaluation()) {
    root.attribute("solved_evaluation", *solved);
  }
  if (parts.encoding) {
    save_terminals(root, "sensor", parts.description.body.sensors);
    save_terminals(root, "motor", parts.description.body.motors);
  }
  experiment.save(root);
  inputs.save(*root.group("inputs"));
  std::vector<std::string> lost;
  if (is_ours) lost = file.keep_additions();
  file.commit();
  for (const std::string& what : lost) {
    if (said.insert(what).second) say(what + "\n");
  }
  is_ours = true;
  saved_evaluations = experiment.evaluations();
}

/// What is to be had of the run after a write has failed, by a look at the file.
/// @param remedy  for the case that it is whole
std::string OpenRun::last_checkpoint(const std::string& remedy) const {
  try {
    const RunFileReader file(options.run_file);
    const StateReader& root = file.root();
    if (root.attribute_as<std::string>("config") == configuration &&
        root.attribute_as<std::uint64_t>("evaluations") == saved_evaluations)
      return fmt::format("its checkpoint at {} evaluations is whole{}", saved_evaluations, remedy);
    return "in its place there is another run's file";
  } catch (const Error& error) {
    return fmt::format("and its checkpoint is lost: {}", error.what());
  }
}

/// In the middle of a run a full disk is not the end: there may be space at the next interval.
void OpenRun::checkpoint(Progress& progress) {
  try {
    write("running");
    disk_fails = false;
  } catch (const FileError& error) {
    if (!disk_fails) {
      progress.warn(
          fmt::format("{}; the run goes on and tries again, {}", error.what(), last_checkpoint()));
    }
    disk_fails = true;
  }
}

void OpenRun::write_last(const std::string& status) {
  try {
    write(status);
  } catch (const FileError& error) {
    const std::string remedy = ": `" + resume_command(options.run_file.string()) + "`";
    throw Error(fmt::format("{}; {}", error.what(), last_checkpoint(remedy)));
  }
}

Error OpenRun::no_valid_evaluation(const std::string& status) const {
  const std::string& first = experiment.parts().evaluator->first_failure();
  return Error(fmt::format("{}: {} after {} evaluations, and not one is valid{}{}",
                           options.run_file.string(), status == "finished" ? "finished" : "stopped",
                           experiment.evaluations(), first.empty() ? "" : "; the first: ", first));
}

/// Stopped before there was anything to replace the old file with.
RunEnd OpenRun::left_as_it_was(Progress& progress) const {
  if (!options.quiet) {
    progress.warn(fmt::format("interrupted before the first evaluation; {} is left as it was",
                              options.run_file.string()));
  }
  return {"interrupted", 0};
}

void OpenRun::note_lock() const {
  if (const std::string note = lock.note(); !note.empty() && !options.quiet) say(note + "\n");
}

void OpenRun::note_threads() const {
  const Assembly& parts = experiment.parts();
  const std::int64_t asked = options.threads >= 0 ? options.threads : parts.run.threads;
  const auto used = static_cast<std::int64_t>(parts.executor->workers());
  if (asked > used && !options.quiet) {
    say(fmt::format("{} threads instead of {}: more do not help on this machine\n", used, asked));
  }
}

/// What is probably not meant, before it costs any time.
void OpenRun::warn_of_inputs(Progress& progress) const {
  if (options.quiet) return;
  for (const std::string& warning : experiment.parts().description.warnings) {
    progress.warn("warning: " + warning);
  }
  if (!over_budget.empty()) progress.warn("warning: " + over_budget);
}

RunEnd OpenRun::run() {
  note_threads();
  note_lock();
  Progress progress(experiment, options.quiet, options.wall_seconds);
  warn_of_inputs(progress);
  const BatchWatch watch(experiment.parts().evaluator->progress(),
                         [&progress](const BatchProgress::Now& batch, int seconds) {
                           progress.show_batch(batch, seconds);
                         });
  const double interval = experiment.parts().run.checkpoint_interval;
  double last_written = 0.0;
  std::size_t rows = experiment.history().size();
  // Written at once, so that a place that cannot be written is known before an hour has gone by.
  if (!keeps_old) write("running");
  progress.begin();
  std::string status = "finished";
  while (!experiment.done()) {
    const double now = seconds_since(start);
    if (StopSignals::received() != 0 || (options.wall_seconds && now >= *options.wall_seconds)) {
      status = "interrupted";
      break;
    }
    if (!keeps_old && interval > 0.0 && now - last_written >= interval) {
      checkpoint(progress);
      last_written = seconds_since(start);
    }
    experiment.step(wall_seconds());
    if (options.check && experiment.history().size() != rows) experiment.check();
    rows = experiment.history().size();
    progress.show(seconds_since(start));
    if (keeps_old && !nothing_valid()) {
      write("running");
      keeps_old = false;
    }
    if (nothing_valid() && experiment.evaluations() >= kHopeless && !experiment.done()) {
      status = "interrupted";
      break;
    }
  }
  if (options.check) experiment.check();
  experiment.add_closing_row(wall_seconds());
  if (keeps_old && experiment.evaluations() == 0) return left_as_it_was(progress);
  if (!keeps_old) write_last(status);
  if (nothing_valid()) throw no_valid_evaluation(status);
  const std::string run_file = options.run_file.string();
  progress.finish(status, wall_seconds(), run_file,
                  options.go_on.empty() ? resume_command(run_file) : options.go_on);
  return {status, experiment.evaluations()};
}

/// A lack of memory, with the sizes that may be its cause.
template <class Act>
auto within_memory(const Configuration& configuration, const Act& act) {
  try {
    return act();
  } catch (const std::bad_alloc&) {
    const std::string sizes = configuration.largest_sizes();
    throw Error("there is not enough memory" + (sizes.empty() ? "" : "; largest sizes: " + sizes));
  }
}

}  // namespace

double parse_duration(const std::string& flag, const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string unit(end, text.data() + text.size());
  const double scale = unit.empty() || unit == "s" ? 1.0
                       : unit == "m"               ? 60.0
                       : unit == "h"               ? 3600.0
                       : unit == "d"               ? 86400.0
                                                   : 0.0;
  if (error != std::errc() || scale == 0.0 || !(value >= 0.0)) {
    throw ConfigError(flag, quoted(text) + " is no time; write 90s, 30m, 2h or 1d");
  }
  return value * scale;
}

RunEnd start_run(Configuration configuration, const Catalogue& catalogue,
                 const RunControl& options) {
  const RecordedInputs inputs(input_folders(configuration.folder(), catalogue.data));
  std::error_code unknown;
  return within_memory(configuration, [&] {
    Experiment experiment(assemble(configuration, catalogue, inputs, options.threads));
    const RunFileLock lock(options.run_file);
    require_memory(configuration, experiment.parts());
    if (options.ready) options.ready();
    OpenRun open_run{experiment,
                     inputs,
                     options,
                     lock,
                     configuration.effective(),
                     larger_than_budget(configuration, experiment.budget()),
                     std::filesystem::exists(options.run_file, unknown)};
    return open_run.run();
  });
}

RunEnd resume_run(const Catalogue& catalogue, std::optional<std::uint64_t> evaluations,
                  const RunControl& options) {
  const RunFileLock lock(options.run_file);  // before reading what another may be replacing
  std::optional<RecordedInputs> inputs;
  std::optional<Experiment> experiment;
  std::string effective;
  std::string over_budget;
  double earlier_seconds = 0.0;
  {
    const RunFileReader file = open_run_file(options.run_file);
    const StateReader& root = file.root();
    Configuration configuration = stored_configuration(root, options.run_file, catalogue);
    if (evaluations)
      configuration.set("run.evaluations", *evaluations,
                        fmt::format("--evaluations {}", *evaluations));
    inputs.emplace(
        naming_file(options.run_file, [&] { return RecordedInputs(*root.group("inputs")); }));
    within_memory(configuration, [&] {
      experiment.emplace(assemble(configuration, catalogue, *inputs, options.threads));
      require_memory(configuration, experiment->parts());
      naming_file(options.run_file, [&] { experiment->load(root); });
    });
    over_budget = larger_than_budget(configuration, experiment->budget());
    // A run that stopped as solved goes on only when asked for more, and then past its success.
    if (evaluations && experiment->solved_evaluation()) experiment->set_stop_when_solved(false);
    effective = configuration.effective();
    earlier_seconds = root.attribute_as<double>("wall_seconds");
  }
  OpenRun open_run{*experiment, *inputs, options, lock,           effective,
                   over_budget, false,   true,    earlier_seconds};
  if (experiment->done()) {
    const std::uint64_t done = experiment->evaluations();
    const bool fewer = evaluations && *evaluations != 0 && *evaluations < done;
    if (!options.quiet) {
      say(fmt::format("{}: nothing to do: {}; --evaluations N goes on\n", options.run_file.string(),
                      fewer ? fmt::format("--evaluations {} is fewer than the {} that are done",
                                          *evaluations, done)
                            : fmt::format("the run has finished ({} evaluations)", done)));
    }
    return {"finished", done};
  }
  if (options.ready) options.ready();
  return open_run.run();
}

}  // namespace cambrian
