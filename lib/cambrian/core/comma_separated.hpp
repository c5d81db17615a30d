// Numbers between commas: lines of CSV, and points such as --near 30,20.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace cambrian {

/// What stands between commas, without the blanks around it.
inline std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) {
    cell.erase(cell.find_last_not_of(" \t\r") + 1);
    cells.push_back(cell.substr(std::min(cell.size(), cell.find_first_not_of(" \t"))));
  }
  return cells;
}

/// None unless the whole cell is a number.
template <class T>
std::optional<T> number(const std::string& cell) {
  T value = 0;
  const char* end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

}  // namespace cambrian
