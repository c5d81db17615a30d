#include "apps/seed_jobs.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <string>

#include "apps/jobs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/query/run_summary.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run/stop_signals.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian::apps {
namespace {

/// "finished after 3000 evaluations: 90 elites, coverage 90.0 %, best 87.9"
std::string closing_text(const RunSummary& run) {
  std::string text = run.status + fmt::format(" after {} evaluations", run.evaluations.value_or(0));
  const ArchiveSummary main = run.archives.empty() ? ArchiveSummary() : run.archives.front();
  text += fmt::format(": {} elites", main.size);
  if (main.coverage) text += ", coverage " + percentage(*main.coverage, 1);
  if (run.objective_best) text += fmt::format(", best {:.6g}", *run.objective_best);
  if (run.solved_evaluation)
    text += fmt::format(", solved at evaluation {}", *run.solved_evaluation);
  return text;
}

/// One line for what happens, below it on a terminal how far the series is.
class SeriesReport {
 public:
  SeriesReport(const RunOptions& options, const std::vector<SeedRun>& runs)
      : runs_(runs), quiet_(options.quiet), terminal_(isatty(STDERR_FILENO) != 0) {}
  ~SeriesReport() { clear(); }
  SeriesReport(const SeriesReport&) = delete;
  SeriesReport& operator=(const SeriesReport&) = delete;

  void line(const SeedRun& run, const std::string& what) {
    if (quiet_) return;
    clear();
    say(printable(run.file.string() + ": " + what, kLongestMessage) + "\n");
  }

  /// What a quiet run says is wrong with it; its answer to a signal is the series' own.
  void said(const SeedRun& run, const std::string& text) {
    constexpr std::string_view kWrong = "cambrian: ";
    if (!text.starts_with(kWrong)) return;
    clear();
    const std::string file = run.file.string();
    const std::string what = text.substr(kWrong.size());
    const std::string named = what.starts_with(file) ? what : file + ": " + what;
    say(std::string(kWrong) + printable(named, kLongestMessage) + "\n");
  }

  void ended(const SeedRun& run, int status) {
    ++done_;
    if (status == 128 + SIGTERM && StopSignals::received() != 0) status = 0;  // saved
    if (status > 128)
      said(run,
           fmt::format("cambrian: ended by signal {} ({})", status - 128, strsignal(status - 128)));
    if (status != 0) {
      failed_.push_back(run.file.filename().string());
      return;
    }
    if (const std::optional<std::string> writer = writer_of(run.file))
      return line(run, "is being run by " + *writer + " and is left to it");
    try {
      line(run, closing_text(summarise(RunFileReader(run.file))));
    } catch (const Error&) {  // stopped before it was there
    }
  }

  void finished_already(const SeedRun& run) {
    ++done_;
    line(run, "finished already");
  }

  void show(std::size_t running) {
    if (quiet_ || !terminal_) return;
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
    say(fmt::format("\r\033[K{} of {} seeds done, {} running, {}", done_, runs_.size(), running,
                    duration(std::floor(passed.count()))));
    shown_ = true;
  }

  void finish(const RunOptions& options) {
    clear();
    if (StopSignals::received() != 0 && !quiet_) {
      say(std::string("continue with: the same command again") +
          (options.force ? ", without --force" : "") + "\n");
    }
    if (failed_.empty()) return;
    throw Error(
        fmt::format("{} of {} seeds failed: {}", failed_.size(), runs_.size(), joined(failed_)));
  }

 private:
  void clear() {
    if (shown_) say("\r\033[K");
    shown_ = false;
  }

  const std::vector<SeedRun>& runs_;
  bool quiet_;
  bool terminal_;
  bool shown_ = false;
  std::size_t done_ = 0;
  std::vector<std::string> failed_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The call that runs one seed of the series. Values stand behind `=`, whatever they begin with.
std::vector<std::string> words_of(const RunOptions& options, const SeedRun& run,
                                  std::optional<std::uint64_t> threads) {
  const std::string& file = options.configuration;
  std::vector<std::string> words = {
      "run",       (file.starts_with('-') ? "./" : "") + file, "--quiet",
      "--seeds=1", "--seed=" + std::to_string(run.seed),       "--output=" + *options.output};
  for (const std::string& assignment : options.sets) words.push_back("--set=" + assignment);
  for (const std::string& plugin : options.plugins) words.push_back("--plugin=" + plugin);
  if (options.from) words.push_back("--from=" + *options.from);
  if (options.genomes) words.push_back("--genomes=" + *options.genomes);
  if (threads) words.push_back("--threads=" + std::to_string(*threads));
  if (options.evaluations) words.push_back("--evaluations=" + std::to_string(*options.evaluations));
  if (options.wall_time) words.push_back("--wall-time=" + *options.wall_time);
  if (options.force) words.emplace_back("--force");
  if (options.check) words.emplace_back("--check");
  return words;
}

}  // namespace

void run_side_by_side(const RunOptions& options, const std::vector<SeedRun>& runs,
                      std::optional<std::uint64_t> threads) {
  SeriesReport report(options, runs);
  std::vector<const SeedRun*> left;
  for (const SeedRun& run : runs) {
    if (run.first_look && run.first_look->finished)
      report.finished_already(run);
    else
      left.push_back(&run);
  }
  run_jobs(
      left.size(), static_cast<std::size_t>(*options.jobs),
      [&](std::size_t job) { return words_of(options, *left[job], threads); },
      {.started =
           [&](std::size_t job) {
             const std::optional<Standing>& earlier = left[job]->first_look;
             if (!earlier) return;
             report.line(*left[job],
                         fmt::format("continues after {} evaluations", earlier->evaluations));
           },
       .said = [&](std::size_t job, const std::string& line) { report.said(*left[job], line); },
       .ended = [&](std::size_t job, int status) { report.ended(*left[job], status); },
       .waiting = [&](std::size_t running) { report.show(running); }});
  report.finish(options);
}

}  // namespace cambrian::apps
