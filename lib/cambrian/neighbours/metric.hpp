// The two metrics, term by term. Every index of this room sums the terms in order of dimension, so
// a distance has the same bits wherever the point lies.
#pragma once

#include <cmath>
#include <cstdint>

namespace cambrian {

enum class Metric : std::uint8_t { squared_euclidean, manhattan };

template <Metric metric>
inline double distance_term(double difference) {
  if constexpr (metric == Metric::squared_euclidean) {
    return difference * difference;
  } else {
    return std::abs(difference);
  }
}

}  // namespace cambrian
