// Aligned text: tables, and sheets of names with what is said about them. First every row is
// fitted, then each is written, so that a table of any length needs no copy.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cambrian {

enum class Side { left, right };

/// Columns as wide as their widest cell, in characters, with two blanks between them.
class Columns {
 public:
  struct Column {
    Side side = Side::left;
    std::size_t width = 0;  ///< at least
  };
  /// @param indent  blanks before every line
  explicit Columns(std::vector<Column> columns, std::size_t indent = 0)
      : columns_(std::move(columns)), indent_(indent) {}
  /// So many that are flush left.
  explicit Columns(std::size_t columns, std::size_t indent = 0)
      : columns_(columns), indent_(indent) {}

  /// @param cells  as many as there are columns, or fewer
  void fit(std::span<const std::string> cells);
  /// Appends a line; a cell that is too wide pushes those behind it.
  void write(std::span<const std::string> cells, std::string& text) const;

 private:
  std::vector<Column> columns_;
  std::size_t indent_;
};

/// A row of cells: a name, and what is said of it.
using TextRow = std::vector<std::string>;

/// All rows at once, as wide as they need; the columns are flush left and indented by two blanks.
std::string sheet(const std::vector<TextRow>& rows);

}  // namespace cambrian
