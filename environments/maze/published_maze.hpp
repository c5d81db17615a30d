// Maze files in the format of the novelty search papers' programs: bare numbers, whose meaning
// depends on their position (maze_file.hpp shows one).
//
// One reader covers the published variants: novelty-search-cpp (count, start, heading, goal,
// walls), its successors (numbers of their own before the count, a second goal after the first),
// and ports that add comments and empty lines. Lines are told apart by how many numbers they hold.
#pragma once

#include <string>
#include <vector>

#include "environments/maze/maze_lines.hpp"

namespace cambrian {

/// True if the first word is a number and not a keyword.
bool is_published_maze(const std::vector<MazeLine>& lines);

/// @param name  of the file, for messages. @throws ConfigError "hard_maze.txt:7: what"
Maze parse_published_maze(const std::vector<MazeLine>& lines, const std::string& name);

}  // namespace cambrian
