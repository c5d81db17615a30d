// The keys min and max, which all kinds of cells have.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "cambrian/archive/descriptor.hpp"
#include "cambrian/core/parameters.hpp"

namespace cambrian::detail {

void visit_bounds(ParameterVisitor& visitor, std::vector<double>& min, std::vector<double>& max);

/// The descriptor's axes with chosen bounds; an empty list: those of the descriptor.
/// @throws ConfigError unless there is a finite bound for each axis, max above min
DescriptorSpace bounded(const DescriptorSpace& space, const std::vector<double>& min,
                        const std::vector<double>& max);

/// Whether a measure is a finite number, in one comparison.
inline bool is_finite(double measure) {
  return (measure < 0 ? -measure : measure) <= std::numeric_limits<double>::max();
}

}  // namespace cambrian::detail
