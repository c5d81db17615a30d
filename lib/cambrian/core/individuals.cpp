#include "cambrian/core/individuals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

void check_length(std::string_view where, std::string_view column, std::size_t length,
                  std::size_t expected) {
  if (length == expected) return;
  throw Error(std::string(where) + "/" + std::string(column) + ": has " + std::to_string(length) +
              " entries, but the table's rows need " + std::to_string(expected));
}

/// In one pass without branches, so that it costs next to nothing in each batch.
bool all_finite(std::span<const double> values) {
  constexpr double kLargest = std::numeric_limits<double>::max();
  std::uint64_t finite = 1;
  for (const double value : values) {
    finite &= static_cast<std::uint64_t>(std::abs(value) <= kLargest);
  }
  return finite != 0;
}

void check_finite(std::string_view where, std::string_view column, std::span<const double> values) {
  if (all_finite(values)) return;
  throw Error(std::string(where) + "/" + std::string(column) +
              ": holds a number that is not finite");
}

template <class T>
void assign(LargeColumn<T>& column, const std::vector<T>& values) {
  column.assign(values.begin(), values.end());
}

}  // namespace

/// Every column that tables keep, once: act(name, member, width).
template <class Act>
void Individuals::each_column(const Act& act) const {
  act("ids", &Individuals::ids, 1);
  act("evaluations", &Individuals::evaluations, 1);
  act("parents", &Individuals::parents, 1);
  act("objectives", &Individuals::objectives, objectives_per_row);
  act("descriptors", &Individuals::descriptors, dimensions);
  act("solved", &Individuals::solved, 1);
  act("origins", &Individuals::origins, 1);
  act("samples", &Individuals::samples, 1);
  act("noise", &Individuals::noise, 1);
}

void Individuals::start(std::size_t n, std::uint64_t first_id, std::size_t objectives_of_a_row,
                        std::size_t dimensions_of_a_descriptor) {
  objectives_per_row = objectives_of_a_row;
  dimensions = dimensions_of_a_descriptor;
  ids.resize(n);
  evaluations.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    ids[i] = first_id + i;
    evaluations[i] = first_id + i + 1;
  }
  parents.assign(n, {kNoParent, kNoParent});
  objectives.assign(n * objectives_per_row, 0.0);
  descriptors.assign(n * dimensions, 0.0);
  solved.assign(n, 0);
  valid.assign(n, 1);
  origins.clear();
  samples.clear();
  noise.clear();
}

void Individuals::require_fit(const Individuals& offered) const {
  if (size() == 0) return;
  if (offered.objectives_per_row != objectives_per_row || offered.dimensions != dimensions) {
    throw ShapeError("individuals with " + counted(offered.objectives_per_row, "objective") +
                     " and " + counted(offered.dimensions, "descriptor dimension") +
                     " were offered to a table of " + std::to_string(objectives_per_row) + " and " +
                     std::to_string(dimensions));
  }
  if (origins.empty() != offered.origins.empty() || samples.empty() != offered.samples.empty() ||
      noise.empty() != offered.noise.empty()) {
    throw ShapeError("individuals were offered to a table that keeps other columns of them");
  }
}

void Individuals::apply(std::span<const RowEdit> edits, const Individuals& offered) {
  require_fit(offered);
  if (size() == 0) {
    objectives_per_row = offered.objectives_per_row;
    dimensions = offered.dimensions;
  }
  each_column([&](const char*, auto column, std::size_t width) {
    const auto& other = offered.*column;
    if (!other.empty()) apply_edits(this->*column, std::span(other), edits, width);
  });
}

void Individuals::keep(std::span<const std::uint8_t> kept) {
  each_column([&](const char*, auto column, std::size_t width) {
    auto& own = this->*column;
    if (own.empty()) return;
    auto end = own.begin();
    for (std::size_t row = 0; row < kept.size(); ++row) {
      if (kept[row] == 0) continue;
      end = std::copy_n(own.begin() + static_cast<std::ptrdiff_t>(row * width), width, end);
    }
    own.erase(end, own.end());
  });
}

void Individuals::save(StateWriter& table, std::string_view unit,
                       std::span<const ObjectiveDirection> directions) const {
  const std::size_t n = size();
  std::vector<double> given(objectives.begin(), objectives.end());
  // An empty table has not been told yet how many objectives its rows will have.
  const std::size_t width = n == 0 && !directions.empty() ? directions.size() : objectives_per_row;
  if (!directions.empty()) {
    check_count("directions", directions.size(), width);
    save_directions(table, directions);
    turn_minimised(given, directions);
  }
  const bool minimised = !directions.empty() && directions[0] == ObjectiveDirection::minimise;
  const std::string better = minimised ? "lower is better" : "higher is better";
  table.column<std::uint64_t>("id", ids, {"the candidate's ordinal in the run"});
  if (width == 1) {
    table.column<double>("objective", given, {"the objective, " + better});
  } else {
    std::vector<double> first(n);
    for (std::size_t i = 0; i < n; ++i) first[i] = given[i * width];
    table.column<double>("objective", first, {"the first objective, " + better});
    table.matrix<double>("objectives", given, width,
                         {"all objectives, in the order of objective_names"});
  }
  table.matrix<double>("descriptor", descriptors, dimensions,
                       {"the descriptor, in the order of descriptor_names", unit});
  table.column<std::uint64_t>(
      "evaluation", evaluations,
      {"number of the evaluation with which it entered, counted from 1 over the run",
       "evaluations"});
  table.column<std::uint8_t>("solved", solved, {"whether the task was solved: 0 or 1"});
  const auto* flat = reinterpret_cast<const std::uint64_t*>(parents.data());
  table.matrix("parents", std::span(flat, n * 2), 2,
               {"ids of its parents; the largest number: none"});
  if (!origins.empty()) {
    const std::vector<std::uint32_t> wide(origins.begin(), origins.end());
    table.column<std::uint32_t>("origin", wide, {"what proposed it: index into origin_names"});
  }
  if (!samples.empty()) {
    table.column<std::uint32_t>("samples", samples,
                                {"evaluations that the row summarises", "evaluations"});
  }
  if (!noise.empty()) {
    table.column<std::uint64_t>("noise", noise,
                                {"ordinal of the random streams that its evaluations drew from"});
  }
}

void Individuals::load(const StateReader& table, std::size_t dimensions_of_a_descriptor,
                       std::string_view where) {
  Individuals read;
  read.dimensions = dimensions_of_a_descriptor;
  assign(read.ids, table.column<std::uint64_t>("id"));
  const std::size_t n = read.size();
  if (table.has("objectives")) {
    read.objectives_per_row = table.width("objectives");
    assign(read.objectives, table.column<double>("objectives"));
  } else {
    assign(read.objectives, table.column<double>("objective"));
  }
  assign(read.descriptors, table.column<double>("descriptor"));
  assign(read.evaluations, table.column<std::uint64_t>("evaluation"));
  assign(read.solved, table.column<std::uint8_t>("solved"));
  const auto flat = table.column<std::uint64_t>("parents");
  if (table.has("origin")) {
    const auto wide = table.column<std::uint32_t>("origin");
    read.origins.assign(wide.begin(), wide.end());
    check_length(where, "origin", wide.size(), n);
  }
  if (table.has("samples")) {
    assign(read.samples, table.column<std::uint32_t>("samples"));
    check_length(where, "samples", read.samples.size(), n);
  }
  if (table.has("noise")) {
    assign(read.noise, table.column<std::uint64_t>("noise"));
    check_length(where, "noise", read.noise.size(), n);
  }
  check_length(where, "objective", read.objectives.size(), n * read.objectives_per_row);
  check_length(where, "descriptor", read.descriptors.size(), n * read.dimensions);
  check_length(where, "evaluation", read.evaluations.size(), n);
  check_length(where, "solved", read.solved.size(), n);
  check_length(where, "parents", flat.size(), n * 2);
  check_finite(where, "objective", read.objectives);
  turn_minimised(read.objectives, load_directions(table, read.objectives_per_row, where));
  check_finite(where, "descriptor", read.descriptors);
  read.parents.resize(n);
  for (std::size_t i = 0; i < n; ++i) read.parents[i] = {flat[2 * i], flat[2 * i + 1]};
  *this = std::move(read);
}

void Individuals::require_batch(std::size_t rows, std::size_t dimensions_of_a_descriptor) const {
  if (dimensions != dimensions_of_a_descriptor) {
    throw ShapeError("the batch has descriptors of " + counted(dimensions, "dimension") +
                     ", but the search has " + std::to_string(dimensions_of_a_descriptor));
  }
  if (objectives_per_row == 0) throw ShapeError("the batch has no objective");
  check_count("valid", valid.size(), rows);
  each_column([&](const char* name, auto column, std::size_t width) {
    const auto& own = this->*column;
    const bool may_be_empty = &own == static_cast<const void*>(&origins) ||
                              &own == static_cast<const void*>(&samples) ||
                              &own == static_cast<const void*>(&noise);
    if (own.empty() && may_be_empty) return;
    check_count(name, own.size(), rows * width);
  });
}

void Individuals::refuse_what_is_not_finite() {
  if (all_finite(objectives) && all_finite(descriptors)) return;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto own = std::span(objectives).subspan(i * objectives_per_row, objectives_per_row);
    if (!all_finite(own) || !all_finite(descriptor(i))) valid[i] = 0;
  }
}

}  // namespace cambrian
