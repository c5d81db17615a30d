#include "cambrian/record/history.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

struct KnownColumn {
  std::string_view name;
  ColumnDoc doc;
  bool counts;  ///< stored as u64
};

constexpr std::array<KnownColumn, 19> kKnown = {{
    {"evaluations", {"evaluations so far", "evaluations"}, true},
    {"generations", {"batches told so far"}, true},
    {"wall_seconds", {"time that the run has taken, before and after it was resumed", "s"}, false},
    {"archive_size", {"elites in /archive"}, true},
    {"coverage", {"filled cells / cells"}, false},
    {"qd_score",
     {"sum over elites of (objective - qd_offset), of (qd_offset - objective) where the "
      "objective is minimised"},
     false},
    {"objective_max", {"best objective ever in the run, archived or not"}, false},
    {"objective_mean", {"mean objective of the elites"}, false},
    {"invalid", {"evaluations so far that threw or were not finite"}, true},
    {"clipped", {"descriptors so far outside the archive's bounds"}, true},
    {"solved", {"evaluations so far that solved the task"}, true},
    {"species", {"species in the living population"}, true},
    {"species_threshold", {"compatibility threshold of speciation"}, false},
    {"novelty_mean", {"mean novelty of the living population"}, false},
    {"surprise_mean", {"mean surprise of the living population"}, false},
    {"criterion_met", {"members of the living population that meet the minimal criterion"}, true},
    {"novelty_threshold", {"novelty that an individual needs to enter the archive"}, false},
    {"driver_size", {"elites in /archives/driver"}, true},
    {"fitness_mean", {"mean fitness of the living population"}, false},
}};

const KnownColumn* known(std::string_view name) {
  const auto* found = std::ranges::find(kKnown, name, &KnownColumn::name);
  return found == kKnown.end() ? nullptr : found;
}

}  // namespace

void History::add(const HistoryValues& row) {
  if (names_.empty()) {
    for (const auto& [name, value] : row) names_.push_back(name);
    columns_.resize(names_.size());
  }
  assert(row.size() == names_.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    assert(row[i].first == names_[i]);
    columns_[i].push_back(row[i].second);
  }
}

void History::remove_last() {
  for (auto& column : columns_) column.pop_back();
}

const std::vector<double>& History::column(std::string_view name) const {
  const auto found = std::ranges::find(names_, name);
  if (found == names_.end())
    throw Error("/history: there is no column '" + std::string(name) + "'");
  return columns_[static_cast<std::size_t>(found - names_.begin())];
}

double History::last(std::string_view name) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name && !columns_[i].empty()) return columns_[i].back();
  }
  return std::numeric_limits<double>::quiet_NaN();
}

void History::save(StateWriter& writer) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const KnownColumn* column = known(names_[i]);
    const ColumnDoc doc = column != nullptr ? column->doc : ColumnDoc{};
    if (column != nullptr && column->counts) {
      const std::vector<std::uint64_t> counts(columns_[i].begin(), columns_[i].end());
      writer.column<std::uint64_t>(names_[i], counts, doc);
    } else {
      writer.column<double>(names_[i], columns_[i], doc);
    }
  }
  writer.attribute("columns", names_);
}

void History::load(const StateReader& reader) {
  names_ = reader.attribute_as<std::vector<std::string>>("columns");
  columns_.clear();
  for (const std::string& name : names_) {
    const KnownColumn* column = known(name);
    if (column != nullptr && column->counts) {
      const auto counts = reader.column<std::uint64_t>(name);
      columns_.emplace_back(counts.begin(), counts.end());
    } else {
      columns_.push_back(reader.column<double>(name));
    }
    if (columns_.back().size() != columns_.front().size()) {
      throw Error("/history: its columns have different lengths");
    }
  }
}

}  // namespace cambrian
