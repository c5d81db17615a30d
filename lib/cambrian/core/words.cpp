#include "cambrian/core/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <span>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

std::string fixed(double value, int digits) { return fmt::format("{:.{}f}", value, digits); }

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

std::string lower(std::string_view word) {
  std::string text(word);
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool begins_with(const std::string& word, const std::string& start) {
  return start.size() >= 3 && word.starts_with(start);
}

}  // namespace

std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural) {
  std::string text = std::to_string(count) + " ";
  if (count == 1 || plural.empty()) return text.append(noun).append(count == 1 ? "" : "s");
  return text.append(plural);
}

std::string percentage(double fraction, int digits) {
  const double step = std::pow(10.0, -digits);
  const std::string rounded = fixed(100 * fraction, digits);
  if (fraction > 0 && rounded == fixed(0, digits)) return "< " + fixed(step, digits) + " %";
  if (fraction < 1 && rounded == fixed(100, digits)) return "> " + fixed(100 - step, digits) + " %";
  return rounded + " %";
}

std::string duration(double seconds) {
  if (!(seconds >= 9.95 && seconds < 1e15)) {  // a file may hold anything
    const std::string text = fixed(seconds, 1);
    return (text.ends_with(".0") ? text.substr(0, text.size() - 2) : text) + "s";
  }
  const auto whole = static_cast<std::uint64_t>(seconds);
  if (whole < 60) return fmt::format("{}s", whole);
  if (whole < 3600) return fmt::format("{}m{:02}s", whole / 60, whole % 60);
  return fmt::format("{}h{:02}m", whole / 3600, whole / 60 % 60);
}

double parse_duration(const std::string& flag, const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string unit(end, text.data() + text.size());
  const double scale = unit.empty() || unit == "s" ? 1.0
                       : unit == "m"               ? 60.0
                       : unit == "h"               ? 3600.0
                       : unit == "d"               ? 86400.0
                                                   : 0.0;
  if (error != std::errc() || scale == 0.0 || !(value >= 0.0)) {
    throw ConfigError(flag, quoted(text) + " is not a time; write 90s, 30m, 2h or 1d");
  }
  return value * scale;
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
  const std::string wanted = lower(word);
  std::string nearest;
  std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const auto [shorter, longer] = std::minmax({wanted.size(), candidate.size()});
    if (longer - shorter >= least) continue;  // at least so far apart
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance < least && distance < wanted.size()) {
      least = distance;
      nearest = candidate;
    }
  }
  if (!nearest.empty()) return nearest;
  // A word cut short, or one with something added, is near however long the rest is.
  for (const std::string& candidate : known) {
    const std::string other = lower(candidate);
    if (begins_with(other, wanted) || begins_with(wanted, other)) return candidate;
  }
  return {};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known,
                         const std::string& otherwise) {
  const std::string near = nearest_word(word, known);
  return near.empty() ? otherwise : "; did you mean " + quoted(near) + "?";
}

std::string one_of_expected(std::string_view word, const std::vector<std::string>& known) {
  return (known.size() == 1 ? "" : "one of ") + all_quoted(known) + " is expected" +
         did_you_mean(word, known);
}

std::string unknown_name(std::string_view what, std::string_view name,
                         const std::vector<std::string>& known) {
  constexpr std::size_t kMostListed = 40;
  constexpr std::size_t kShown = 60;  // characters of each
  std::vector<std::string> listed;
  for (const std::string& one : std::span(known).first(std::min(known.size(), kMostListed)))
    listed.push_back(printable(one, kShown));
  if (known.size() > kMostListed) listed.emplace_back("...");
  return "there is no " + std::string(what) + " " + quoted(name) + did_you_mean(name, known, ".") +
         " There are: " + joined(listed);
}

}  // namespace cambrian
