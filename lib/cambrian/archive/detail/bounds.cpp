#include "cambrian/archive/detail/bounds.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian::detail {
namespace {

/// The bound list `key` of the parameters, or the descriptor's where it is empty.
std::vector<double> bound(const std::string& key, const std::vector<double>& chosen,
                          const std::vector<double>& declared, std::size_t dimensions) {
  const std::vector<double>& bounds = chosen.empty() ? declared : chosen;
  if (bounds.size() != dimensions) {
    throw ConfigError(key, "has " + counted(bounds.size(), "number") + ", but the descriptor has " +
                               counted(dimensions, "dimension"));
  }
  return bounds;
}

}  // namespace

void visit_bounds(ParameterVisitor& visitor, std::vector<double>& min, std::vector<double>& max) {
  visitor.reals("min", min, {},
                {"lower bounds of the cells; empty: those of the measures", "the measures' units",
                 "our choice"});
  visitor.reals("max", max, {},
                {"upper bounds of the cells; empty: those of the measures", "the measures' units",
                 "our choice"});
}

DescriptorSpace bounded(const DescriptorSpace& space, const std::vector<double>& min,
                        const std::vector<double>& max) {
  DescriptorSpace result = space;
  const std::size_t dimensions = space.dimensions();
  result.min = bound("min", min, space.min, dimensions);
  result.max = bound("max", max, space.max, dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const double low = result.min[d];
    const double high = result.max[d];
    if (!std::isfinite(low) || !std::isfinite(high)) {
      throw ConfigError(std::isfinite(low) ? "max" : "min",
                        "is needed, because '" + space.names[d] + "' declares no finite bound");
    }
    if (!(low < high)) {
      throw ConfigError("max",
                        fmt::format("must be above min, but for '{}' it is {:g}, and min {:g}",
                                    space.names[d], high, low));
    }
    if (!std::isfinite(high - low)) {
      throw ConfigError("max",
                        fmt::format("is too far from min for '{}': their difference is not a "
                                    "finite number",
                                    space.names[d]));
    }
  }
  return result;
}

}  // namespace cambrian::detail
