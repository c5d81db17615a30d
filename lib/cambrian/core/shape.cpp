#include "cambrian/core/shape.hpp"

#include <string>

namespace cambrian {

void refuse_count(const char* what, std::size_t is, std::size_t expected) {
  throw ShapeError(std::string(what) + ": there are " + std::to_string(is) + "; expected " +
                   std::to_string(expected));
}

}  // namespace cambrian
