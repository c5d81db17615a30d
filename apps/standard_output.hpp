// What a verb prints as its result; messages go to standard error.
#pragma once

#include <functional>

namespace cambrian::apps {

/// Calls `print`, which writes to std::cout or stdout, and checks that all of it was written.
/// @throws FileError "standard output: cannot be written: No space left on device"
void print_out(const std::function<void()>& print);

}  // namespace cambrian::apps
