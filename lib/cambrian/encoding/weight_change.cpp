#include "cambrian/encoding/weight_change.hpp"

#include <cassert>

namespace cambrian {

double participation_ratio(std::span<const double> change) {
  double squares = 0.0;
  double fourths = 0.0;
  for (const double d : change) {
    squares += d * d;
    fourths += d * d * d * d;
  }
  return fourths > 0.0 ? squares * squares / fourths : 0.0;
}

double correlation_at_lag(std::span<const double> change, std::size_t columns, std::size_t lag) {
  assert(columns > 0 && change.size() % columns == 0 && lag < columns);
  double squares = 0.0;
  double products = 0.0;
  for (std::size_t row = 0; row < change.size(); row += columns) {
    for (std::size_t n = 0; n < columns; ++n) {
      squares += change[row + n] * change[row + n];
      if (n + lag < columns) products += change[row + n] * change[row + n + lag];
    }
  }
  if (!(squares > 0.0)) return 0.0;
  const double pairs = static_cast<double>(columns - lag) / static_cast<double>(columns);
  return products / (squares * pairs);
}

}  // namespace cambrian
