// What a user wrote or a file holds, as messages show it: printable, on one line, and short.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cambrian {

/// Characters of a line that says what is wrong, whatever it quotes.
constexpr std::size_t kLongestMessage = 2000;

/// The text on one line without anything that a terminal obeys: valid UTF-8 stays as it is, control
/// characters, marks that turn the direction of writing, and bytes that are not UTF-8 become \n,
/// \t, \r or \x1b.
/// @param most  characters; a longer text loses its middle, in whose place "..." stands
std::string printable(std::string_view text, std::size_t most);

/// The same in single quotes, of at most 60 characters: 'gird'.
std::string quoted(std::string_view text);
// Without these, std::quoted would be the better match for a std::string.
inline std::string quoted(const std::string& text) { return quoted(std::string_view(text)); }
inline std::string quoted(std::string& text) { return quoted(std::string_view(text)); }
inline std::string quoted(const char* text) { return quoted(std::string_view(text)); }

/// A path as a shell takes it for one argument: quoted where the shell would take it apart.
std::string shell_argument(const std::string& path);

}  // namespace cambrian
