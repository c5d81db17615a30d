// The words that messages and tables are made of: lists, counts, shares, durations, and what was
// probably meant by a name that is wrong.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/quoted.hpp"

namespace cambrian {

/// "a, b, c"; with `last` = " or ": "a, b or c".
/// @param items  a range of strings or whole numbers
template <class Items>
std::string joined(const Items& items, std::string_view between = ", ",
                   std::string_view last = {}) {
  std::string text;
  for (auto item = std::begin(items); item != std::end(items); ++item) {
    const bool is_last = !last.empty() && std::next(item) == std::end(items);
    if (item != std::begin(items)) text.append(is_last ? last : between);
    if constexpr (std::integral<std::decay_t<decltype(*item)>>)
      text.append(std::to_string(*item));
    else
      text.append(*item);
  }
  return text;
}

/// The same of each in quotes: "'a', 'b'".
template <class Words>
std::string all_quoted(const Words& words, std::string_view last = {}) {
  std::vector<std::string> shown;
  shown.reserve(std::size(words));
  for (const auto& word : words) shown.push_back(quoted(word));
  return joined(shown, ", ", last);
}

/// "1 elite", "2 elites"; a noun that is not so regular gives its plural: "2 batches".
std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural = {});

/// "32.1 %". Only a full share is "100.0 %", and only none at all is "0.0 %": what would round to
/// them is "> 99.9 %" and "< 0.1 %".
/// @param fraction  0 to 1  @param digits  behind the point
std::string percentage(double fraction, int digits);

/// "0.4s", "12s", "2m05s", "1h02m".
std::string duration(double seconds);
/// Seconds of "90", "90s", "30m", "2h" or "1d". @throws ConfigError naming `flag`
double parse_duration(const std::string& flag, const std::string& text);

/// The nearest of `known` to `word` by edit distance, empty if none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

/// "; did you mean 'grid'?", or `otherwise` if none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known,
                         const std::string& otherwise = {});

/// "one of 'grid', 'unstructured' is expected; did you mean 'grid'?"
std::string one_of_expected(std::string_view word, const std::vector<std::string>& known);

/// "there is no column 'objectiv'; did you mean 'objective'? There are: cell, objective".
std::string unknown_name(std::string_view what, std::string_view name,
                         const std::vector<std::string>& known);

}  // namespace cambrian
