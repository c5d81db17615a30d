#include "cambrian/configuration/detail/toml_depth.hpp"

#include <algorithm>

namespace cambrian {
namespace {

constexpr std::size_t kDeepest = 32;

/// Behind the string that begins at `at`. One on a single line ends with it at the latest.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool escapes = quote == '"';
  const std::string triple(3, quote);
  const bool long_one = text.substr(at).starts_with(triple);
  for (at += long_one ? 3 : 1; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (long_one && text.substr(at).starts_with(triple)) {
      at += 3;
      // Up to two quotes may stand before the three that close it.
      for (int extra = 0; extra < 2 && at < text.size() && text[at] == quote; ++extra) ++at;
      return at;
    } else if (!long_one && text[at] == quote) {
      return at + 1;
    } else if (!long_one && text[at] == '\n') {
      return at;
    }
  }
  return text.size();
}

/// Behind the comment or string that begins at `at`; `at` where none does. What stands in one is no
/// bracket, and ends no key.
std::size_t skipped(std::string_view text, std::size_t at) {
  if (text[at] == '#') return std::min(text.size(), text.find('\n', at));
  return text[at] == '"' || text[at] == '\'' ? end_of_string(text, at) : at;
}

}  // namespace

std::optional<TooDeep> too_deep(std::string_view toml) {
  std::size_t line = 1;
  std::size_t dots = 0;  // of the key that is being read
  std::size_t open = 0;  // brackets
  for (std::size_t at = 0; at < toml.size();) {
    if (const std::size_t behind = skipped(toml, at); behind > at) {
      line += static_cast<std::size_t>(std::ranges::count(toml.substr(at, behind - at), '\n'));
      at = behind;
      continue;
    }
    const char c = toml[at++];
    if (c == '\n') ++line;
    if (c == '[' || c == '{') ++open;
    if ((c == ']' || c == '}') && open > 0) --open;
    if (std::string_view("=,[]{}\n").find(c) != std::string_view::npos) dots = 0;
    if (c == '.') ++dots;
    const std::string limit = std::to_string(kDeepest);
    if (dots >= kDeepest) return TooDeep{line, "a key of more than " + limit + " parts"};
    if (open > kDeepest) return TooDeep{line, "brackets nested more than " + limit + " deep"};
  }
  return {};
}

}  // namespace cambrian
