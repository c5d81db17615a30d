#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "apps/info_json.hpp"
#include "apps/series_summary.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/percentage.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/query/run_summary.hpp"
#include "cambrian/run/resume_command.hpp"
#include "cambrian/run/stored_run.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian::apps {
namespace {

/// One of the files asked for, as it was found.
struct Looked {
  std::string path;
  RunSummary run;
  std::string error;   ///< why there is no summary; empty: there is one
  std::string reason;  ///< the same without the path, where it begins with it
};

/// fmt::join makes g++ 12 warn of an overflow that is none.
template <class T>
std::string joined(const std::vector<T>& items, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text.append(separator);
    text.append(fmt::format("{}", items[i]));
  }
  return text;
}

/// "1 elite", "2 elites".
std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// One aligned line a fact. Colours only on a terminal, and never with NO_COLOR (no-color.org).
class Lines {
 public:
  Lines() {
    const char* no_color = std::getenv("NO_COLOR");
    colored_ = isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
  }
  void put(std::string_view name, const std::string& value) const {
    constexpr std::string_view kDim = "\033[2m";
    constexpr std::string_view kReset = "\033[0m";
    if (value.empty()) return;
    constexpr std::size_t kLongest = 1000;  // a file may hold anything
    fmt::print("{}{:<13}{} {}\n", colored_ ? kDim : "", name, colored_ ? kReset : "",
               printable(value, kLongest));
  }

 private:
  bool colored_ = false;
};

std::string duration(double seconds) {
  if (!(seconds >= 60)) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(seconds);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::string size_text(const ArchiveSummary& archive) {
  std::string text = archive.kind;
  if (!archive.shape.empty()) text += fmt::format(" {}", joined(archive.shape, "x"));
  if (!archive.descriptor_names.empty())
    text += fmt::format(" over {}", joined(archive.descriptor_names, ", "));
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
  return text;
}

/// How many, and of how many as long as some are left.
std::string evaluations_text(const RunSummary& run) {
  const std::uint64_t done = run.evaluations.value_or(0);
  return done < run.budget.value_or(0) ? fmt::format("{} of {}", done, *run.budget)
                                       : std::to_string(done);
}

std::string status_text(const RunSummary& run, const std::string& path) {
  std::string text = run.status;
  if (run.status == "running") {
    text = writer_of(path) ? "running; this is its last checkpoint"
                           : "ended without saving (killed?); this is its last checkpoint";
  }
  if (run.evaluations)
    text += fmt::format(", {} evaluation{}{}", evaluations_text(run),
                        *run.evaluations == 1 && run.budget.value_or(0) <= 1 ? "" : "s",
                        run.budget == 0U ? " (no budget)" : "");
  if (run.generations)
    text += fmt::format(" in {} batch{}", *run.generations, *run.generations == 1 ? "" : "es");
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

/// Nothing where there are none: a line that is always there is not read.
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

void print(const RunSummary& run, const std::string& path) {
  const Lines lines;
  lines.put("run", path);
  lines.put("environment", run.environment);
  lines.put("encoding", run.encoding);
  lines.put("algorithm", run.algorithm);
  lines.put("seed", run.seed ? std::to_string(*run.seed) : "");
  lines.put("status", status_text(run, path));
  lines.put("solved", solved_text(run));
  lines.put("invalid", invalid_text(run));
  lines.put("time limit",
            troubled(run.over_time_limit, "took longer: this run does not repeat bit for bit"));
  if (run.objective_best) lines.put("best ever", fmt::format("{:.6g}", *run.objective_best));
  for (const ArchiveSummary& archive : run.archives) {
    const bool main = archive.name == "archive";
    lines.put(main ? "archive" : archive.name.substr(archive.name.find('/') + 1),
              size_text(archive));
    if (!main) continue;
    lines.put("  QD score", qd_text(archive));
    lines.put("  objective", best_text(archive));
    lines.put("  clipped", troubled(run.clipped, "lay outside its bounds"));
    if (archive.solved > 0) lines.put("  solved", counted(archive.solved, "elite"));
    if (run.noisy && archive.size > 0) {
      lines.put("  noise",
                "each elite is a single sample of a noisy environment; how its best does "
                "again: " +
                    repeat_command(path));
    }
  }
  if (run.population)
    lines.put("population", run.species
                                ? fmt::format("{} in {} species", *run.population, *run.species)
                                : std::to_string(*run.population));
  lines.put("history", counted(run.history_rows, "row"));
  if (run.lineage_rows > 0) lines.put("lineage", counted(run.lineage_rows, "row"));
  lines.put("inputs", joined(run.inputs, ", "));
  lines.put("program", run.program_version + (run.build.empty() ? "" : ", " + run.build));
  if (const std::optional<std::string> writer = writer_of(path)) {
    lines.put("being run", "by " + *writer);
  } else if (run.status != "finished") {
    lines.put("to go on", resume_command(path));
  }
}

std::string number_or_dash(const std::optional<double>& value, int digits) {
  return value ? fmt::format("{:.{}g}", *value, digits) : "-";
}

/// Whether the runs differ in nothing but their seeds and settings: then they can be summed up.
bool same_search(const std::vector<RunSummary>& runs) {
  return std::ranges::all_of(runs, [&](const RunSummary& run) {
    return run.environment == runs.front().environment && run.encoding == runs.front().encoding &&
           run.algorithm == runs.front().algorithm;
  });
}

/// What the runs reach together.
void print_series(const std::vector<RunSummary>& runs) {
  const SeriesSummary series = summarise_series(runs);
  if (series.can_be_solved) {
    fmt::print("solved {} of {}", series.solved, series.runs);
    double evaluations = 0;
    for (const RunSummary& run : runs) {
      evaluations += static_cast<double>(run.solved_evaluation.value_or(0));
    }
    if (series.solved > 0)
      fmt::print(", mean at evaluation {:.0f}", evaluations / static_cast<double>(series.solved));
    fmt::print("\n");
  }
  fmt::print("{}", text_of(series));
}

/// A line per run, and what they reach together where they are of one search.
void print(const std::vector<Looked>& all) {
  std::size_t width = 3;
  std::size_t evaluations_width = 12;
  bool can_be_solved = false;
  for (const Looked& one : all) {
    width = std::max(width, one.path.size());
    evaluations_width = std::max(evaluations_width, evaluations_text(one.run).size());
    can_be_solved |= one.run.can_be_solved;
  }
  fmt::print("{:<{}}  {:>11}  {:>{}}  {:>8}  {:>9}  {:>9}{}\n", "run", width, "status",
             "evaluations", evaluations_width, "elites", "coverage", "best",
             can_be_solved ? "     solved at" : "");
  std::vector<RunSummary> readable;
  for (const auto& [path, run, error, reason] : all) {
    if (!error.empty()) {
      fmt::print("{:<{}}  {}\n", path, width, printable(reason, kLongestMessage));
      continue;
    }
    readable.push_back(run);
    const ArchiveSummary main = run.archives.empty() ? ArchiveSummary() : run.archives.front();
    const auto coverage = main.coverage ? percentage(*main.coverage, 2) : "-";
    fmt::print("{:<{}}  {:>11}  {:>{}}  {:>8}  {:>9}  {:>9}", path, width,
               printable(run.status, 11), evaluations_text(run), evaluations_width, main.size,
               coverage,
               number_or_dash(run.objective_best ? run.objective_best : main.objective_max, 6));
    if (can_be_solved) {
      fmt::print("  {:>12}", run.solved_evaluation ? std::to_string(*run.solved_evaluation) : "-");
    }
    fmt::print("\n");
  }
  if (same_search(readable)) print_series(readable);
}

nlohmann::ordered_json json_of(const Looked& one) {
  if (one.error.empty()) return to_json(one.run, one.path);
  return {{"run_file", one.path}, {"error", one.error}};
}

nlohmann::ordered_json series_json(const std::vector<Looked>& all) {
  nlohmann::ordered_json json = {{"runs", nlohmann::ordered_json::array()}};
  std::vector<RunSummary> readable;
  for (const Looked& one : all) {
    json["runs"].push_back(json_of(one));
    if (one.error.empty()) readable.push_back(one.run);
  }
  json["summary"] = to_json(summarise_series(readable));
  return json;
}

/// One that cannot be read hides no other.
Looked look_at(const std::string& path) {
  try {
    return {path, summarise(open_run_file(path)), "", ""};
  } catch (const FileError& error) {
    return {path, {}, error.what(), error.path() == path ? error.reason() : error.what()};
  } catch (const Error& error) {
    return {path, {}, error.what(), error.what()};
  }
}

/// The run file itself, or those in a folder: of a series, or all; seed_2 before seed_10.
std::vector<std::string> files_of(const std::string& argument) {
  namespace fs = std::filesystem;
  std::error_code none;
  if (!fs::is_directory(argument, none)) return {argument};
  std::vector<std::string> all;
  std::vector<std::string> seeds;
  std::error_code error;
  const fs::directory_iterator entries(argument, error);
  if (error) throw FileError(argument, "cannot be read: " + error.message());
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".h5" || name.starts_with('.')) continue;
    all.push_back(entry.path().string());
    if (name.starts_with("seed_")) seeds.push_back(all.back());
  }
  if (all.empty()) throw FileError(argument, "holds no run files (*.h5)");
  std::vector<std::string> files = seeds.empty() ? all : seeds;
  std::ranges::sort(files, {},
                    [](const std::string& path) { return std::pair(path.size(), path); });
  return files;
}

}  // namespace

void info(const InfoOptions& options) {
  std::vector<Looked> all;
  for (const std::string& argument : options.run_files) {
    for (const std::string& file : files_of(argument)) all.push_back(look_at(file));
  }
  const Looked& first = all.front();
  print_out([&] {
    if (options.json) {
      std::error_code none;
      const bool folder = options.run_files.size() == 1 &&
                          std::filesystem::is_directory(options.run_files.front(), none);
      nlohmann::ordered_json json;
      for (const Looked& one : all) json.push_back(json_of(one));
      const auto& printed = folder ? series_json(all) : all.size() == 1 ? json.front() : json;
      fmt::print("{}\n",
                 printed.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else if (all.size() > 1) {
      print(all);
    } else if (first.error.empty()) {
      print(first.run, first.path);
    }
  });
  const auto failed =
      std::ranges::count_if(all, [](const Looked& one) { return !one.error.empty(); });
  if (failed == 0) return;
  throw Error(all.size() == 1
                  ? first.error
                  : fmt::format("{} of {} run files cannot be read", failed, all.size()));
}

}  // namespace cambrian::apps
