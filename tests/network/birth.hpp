// For networks that draw nothing at their birth.
#pragma once

#include "cambrian/core/stream.hpp"

namespace cambrian {

inline Stream& birth() {
  static Stream stream({}, 0);
  return stream;
}

}  // namespace cambrian
