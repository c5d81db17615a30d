// How broad and how coherent a change of weights is: what one mutated gene does to a painted matrix.
// Definitions: participation ratio, as in physics; correlation by distance along an axis.
#pragma once

#include <cstddef>
#include <span>

namespace cambrian {

/// (sum d^2)^2 / sum d^4, the number of weights that take part in a change: 1 for one weight, n for a
/// change that is the same in all n, n/3 for independent normal ones. 0 where nothing changes.
double participation_ratio(std::span<const double> change);

/// The mean of d[m,n] d[m,n+lag] over all pairs `lag` apart along the second axis, divided by the mean
/// of d^2. 0 where nothing changes.
/// @param change  [size / columns, columns] row-major   @param lag  below columns
double correlation_at_lag(std::span<const double> change, std::size_t columns, std::size_t lag);

}  // namespace cambrian
