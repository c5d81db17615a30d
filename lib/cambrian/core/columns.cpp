#include "cambrian/core/columns.hpp"

#include <algorithm>
#include <string_view>

namespace cambrian {
namespace {

/// Characters of UTF-8: bytes that do not continue one.
std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & '\xC0') != '\x80'; }));
}

}  // namespace

void Columns::fit(std::span<const std::string> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i)
    columns_.at(i).width = std::max(columns_[i].width, characters_in(cells[i]));
}

void Columns::write(std::span<const std::string> cells, std::string& text) const {
  std::size_t blanks = indent_;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto& [side, width] = columns_.at(i);
    const std::size_t room = width - std::min(width, characters_in(cells[i]));
    text.append(blanks + (side == Side::right ? room : 0), ' ').append(cells[i]);
    blanks = 2 + (side == Side::left ? room : 0);
  }
  text += '\n';
}

std::string sheet(const std::vector<TextRow>& rows) {
  std::size_t most = 0;
  for (const TextRow& row : rows) most = std::max(most, row.size());
  Columns columns(most, 2);
  for (const TextRow& row : rows) columns.fit(row);
  std::string text;
  for (const TextRow& row : rows) columns.write(row, text);
  return text;
}

}  // namespace cambrian
