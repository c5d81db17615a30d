// Whether this processor can run what was built.
#pragma once

namespace cambrian::apps {

/// Ends the program in one line where it cannot. Runs by itself before any other code; that
/// program_main calls it makes the linker take it along.
void check_processor();

}  // namespace cambrian::apps
