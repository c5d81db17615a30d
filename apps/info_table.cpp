#include "apps/info_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "apps/info_sheet.hpp"
#include "apps/series_summary.hpp"
#include "cambrian/core/columns.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian::apps {
namespace {

std::string number_or_dash(const std::optional<double>& value, int digits) {
  return value ? fmt::format("{:.{}g}", *value, digits) : "-";
}

/// Whether the runs differ in nothing but their seeds and settings: then they can be summed up.
bool same_search(const std::vector<RunSummary>& runs) {
  return std::ranges::all_of(runs, [&](const RunSummary& run) {
    return run.environment == runs.front().environment && run.encoding == runs.front().encoding &&
           run.algorithm == runs.front().algorithm && run.search == runs.front().search;
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

/// The figures of one run, beside its path.
TextRow row_of_run(const RunSummary& run, const std::string& path, bool can_be_solved) {
  const ArchiveSummary main = run.archives.empty() ? ArchiveSummary() : run.archives.front();
  TextRow cells = {path,
                   printable(run.status, 11),
                   evaluations_text(run),
                   std::to_string(main.size),
                   main.coverage ? percentage(*main.coverage, 2) : "-",
                   number_or_dash(run.objective_best ? run.objective_best : main.objective_max, 6)};
  if (can_be_solved)
    cells.push_back(run.solved_evaluation ? std::to_string(*run.solved_evaluation) : "-");
  return cells;
}

}  // namespace

void print_table(const std::vector<Looked>& all) {
  constexpr auto kRight = Side::right;
  Columns columns(
      {{}, {kRight, 11}, {kRight, 12}, {kRight, 8}, {kRight, 9}, {kRight, 9}, {kRight, 12}});
  const bool can_be_solved =
      std::ranges::any_of(all, [](const Looked& one) { return one.run.can_be_solved; });
  TextRow head = {"run", "status", "evaluations", "elites", "coverage", "best"};
  if (can_be_solved) head.emplace_back("solved at");
  std::vector<TextRow> rows = {head};
  std::vector<RunSummary> readable;
  columns.fit(head);
  for (const auto& [path, run, error, reason] : all) {
    if (error.empty()) {
      readable.push_back(run);
      rows.push_back(row_of_run(run, path, can_be_solved));
      columns.fit(rows.back());
      continue;
    }
    rows.push_back({path, printable(reason, kLongestMessage)});
    columns.fit(TextRow{path});
  }
  std::string text;
  for (const TextRow& row : rows) columns.write(row, text);
  fmt::print("{}", text);
  if (same_search(readable)) print_series(readable);
}

}  // namespace cambrian::apps
