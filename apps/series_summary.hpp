// The summary of several runs: medians and quartiles.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/query/run_summary.hpp"

namespace cambrian::apps {

/// Between two values by linear interpolation, as numpy and R (type 7) have it.
struct Quartiles {
  double lower = 0, median = 0, upper = 0;
};

/// None of no values. @param values  in any order
std::optional<Quartiles> quartiles(std::vector<double> values);

struct SeriesSummary {
  std::size_t runs = 0;
  std::size_t solved = 0;
  bool can_be_solved = false;
  std::optional<Quartiles> evaluations_to_success;  ///< of the runs that solved their task
  std::optional<Quartiles> objective_best;
  std::optional<Quartiles> coverage;  ///< 0 to 1
  std::optional<Quartiles> qd_score;
};

/// Each over the runs that have the value; coverage and QD score are of the reported archive.
SeriesSummary summarise_series(const std::vector<RunSummary>& runs);

/// A table with a line for each value, aligned; empty where there is none.
std::string text_of(const SeriesSummary& series);
nlohmann::ordered_json to_json(const SeriesSummary& series);

}  // namespace cambrian::apps
