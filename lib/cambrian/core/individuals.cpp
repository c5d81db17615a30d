#include "cambrian/core/individuals.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// Reads columns that are as long as a table of so many rows needs them. @throws Error otherwise
struct ColumnReader {
  const StateReader& table;
  std::string_view where;
  std::size_t rows;

  [[noreturn]] void refuse(std::string_view name, const std::string& reason) const {
    throw Error(std::string(where) + "/" + std::string(name) + ": " + reason);
  }
  template <class Saved, class T>
  void read(std::string_view name, LargeColumn<T>& column, std::size_t width = 1) const {
    const std::vector<Saved> values = table.column<Saved>(name);
    if (values.size() != rows * width) {
      refuse(name, "has " + std::to_string(values.size()) + " entries, but the table's rows need " +
                       std::to_string(rows * width));
    }
    column.assign(values.begin(), values.end());
  }
  void read_finite(std::string_view name, LargeColumn<double>& column, std::size_t width) const {
    read<double>(name, column, width);
    if (!all_finite(column)) refuse(name, "holds a number that is not finite");
  }
};

}  // namespace

/// Every column that tables keep, once: act(name, member, width, whether a table may lack it).
template <class Act>
void Individuals::each_column(const Act& act) const {
  act("ids", &Individuals::ids, 1, false);
  act("evaluations", &Individuals::evaluations, 1, false);
  act("parents", &Individuals::parents, 1, false);
  act("objectives", &Individuals::objectives, objectives_per_row, false);
  act("descriptors", &Individuals::descriptors, dimensions, false);
  act("solved", &Individuals::solved, 1, false);
  act("origins", &Individuals::origins, 1, true);
  act("samples", &Individuals::samples, 1, true);
  act("noise", &Individuals::noise, 1, true);
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
  each_column([&](const char*, auto column, std::size_t width, bool) {
    const auto& other = offered.*column;
    if (!other.empty()) apply_edits(this->*column, std::span(other), edits, width);
  });
}

void Individuals::keep(std::span<const std::uint8_t> kept) {
  each_column([&](const char*, auto column, std::size_t width, bool) {
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
  const auto given = table.column<std::uint64_t>("id");
  read.ids.assign(given.begin(), given.end());
  const ColumnReader in{table, where, read.size()};
  if (table.has("origin")) in.read<std::uint32_t>("origin", read.origins);
  if (table.has("samples")) in.read<std::uint32_t>("samples", read.samples);
  if (table.has("noise")) in.read<std::uint64_t>("noise", read.noise);
  const bool several = table.has("objectives");
  if (several) read.objectives_per_row = table.width("objectives");
  in.read_finite(several ? "objectives" : "objective", read.objectives, read.objectives_per_row);
  turn_minimised(read.objectives, load_directions(table, read.objectives_per_row, where));
  in.read_finite("descriptor", read.descriptors, read.dimensions);
  in.read<std::uint64_t>("evaluation", read.evaluations);
  in.read<std::uint8_t>("solved", read.solved);
  LargeColumn<std::uint64_t> flat;
  in.read<std::uint64_t>("parents", flat, 2);
  read.parents.reserve(read.size());
  for (std::size_t i = 0; i < flat.size(); i += 2) read.parents.push_back({flat[i], flat[i + 1]});
  *this = std::move(read);
}

void Individuals::require_batch(std::size_t rows, std::size_t dimensions_of_a_descriptor) const {
  if (dimensions != dimensions_of_a_descriptor) {
    throw ShapeError("the batch has descriptors of " + counted(dimensions, "dimension") +
                     ", but the search has " + std::to_string(dimensions_of_a_descriptor));
  }
  if (objectives_per_row == 0) throw ShapeError("the batch has no objective");
  check_count("valid", valid.size(), rows);
  each_column([&](const char* name, auto column, std::size_t width, bool may_lack) {
    const std::size_t length = (this->*column).size();
    if (length > 0 || !may_lack) check_count(name, length, rows * width);
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
