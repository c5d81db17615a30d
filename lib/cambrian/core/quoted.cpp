#include "cambrian/core/quoted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace cambrian {
namespace {

/// What stands for a character or a byte, and how wide it is.
struct Shown {
  std::string text;
  std::size_t width;
};

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

/// Bytes of the UTF-8 character that the text begins with, and its code point; 0 bytes where it
/// begins with none.
/// Source: Unicode 15, table 3-7.
std::pair<std::size_t, std::uint32_t> first_character(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  if (first < 0x80) return {1, first};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {0, 0};
  std::uint32_t point = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80) return {0, 0};
    point = point << 6U | (byte_at(text, i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  const bool right = point >= kLeast[length] && point <= 0x10FFFF && !surrogate;
  return {right ? length : 0, point};
}

/// Control characters, line and paragraph separators, and marks of the direction of writing.
bool is_obeyed(std::uint32_t point) {
  const auto within = [point](std::uint32_t first, std::uint32_t last) {
    return point >= first && point <= last;
  };
  return point < 0x20 || within(0x7F, 0x9F) || within(0x200E, 0x200F) || within(0x2028, 0x202E) ||
         within(0x2066, 0x2069) || point == 0xFEFF;
}

std::string escaped(std::string_view bytes) {
  if (bytes == "\n") return "\\n";
  if (bytes == "\t") return "\\t";
  if (bytes == "\r") return "\\r";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    text += fmt::format("\\x{:02x}", byte_at(bytes, i));
  return text;
}

std::vector<Shown> characters(std::string_view text) {
  std::vector<Shown> shown;
  while (!text.empty()) {
    const auto [length, point] = first_character(text);
    const std::string_view bytes = text.substr(0, std::max<std::size_t>(1, length));
    text.remove_prefix(bytes.size());
    if (length > 0 && !is_obeyed(point)) {
      shown.push_back({std::string(bytes), 1});
    } else {
      const std::string code = escaped(bytes);
      shown.push_back({code, code.size()});
    }
  }
  return shown;
}

/// As many from the beginning as `room` holds; all of them where there are no more.
template <class Iterator>
Iterator fill(Iterator begin, Iterator end, std::size_t room) {
  for (; begin != end && begin->width <= room; ++begin) room -= begin->width;
  return begin;
}

std::string shown_text(auto begin, auto end) {
  std::string text;
  for (; begin != end; ++begin) text += begin->text;
  return text;
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  constexpr std::size_t kLongest = 4;  // bytes of a character
  const std::size_t bytes = kLongest * most;
  const bool huge = text.size() > 2 * bytes;  // then its middle is not even looked at
  const std::vector<Shown> head = characters(huge ? text.substr(0, bytes) : text);
  if (!huge && fill(head.begin(), head.end(), most) == head.end())
    return shown_text(head.begin(), head.end());
  const std::vector<Shown> tail = huge ? characters(text.substr(text.size() - bytes)) : head;
  const std::size_t kept = most > 3 ? most - 3 : 0;  // beside the dots
  const auto head_end = fill(head.begin(), head.end(), kept - kept / 3);
  const auto tail_begin = fill(tail.rbegin(), tail.rend(), kept / 3).base();
  return shown_text(head.begin(), head_end) + "..." + shown_text(tail_begin, tail.end());
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 60;
  return "'" + printable(text, kMost) + "'";
}

std::string shell_argument(const std::string& path) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+:@%";
  std::string word = (path.starts_with('-') ? "./" : "") + path;
  if (word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace cambrian
