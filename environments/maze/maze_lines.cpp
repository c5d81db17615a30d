#include "environments/maze/maze_lines.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr double kShortestWall = 1e-6;

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r\v\f";
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; (begin = line.find_first_not_of(kBlank, begin)) != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(kBlank, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

}  // namespace

std::vector<MazeLine> maze_lines(std::string_view text, const std::string& name) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
    text.remove_prefix(kByteOrderMark.size());
  std::vector<MazeLine> lines;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    std::vector<std::string_view> words = words_of(line.substr(0, line.find('#')));
    if (!words.empty()) lines.push_back({name + ":" + std::to_string(number), std::move(words)});
  }
  return lines;
}

double maze_number(std::string_view word, const std::string& where) {
  std::string_view digits = word;
  if (digits.size() > 1 && digits[0] == '+' && digits[1] != '-') digits.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::invalid_argument || end != digits.data() + digits.size() ||
      (error == std::errc() && !std::isfinite(value))) {
    throw ConfigError(where, quoted(word) + " is not a number");
  }
  if (error != std::errc() || std::abs(value) > kFarthestCoordinate) {
    throw ConfigError(where, quoted(word) + " is out of range: expected -1e6 to 1e6");
  }
  return value;
}

std::vector<double> maze_numbers(const MazeLine& line, std::size_t first, std::size_t count,
                                 const std::string& what) {
  std::vector<double> values;
  for (std::size_t i = first; i < line.words.size(); ++i)
    values.push_back(maze_number(line.words[i], line.where));
  if (values.size() != count) {
    throw ConfigError(line.where, what + " takes " + counted(count, "number") + ", but " +
                                      std::to_string(values.size()) +
                                      (values.size() == 1 ? " is given" : " are given"));
  }
  return values;
}

double maze_heading(double degrees, const std::string& where) {
  if (degrees < 0 || degrees > 360) {
    throw ConfigError(where, "the heading must be 0 to 360 degrees");
  }
  return degrees;
}

Wall maze_wall(const std::vector<double>& ends, const std::string& where) {
  const double length = std::hypot(ends[2] - ends[0], ends[3] - ends[1]);
  if (length == 0) throw ConfigError(where, "the wall has no length");
  if (length < kShortestWall) throw ConfigError(where, "the wall is shorter than 1e-6");
  return {{ends[0], ends[1]}, {ends[2], ends[3]}};
}

}  // namespace cambrian
