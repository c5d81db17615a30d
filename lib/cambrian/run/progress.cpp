#include "cambrian/run/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>

#include "cambrian/core/words.hpp"
#include "cambrian/run/resume_command.hpp"
#include "cambrian/run/stop_signals.hpp"

namespace cambrian {
namespace {

std::string count(double value) {
  if (value < 1e5) return fmt::format("{:.0f}", value);
  if (value < 1e7) return fmt::format("{:.0f}k", value / 1e3);
  return fmt::format("{:.1f}M", value / 1e6);
}

/// Columns of the terminal; a line that is longer could not be rewritten.
std::size_t columns() {
  winsize size = {};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// What lines up in a log takes less room without its double spaces.
std::string squeezed(std::string text) {
  const auto end =
      std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; });
  text.erase(end, text.end());
  return text;
}

}  // namespace

void say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

Progress::Progress(const Experiment& experiment, bool quiet, std::optional<double> limit)
    : experiment_(experiment),
      quiet_(quiet),
      limit_(limit),
      terminal_(isatty(STDERR_FILENO) != 0),
      first_evaluation_(experiment.record().evaluations()),
      rows_(experiment.record().history().size()) {}

std::string Progress::line(double seconds) const {
  const RunRecord& record = experiment_.record();
  const ArchiveStatistics now = record.statistics();
  const auto done = static_cast<double>(record.evaluations());
  const double rate = seconds > 0 ? (done - static_cast<double>(first_evaluation_)) / seconds : 0.0;
  std::string text =
      fmt::format("{:>9} evaluations  {:>6}/s  {} elites", count(done), count(rate), now.size);
  if (record.result().archive().cell_count() > 0) {
    text += fmt::format("  coverage {}", percentage(now.coverage, 1));
  }
  const double best = record.objective_max();
  if (std::isfinite(best)) text += fmt::format("  best {:.6g}", best);
  if (record.invalid() > 0) text += fmt::format("  invalid {}", record.invalid());
  if (const auto solved = record.solved_evaluation())
    text += fmt::format("  solved at {}", *solved);
  const auto budget = static_cast<double>(experiment_.budget());
  std::optional<double> left;
  if (budget > done && rate > 0) left = (budget - done) / rate;
  const bool over = budget > 0 && done >= budget;
  if (limit_ && !over) left = std::max(0.0, std::min(left.value_or(*limit_), *limit_ - seconds));
  if (left) text += fmt::format("  ETA {}", duration(*left));
  return text;
}

Progress::~Progress() {
  const std::scoped_lock lock(mutex_);
  clear();
}

void Progress::rewrite(const std::string& text) const {
  const std::size_t room = columns() - 1;
  say("\r\033[K" + (text.size() <= room ? text : squeezed(text).substr(0, room)));
}

void Progress::clear() {
  if (terminal_ && shown_ >= 0.0) say("\r\033[K");
  shown_ = -1.0;
}

void Progress::warn(const std::string& what) {
  const std::scoped_lock lock(mutex_);
  clear();
  say("cambrian: " + printable(what, kLongestMessage) + "\n");
}

void Progress::show(double seconds) {
  if (quiet_) return;
  const std::scoped_lock lock(mutex_);
  if (terminal_) {
    if (seconds - shown_ < 0.2 && shown_ >= 0.0) return;
    shown_ = seconds;
    last_line_ = line(seconds);
    rewrite(last_line_);
    return;
  }
  if (experiment_.record().history().size() <= rows_) return;
  rows_ = experiment_.record().history().size();
  // A log of a long, quick run stays readable: at most one line per second.
  if (shown_ >= 0.0 && seconds - shown_ < 1.0) return;
  shown_ = seconds;
  say(line(seconds) + "\n");
}

/// What each elite of a noisy environment is: "single sample", "mean of 5 samples".
std::string Progress::sample_text() const {
  const EvaluationParameters& evaluation = experiment_.parts().evaluation;
  if (evaluation.samples == 1) return "single sample";
  constexpr std::array kReductions = {"mean", "median", "worst"};
  return fmt::format("{} of {} samples",
                     kReductions[static_cast<std::size_t>(evaluation.reduction)],
                     evaluation.samples);
}

/// Empty where they are few, since these do no harm.
std::string Progress::clipped_text() const {
  const auto clipped = static_cast<double>(experiment_.record().result().archive().clipped());
  const auto share = clipped / static_cast<double>(experiment_.record().evaluations());
  if (!(share > 0.01)) return {};
  return fmt::format(", {:.0f} descriptors outside the bounds ({:.1f} %)", clipped, 100 * share);
}

std::string Progress::batch_line(const BatchProgress::Now& batch, int seconds) const {
  const std::string done =
      fmt::format("{} of {} evaluations done ({})", batch.done, batch.jobs, duration(seconds));
  if (StopSignals::received() != 0) return "stopping after this batch: " + done;
  if (batch.batch == 1 && first_evaluation_ == 0) return "in the first batch, " + done;
  const std::string behind =
      last_line_ + fmt::format("  this batch: {} of {}", batch.done, batch.jobs);
  return terminal_ && behind.size() < columns() ? behind : "in this batch, " + done;
}

void Progress::show_batch(const BatchProgress::Now& batch, int seconds) {
  if (quiet_) return;
  const std::scoped_lock lock(mutex_);
  const std::string text = batch_line(batch, seconds);
  if (terminal_) {
    shown_ = std::max(shown_, 0.0);  // there is a line to be taken away
    return rewrite(text);
  }
  const auto fives = static_cast<unsigned>(seconds) / 5;
  if (seconds % 5 == 0 && std::has_single_bit(fives)) say(text + "\n");
}

void Progress::finish(const std::string& status, double wall_seconds, const std::string& run_file,
                      const std::string& how_to_continue) {
  if (quiet_) return;
  const std::scoped_lock lock(mutex_);
  clear();
  const RunRecord& record = experiment_.record();
  const ArchiveStatistics now = record.statistics();
  std::string text = fmt::format("{} after {} evaluations in {}: {} elites", status,
                                 record.evaluations(), duration(wall_seconds), now.size);
  if (record.result().archive().cell_count() > 0) {
    text += fmt::format(", coverage {}", percentage(now.coverage, 1));
  }
  text += fmt::format(", QD score {:.6g}", now.qd_score);
  const double offset = experiment_.parts().qd_offset;
  if (offset != 0.0) text += fmt::format(" (offset {:g})", offset);
  if (std::isfinite(record.objective_max())) {
    text += fmt::format(", best {:.6g}", record.objective_max());
  }
  if (record.invalid() > 0) {
    text += fmt::format(", {} invalid (first: {})", record.invalid(),
                        printable(experiment_.parts().evaluator->first_failure(), kLongestMessage));
  }
  text += clipped_text();
  if (const auto solved = record.solved_evaluation()) {
    text += fmt::format(", solved at evaluation {}", *solved);
  }
  if (experiment_.parts().description.noisy) {
    text += "\nthe environment is noisy, and each elite is a " + sample_text() + ": `" +
            repeat_command(run_file) + "` evaluates the best again";
  }
  if (experiment_.over_time_limit() > 0) {
    text += fmt::format(
        "\n{} evaluations took longer than evaluation.time_limit: this run does "
        "not repeat bit for bit",
        experiment_.over_time_limit());
  }
  text += "\n" + run_file + "\n";
  if (status == "interrupted") text += "continue with: " + how_to_continue + "\n";
  say(text);
}

}  // namespace cambrian
