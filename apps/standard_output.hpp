// What a verb prints for others to read; what is said on the side goes to standard error.
#pragma once

#include <functional>

namespace cambrian::apps {

/// Calls `print`, which writes to std::cout or stdout, and sees it out.
/// @throws FileError "standard output: cannot be written: No space left on device"
void print_out(const std::function<void()>& print);

}  // namespace cambrian::apps
