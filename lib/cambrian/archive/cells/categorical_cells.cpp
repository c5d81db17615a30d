#include "cambrian/archive/cells/categorical_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cambrian/archive/detail/bounds.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// More categories are numbers that should be cut evenly.
constexpr double kMostCategories = 1e6;

}  // namespace

void CategoricalKeys::visit_cells(ParameterVisitor& visitor) {
  visitor.texts("categorical", categorical,
                {"measures that take whole numbers, one cell for each from min to max", "",
                 "pyribs: CategoricalArchive"});
  visitor.integers("shape", shape, {1, 4'294'967'294},
                   {"cells of each of the other axes, in their order; empty: 100 each", "cells",
                    "Mouret & Clune 2015"});
  detail::visit_bounds(visitor, min, max);
  visitor.real("index_shift", index_shift, {0, 0.5},
               {"added to cells * (measure - min) before the division by the width", "", "pyribs"});
}

std::unique_ptr<Cells> CategoricalKeys::make_cells(const ArchiveContext& context) const {
  if (categorical.empty()) {
    throw ConfigError("categorical",
                      "is empty, but names of measures are expected; with none use \"grid\"");
  }
  DescriptorSpace axes = detail::bounded(context.space, min, max);
  for (const std::string& name : categorical) {
    if (std::ranges::find(axes.names, name) == axes.names.end())
      throw ConfigError("categorical", unknown_name("measure of the descriptor", name, axes.names));
  }
  std::vector<std::int64_t> cells;
  std::size_t even = 0;
  for (std::size_t d = 0; d < axes.dimensions(); ++d) {
    if (std::ranges::find(categorical, axes.names[d]) == categorical.end()) {
      cells.push_back(even < shape.size() ? shape[even] : 100);
      ++even;
      continue;
    }
    const double count = axes.max[d] - axes.min[d] + 1;
    for (const auto& [key, bound] : {std::pair("min", axes.min[d]), std::pair("max", axes.max[d])})
      if (bound != std::round(bound))
        throw ConfigError(key, fmt::format("must be a whole number for '{}', which is categorical, "
                                           "but is {:g}",
                                           axes.names[d], bound));
    if (count > kMostCategories)
      throw ConfigError("categorical", quoted(axes.names[d]) + " has more than a million values");
    cells.push_back(static_cast<std::int64_t>(count));
    axes.min[d] -= 0.5;
    axes.max[d] += 0.5;
  }
  if (!shape.empty() && shape.size() != even) {
    throw ConfigError("shape", "has " + counted(shape.size(), "number") + ", but " +
                                   counted(even, "axis", "axes") + " of the descriptor " +
                                   (even == 1 ? "is" : "are") + " not categorical");
  }
  return std::make_unique<CategoricalCells>(
      categorical, GridCells(cells, axes.min, axes.max, index_shift, context.space));
}

void CategoricalCells::load_table(const StateReader& table) {
  grid_.load_table(table);
  if (table.attribute_as<std::vector<std::string>>("categorical") != categorical_)
    throw Error("archive: has other categorical axes than the configuration's");
}

}  // namespace cambrian
