#include "apps/info_sheet.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "cambrian/core/columns.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/run/resume_command.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian::apps {
namespace {

/// One aligned line per fact. Colours only on a terminal, and never with NO_COLOR (no-color.org).
class Facts {
 public:
  Facts() {
    const char* no_color = std::getenv("NO_COLOR");
    colored_ = isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
  }
  void put(const std::string& name, const std::string& value) const {
    constexpr std::size_t kLongest = 1000;  // a file may hold anything
    if (value.empty()) return;
    std::string line;
    columns_.write(TextRow{name, printable(value, kLongest)}, line);
    if (colored_) line = "\033[2m" + line.insert(name.size(), "\033[0m");
    fmt::print("{}", line);
  }

 private:
  Columns columns_{{{Side::left, 12}, {}}};
  bool colored_ = false;
};

std::string size_text(const ArchiveSummary& archive) {
  std::string text = archive.kind;
  if (!archive.shape.empty()) text += " " + joined(archive.shape, "x");
  if (!archive.descriptor_names.empty()) text += " over " + joined(archive.descriptor_names);
  text += (text.empty() ? "" : ": ") + counted(archive.size, "elite");
  if (archive.coverage)
    text += fmt::format(" in {} cells, coverage {}", archive.capacity,
                        percentage(*archive.coverage, 2));
  else if (archive.capacity > 0)
    text += fmt::format(" of at most {}", archive.capacity);
  return text;
}

std::string qd_text(const ArchiveSummary& archive) {
  if (!archive.qd_score || archive.size == 0) return {};
  std::string text = fmt::format("{:.6g}", *archive.qd_score);
  if (archive.normalised_qd_score)
    text += fmt::format(", normalised {:.6g}", *archive.normalised_qd_score);
  if (archive.qd_offset != 0) text += fmt::format(" (qd_offset {:.6g})", archive.qd_offset);
  return text;
}

std::string best_text(const ArchiveSummary& archive) {
  if (!archive.objective_max) return {};
  std::string text = fmt::format("{:.6g}", *archive.objective_max);
  if (archive.best_id) text += fmt::format(" (id {})", *archive.best_id);
  if (archive.objective_mean) text += fmt::format(", mean {:.6g}", *archive.objective_mean);
  // Only where the best has left, which no elitist archive lets happen.
  if (archive.objective_max_ever.value_or(*archive.objective_max) != *archive.objective_max)
    text += fmt::format(", best ever held {:.6g}", *archive.objective_max_ever);
  if (archive.direction == ObjectiveDirection::minimise) text += ", minimised";
  return text;
}

std::string status_text(const RunSummary& run, const std::string& path) {
  std::string text = run.status;
  if (run.status == "running") {
    text =
        writer_of(path)
            ? "running; this is its last checkpoint"
            : "ended without saving (killed, or stopped by an error); this is its last checkpoint";
  }
  if (run.evaluations)
    text += fmt::format(", {} evaluation{}{}", evaluations_text(run),
                        *run.evaluations == 1 && run.budget.value_or(0) <= 1 ? "" : "s",
                        run.budget == 0U ? " (no budget)" : "");
  if (run.generations) text += " in " + counted(*run.generations, "batch", "batches");
  if (run.wall_seconds) text += fmt::format(", {}", duration(*run.wall_seconds));
  if (run.evaluations && run.wall_seconds && *run.wall_seconds > 0)
    text += fmt::format(" ({:.0f}/s)", static_cast<double>(*run.evaluations) / *run.wall_seconds);
  return text;
}

std::string solved_text(const RunSummary& run) {
  if (!run.can_be_solved) return {};
  return run.solved_evaluation ? fmt::format("at evaluation {}", *run.solved_evaluation)
                               : "not yet";
}

/// Empty where there are none: a line that is always there would not be read.
std::string troubled(const std::optional<std::uint64_t>& count, std::string_view what) {
  return count.value_or(0) == 0 ? "" : counted(*count, "evaluation") + fmt::format(" {}", what);
}

std::string invalid_text(const RunSummary& run) {
  std::string text = troubled(run.invalid, "threw or gave a number that is not finite");
  const std::uint64_t steps = run.over_max_steps.value_or(0);
  const std::uint64_t time = run.over_time_limit.value_or(0);
  if (steps + time == 0 || text.empty()) return text;
  text += ", or took too long (";
  if (steps > 0) text += fmt::format("{} over evaluation.max_steps", steps);
  if (time > 0) text += fmt::format("{}{} over evaluation.time_limit", steps > 0 ? ", " : "", time);
  return text + ")";
}

}  // namespace

std::string evaluations_text(const RunSummary& run) {
  const std::uint64_t done = run.evaluations.value_or(0);
  return done < run.budget.value_or(0) ? fmt::format("{} of {}", done, *run.budget)
                                       : std::to_string(done);
}

void print_sheet(const RunSummary& run, const std::string& path) {
  const Facts facts;
  facts.put("run", path);
  facts.put("elites of", run.rebinned_from.empty()
                             ? ""
                             : run.rebinned_from + ", placed anew by `cambrian rebin`");
  facts.put("environment", run.environment);
  facts.put("encoding", run.encoding);
  facts.put("algorithm",
            run.search.empty() ? run.algorithm : run.search + " (" + run.algorithm + ")");
  facts.put("seed", run.seed ? std::to_string(*run.seed) : "");
  facts.put("status", status_text(run, path));
  facts.put("solved", solved_text(run));
  facts.put("invalid", invalid_text(run));
  facts.put("time limit",
            troubled(run.over_time_limit, "took longer: this run does not repeat bit for bit"));
  if (run.objective_best) {
    const bool minimised =
        !run.archives.empty() && run.archives.front().direction == ObjectiveDirection::minimise;
    facts.put("best ever",
              fmt::format("{:.6g}{}", *run.objective_best, minimised ? ", minimised" : ""));
  }
  for (const ArchiveSummary& archive : run.archives) {
    const bool main = archive.name == "archive";
    facts.put(main ? "archive" : archive.name.substr(archive.name.find('/') + 1),
              size_text(archive));
    if (!main) continue;
    facts.put("  QD score", qd_text(archive));
    facts.put("  objective", best_text(archive));
    if (archive.cqd_score) facts.put("  CQD score", fmt::format("{:.6g}", *archive.cqd_score));
    facts.put("  clipped", troubled(run.clipped, "lay outside its bounds"));
    if (archive.solved > 0) facts.put("  solved", counted(archive.solved, "elite"));
    if (run.noisy && archive.size > 0) {
      facts.put(
          "  noise",
          "the environment is noisy, so each elite's values are a sample; to evaluate the best "
          "again: " +
              repeat_command(path));
    }
  }
  if (run.population)
    facts.put("population", run.species
                                ? fmt::format("{} in {} species", *run.population, *run.species)
                                : std::to_string(*run.population));
  facts.put("history", counted(run.history_rows, "row"));
  if (run.lineage_rows > 0) facts.put("lineage", counted(run.lineage_rows, "row"));
  facts.put("inputs", joined(run.inputs));
  facts.put("program", run.program_version + (run.build.empty() ? "" : ", " + run.build));
  if (const std::optional<std::string> writer = writer_of(path)) {
    facts.put("being run", "by " + *writer);
  } else if (run.status != "finished") {
    facts.put("to continue", resume_command(path));
  }
}

}  // namespace cambrian::apps
