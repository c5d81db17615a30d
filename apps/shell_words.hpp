// Words of shell scripts.
#pragma once

#include <string>
#include <string_view>

namespace cambrian::apps {

/// A name for a function: "my-program" is my_program.
std::string identifier(std::string_view name);
/// The text with a backslash before each of `special`.
std::string escaped(std::string_view text, std::string_view special);

}  // namespace cambrian::apps
