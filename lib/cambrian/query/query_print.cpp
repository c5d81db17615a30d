#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "cambrian/core/columns.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/query/query.hpp"

namespace cambrian {
namespace {

using Buffer = fmt::memory_buffer;
/// Written out whenever it is longer than this.
constexpr std::size_t kBlock = 65536;

void append(Buffer& buffer, std::string_view text) {
  buffer.append(text.data(), text.data() + text.size());
}

/// The shortest text that reads back the same; `digits` shortens reals.
void append_value(Buffer& buffer, const TableColumn& column, std::size_t row, int digits = 0) {
  std::visit(
      [&](const auto& values) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_floating_point_v<T>) {
          if (digits > 0) {
            fmt::format_to(std::back_inserter(buffer), "{:.{}g}", values[row], digits);
            return;
          }
        } else if (column.missing(row)) {
          return;
        }
        fmt::format_to(std::back_inserter(buffer), "{}", values[row]);
      },
      column.values);
}

std::string quoted_json(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_json(Buffer& buffer, const TableColumn& column, std::size_t row) {
  const double number = column.number(row);
  if (column.is_flag)
    append(buffer, number != 0 ? "true" : "false");
  else if (const std::string* word = column.word(row))
    append(buffer, quoted_json(*word));
  else if (std::isfinite(number))
    append_value(buffer, column, row);
  else
    append(buffer, "null");
}

void flush(Buffer& buffer, std::ostream& out, std::size_t above = 0) {
  if (buffer.size() <= above) return;
  out.write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  buffer.clear();
}

/// RFC 4180: a text with a comma, a quote or a line break is quoted.
std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void print_csv(const QueryResult& result, std::ostream& out) {
  Buffer buffer;
  for (std::size_t i = 0; i < result.columns.size(); ++i) {
    append(buffer, i > 0 ? "," : "");
    append(buffer, csv_text(result.columns[i].name));
  }
  append(buffer, "\n");
  for (const std::size_t row : result.rows) {
    for (std::size_t i = 0; i < result.columns.size(); ++i) {
      append(buffer, i > 0 ? "," : "");
      if (const std::string* word = result.columns[i].word(row))
        append(buffer, csv_text(*word));
      else
        append_value(buffer, result.columns[i], row);
    }
    append(buffer, "\n");
    flush(buffer, out, kBlock);
  }
  flush(buffer, out);
}

/// @param lines  one object per line, without the array around them
void print_json(const QueryResult& result, bool lines, std::ostream& out) {
  std::vector<std::string> keys;
  for (const TableColumn& column : result.columns) keys.push_back(quoted_json(column.name) + ": ");
  Buffer buffer;
  append(buffer, lines ? "" : "[");
  for (std::size_t at = 0; at < result.rows.size(); ++at) {
    if (!lines) append(buffer, at > 0 ? ",\n " : "\n ");
    append(buffer, "{");
    for (std::size_t i = 0; i < keys.size(); ++i) {
      append(buffer, i > 0 ? ", " : "");
      append(buffer, keys[i]);
      append_json(buffer, result.columns[i], result.rows[at]);
    }
    append(buffer, lines ? "}\n" : "}");
    flush(buffer, out, kBlock);
  }
  if (!lines) append(buffer, result.rows.empty() ? "]\n" : "\n]\n");
  flush(buffer, out);
}

void print_table(const QueryResult& result, std::ostream& out) {
  constexpr int kDigits = 6;
  constexpr std::size_t kLongestName = 60;  // a file may hold anything
  TextRow cells;
  for (const TableColumn& column : result.columns)
    cells.push_back(printable(column.name, kLongestName));
  Columns columns(std::vector<Columns::Column>(cells.size(), {Side::right, 0}));
  columns.fit(cells);
  const TextRow names = cells;
  Buffer cell;
  const auto read_row = [&](std::size_t row) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (const std::string* word = result.columns[i].word(row)) {
        cells[i] = printable(*word, kLongestName);
        continue;
      }
      cell.clear();
      append_value(cell, result.columns[i], row, kDigits);
      cells[i].assign(cell.data(), cell.size());
    }
  };
  for (const std::size_t row : result.rows) {
    read_row(row);
    columns.fit(cells);
  }
  std::string text;
  columns.write(names, text);
  for (const std::size_t row : result.rows) {
    read_row(row);
    columns.write(cells, text);
    if (text.size() > kBlock) out << std::exchange(text, {});
  }
  out << text;
}

}  // namespace

void print(const QueryResult& result, TableFormat format, std::ostream& out) {
  switch (format) {
    case TableFormat::table:
      return print_table(result, out);
    case TableFormat::csv:
      return print_csv(result, out);
    case TableFormat::json:
      return print_json(result, false, out);
    case TableFormat::jsonl:
      return print_json(result, true, out);
  }
}

}  // namespace cambrian
