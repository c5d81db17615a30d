#include "cambrian/run/run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <new>

#include "cambrian/core/stop_request.hpp"
#include "cambrian/run/batch_watch.hpp"
#include "cambrian/run/detail/checkpoints.hpp"
#include "cambrian/run/detail/first_batch.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run/resume_command.hpp"
#include "cambrian/run/stop_signals.hpp"
#include "cambrian/run/stored_run.hpp"
#include "cambrian/run_file/run_file.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// After so many evaluations without a valid one, the environment or the call is wrong.
constexpr std::uint64_t kMinValidEvaluations = 20;

/// A run under way: an experiment with its file and its clock.
struct OpenRun {
  Experiment& experiment;
  const RunControl& options;
  const RunFileLock& lock;
  Checkpoints checkpoints;
  std::string over_budget;  ///< the warning, if the budget is too small for the configuration
  /// A file that is to be replaced stays until there is something to put in its place.
  bool keeps_old = false;
  double earlier_seconds = 0.0;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  /// The last row of /history that is not news: a resumed run's closing row is taken away again.
  double followed = experiment.record().history().last("evaluations");

  double wall_seconds() const { return earlier_seconds + seconds_since(start); }
  bool nothing_valid() const {
    return experiment.record().evaluations() > 0 &&
           experiment.record().invalid() == experiment.record().evaluations();
  }
  Error no_valid_evaluation(const std::string& status) const;
  void note_what_is_odd(Progress& progress) const;
  bool watched();
  void tell_followers(Progress& progress);
  RunEnd run();
};

/// Shows the batch that has been told to whoever watches. @return whether the run continues
bool OpenRun::watched() {
  if (!options.after_batch) return true;
  try {
    return options.after_batch(experiment.record());
  } catch (...) {
    if (!keeps_old) checkpoints.write("interrupted", wall_seconds());
    throw;
  }
}

Error OpenRun::no_valid_evaluation(const std::string& status) const {
  const std::string& first = experiment.parts().evaluator->first_failure();
  return Error(fmt::format("{}: {} after {} evaluations, and not one is valid{}{}",
                           options.run_file.string(), status == "finished" ? "finished" : "stopped",
                           experiment.record().evaluations(),
                           first.empty() ? "" : "; the first: ", first));
}

/// What is otherwise than asked for, or probably not meant, before it costs any time.
void OpenRun::note_what_is_odd(Progress& progress) const {
  if (options.quiet) return;
  const Assembly& parts = experiment.parts();
  const std::int64_t asked = options.threads >= 0 ? options.threads : parts.run.threads;
  const auto used = static_cast<std::int64_t>(parts.executor->workers());
  if (asked > used)
    say(fmt::format("{} threads instead of {}: more do not help on this machine\n", used, asked));
  if (const std::string note = lock.note(); !note.empty()) say(note + "\n");
  for (const std::string& warning : parts.description.warnings)
    progress.warn("warning: " + warning);
  for (const std::string& note : parts.notes) progress.warn("note: " + note);
  if (!over_budget.empty()) progress.warn("warning: " + over_budget);
}

void OpenRun::tell_followers(Progress& progress) {
  const History& history = experiment.record().history();
  const double row = history.last("evaluations");
  if (options.followers == nullptr || std::isnan(row) || row <= followed) return;
  followed = row;
  std::erase_if(*options.followers, [&](const std::unique_ptr<Follower>& follower) {
    try {
      follower->row(history);
      return false;
    } catch (const FileError& error) {
      progress.warn(std::string("warning: ") + error.what() + "; nothing more is written there");
      return true;
    }
  });
}

RunEnd OpenRun::run() {
  Progress progress(experiment, options.quiet, options.wall_seconds);
  note_what_is_odd(progress);
  const BatchWatch watch(experiment.parts().evaluator->progress(),
                         [&progress](const BatchProgress::Now& batch, int seconds) {
                           progress.show_batch(batch, seconds);
                         });
  const double interval = experiment.parts().run.checkpoint_interval;
  double last_written = 0.0;
  std::size_t rows = experiment.record().history().size();
  // Written at once, so that a place that cannot be written is known before an hour has gone by.
  if (!keeps_old) checkpoints.write("running", wall_seconds());
  progress.show(0.0);
  std::string status = "finished";
  while (!experiment.done()) {
    const double now = seconds_since(start);
    if (StopSignals::received() != 0 || (options.wall_seconds && now >= *options.wall_seconds)) {
      status = "interrupted";
      break;
    }
    if (!keeps_old && interval > 0.0 && now - last_written >= interval) {
      checkpoints.try_to_write(wall_seconds(), progress);
      last_written = seconds_since(start);
    }
    experiment.step(wall_seconds());
    tell_followers(progress);
    if (options.check && experiment.record().history().size() != rows) experiment.check();
    rows = experiment.record().history().size();
    progress.show(seconds_since(start));
    if (keeps_old && !nothing_valid()) {
      checkpoints.write("running", wall_seconds());
      keeps_old = false;
    }
    if (!watched()) {
      status = "interrupted";
      break;
    }
    if (nothing_valid() && experiment.record().evaluations() >= kMinValidEvaluations &&
        !experiment.done()) {
      status = "interrupted";
      break;
    }
  }
  if (options.check) experiment.check();
  experiment.add_closing_row(wall_seconds());
  tell_followers(progress);
  const std::string run_file = options.run_file.string();
  if (keeps_old && experiment.record().evaluations() == 0) {
    // Stopped before there was anything to replace the old file with.
    if (!options.quiet)
      progress.warn("interrupted before the first evaluation; " + run_file + " is left as it was");
    return {"interrupted", 0};
  }
  if (!keeps_old) checkpoints.write_last(status, wall_seconds());
  if (nothing_valid()) throw no_valid_evaluation(status);
  progress.finish(
      status, wall_seconds(), run_file,
      options.how_to_continue.empty() ? resume_command(run_file) : options.how_to_continue);
  return {status, experiment.record().evaluations(), experiment.record().invalid(),
          experiment.parts().evaluator->first_failure()};
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

RunEnd start_run(Configuration configuration, const Catalogue& catalogue,
                 const RunControl& options) try {
  const RecordedInputs inputs(input_folders(configuration.folder(), catalogue.data));
  std::error_code unknown;
  return within_memory(configuration, [&] {
    Experiment experiment(assemble(configuration, catalogue, inputs, options.threads));
    const RunFileLock lock(options.run_file);
    require_memory(configuration, experiment.parts());
    if (options.ready) options.ready();
    OpenRun open_run{experiment,
                     options,
                     lock,
                     {experiment, inputs, lock, options.run_file, configuration.effective(), false},
                     larger_than_budget(configuration, experiment.budget()),
                     std::filesystem::exists(options.run_file, unknown)};
    return open_run.run();
  });
} catch (const Stopped&) {  // before there was anything to save
  return {"interrupted", 0};
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
    require_resumable(file);
    const StateReader& root = file.root();
    Configuration configuration = stored_configuration(root, options.run_file, catalogue);
    if (evaluations)
      configuration.set("run.evaluations", *evaluations,
                        fmt::format("--evaluations {}", *evaluations));
    inputs.emplace(stored_inputs(root, options.run_file));
    try {
      within_memory(configuration, [&] {
        experiment.emplace(assemble(configuration, catalogue, *inputs, options.threads));
        require_memory(configuration, experiment->parts());
        naming_file(options.run_file, [&] { experiment->load(root); });
      });
    } catch (const Stopped&) {  // the file stays as it is
      return {"interrupted", root.attribute_as<std::uint64_t>("evaluations")};
    }
    over_budget = larger_than_budget(configuration, experiment->budget());
    // A run that stopped as solved continues only when asked for more, and then past its success.
    if (evaluations && experiment->record().solved_evaluation())
      experiment->set_stop_when_solved(false);
    effective = configuration.effective();
    earlier_seconds = root.attribute_as<double>("wall_seconds");
  }
  OpenRun open_run{*experiment,    options,
                   lock,           {*experiment, *inputs, lock, options.run_file, effective, true},
                   over_budget,    false,
                   earlier_seconds};
  if (experiment->done()) {
    const std::uint64_t done = experiment->record().evaluations();
    const bool fewer = evaluations && *evaluations != 0 && *evaluations < done;
    if (!options.quiet) {
      say(fmt::format("{}: nothing to do: {}; --evaluations N continues it\n",
                      options.run_file.string(),
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
