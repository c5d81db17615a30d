// The text of a maze file as lines of words, for both of its forms.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "environments/maze/maze_file.hpp"

namespace cambrian {

/// A line that holds something, without its comment.
struct MazeLine {
  std::string where;                    ///< "hard.maze:7"
  std::vector<std::string_view> words;  ///< at least one; they lie in the text
};

/// The lines of the text that are neither empty nor comments. A byte order mark is passed over.
std::vector<MazeLine> maze_lines(std::string_view text, const std::string& name);

/// Farthest coordinate that a maze may have: beyond, single precision holds no maze units any more.
inline constexpr double kFarthestCoordinate = 1e6;

/// @throws ConfigError unless the word is a number within kFarthestCoordinate
double maze_number(std::string_view word, const std::string& where);

/// The numbers of a line from the word `first` on.
/// @param what  that they belong to, as messages call it  @throws ConfigError unless there are `count`
std::vector<double> maze_numbers(const MazeLine& line, std::size_t first, std::size_t count,
                                 const std::string& what);

/// @throws ConfigError unless it is 0 to 360 degrees
double maze_heading(double degrees, const std::string& where);

/// A wall from x1, y1, x2, y2. @throws ConfigError if it has no length
Wall maze_wall(const std::vector<double>& ends, const std::string& where);

}  // namespace cambrian
