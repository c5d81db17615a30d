// Lengths and sizes that must be right where columns enter: checked in every build, once per batch
// or block.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>

#include "cambrian/core/error.hpp"

namespace cambrian {

/// A column, a row or a batch that does not have the length that goes with the others.
class ShapeError : public Error {
 public:
  using Error::Error;
};

[[noreturn]] void refuse_count(const char* what, std::size_t is, std::size_t expected);

/// @throws ShapeError "measures: there are 1; expected 2"
inline void check_count(const char* what, std::size_t is, std::size_t expected) {
  if (is != expected) refuse_count(what, is, expected);
}

/// Whether all numbers are finite, and none beyond `largest`. In one pass without branches, so that
/// it costs next to nothing in each batch.
template <std::ranges::range Values, class T = std::ranges::range_value_t<Values>>
bool all_finite(const Values& values, T largest = std::numeric_limits<T>::max()) {
  std::uint64_t finite = 1;
  for (const T value : values) finite &= static_cast<std::uint64_t>(std::abs(value) <= largest);
  return finite != 0;
}

}  // namespace cambrian
