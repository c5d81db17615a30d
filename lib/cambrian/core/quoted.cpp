#include "cambrian/core/quoted.hpp"

#include <algorithm>
#include <cstdint>
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

/// Bytes of the UTF-8 character that the text begins with; 0 where it begins with none.
/// Source: Unicode 15, table 3-7.
std::size_t character_length(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80) return 0;
  }
  const unsigned second = byte_at(text, 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

std::uint32_t code_point(std::string_view character) {
  if (character.size() == 1) return byte_at(character, 0);
  std::uint32_t point = byte_at(character, 0) & (0x7FU >> character.size());
  for (std::size_t i = 1; i < character.size(); ++i)
    point = point << 6U | (byte_at(character, i) & 0x3FU);
  return point;
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
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (bytes == "\n") return "\\n";
  if (bytes == "\t") return "\\t";
  if (bytes == "\r") return "\\r";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned byte = byte_at(bytes, i);
    text.append("\\x").append(1, kDigits[byte / 16]).append(1, kDigits[byte % 16]);
  }
  return text;
}

std::vector<Shown> characters(std::string_view text) {
  std::vector<Shown> shown;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const std::string_view bytes = text.substr(0, std::max<std::size_t>(1, length));
    text.remove_prefix(bytes.size());
    if (length > 0 && !is_obeyed(code_point(bytes))) {
      shown.push_back({std::string(bytes), 1});
    } else {
      std::string code = escaped(bytes);
      const std::size_t width = code.size();
      shown.push_back({std::move(code), width});
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
