// Lengths that must agree where columns enter: checked in every build, once per batch or block.
#pragma once

#include <cstddef>

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

}  // namespace cambrian
