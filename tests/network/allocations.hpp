// Counts what the whole program allocates, so that a test can say that a stretch of it allocates
// nothing.
#pragma once

#include <cstddef>

namespace cambrian {

std::size_t allocations();

}  // namespace cambrian
