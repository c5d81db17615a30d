// What this program was built from: `cambrian --version`, and the run file's attributes
// `program_version` and `build`.
#pragma once

#include <string>

namespace cambrian {

/// "0.1.0"
std::string program_version();
/// One line: compiler, flags, versions of the libraries that results depend on.
std::string build_description();
/// "cambrian 0.1.0" and, line by line, what build_description() says.
std::string version_text();

}  // namespace cambrian
