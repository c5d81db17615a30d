// `/history`: one row per log interval, counted in evaluations so that it is the same on every
// machine.
#pragma once

#include <string>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/core/state.hpp"

namespace cambrian {

class History {
 public:
  /// Adds a row. The first row fixes the columns: every later one must name the same in the same
  /// order.
  void add(const HistoryValues& row);
  /// Removes the last row: the closing row of a run that continues.
  void remove_last();
  /// Empty before the first row.
  const std::vector<std::string>& columns() const { return names_; }
  std::size_t size() const { return columns_.empty() ? 0 : columns_.front().size(); }
  /// The values of a column. @throws Error where there is none
  const std::vector<double>& column(std::string_view name) const;
  /// The last value of a column, NaN where there is none.
  double last(std::string_view name) const;
  void save(StateWriter& writer) const;
  void load(const StateReader& reader);

 private:
  std::vector<std::string> names_;
  std::vector<std::vector<double>> columns_;
};

}  // namespace cambrian
