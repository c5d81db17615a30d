#include "cambrian/query/query.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <sstream>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/query/detail/filter.hpp"

namespace cambrian {
namespace {

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// "id,descriptor" -> id, descriptor_0, descriptor_1.
std::vector<std::string> selected(const Table& table, const std::optional<std::string>& select) {
  if (!select) return table.names();
  std::vector<std::string> names;
  std::set<std::string> known;
  const auto add = [&](const std::string& name) {  // once: keys of JSON are unique
    if (known.insert(name).second) names.push_back(name);
  };
  std::istringstream parts(*select);
  for (std::string part; std::getline(parts, part, ',');) {
    part = trimmed(part);
    if (part.empty()) throw ConfigError("--select", "an empty name in " + quoted(*select));
    bool is_matrix = false;
    for (std::size_t i = 0; !table.has(part); ++i) {
      const std::string component = std::string(part).append("_").append(std::to_string(i));
      if (!table.has(component)) break;
      is_matrix = true;
      add(component);
    }
    if (is_matrix) continue;
    table.require(part, "--select");
    add(part);
  }
  if (names.empty()) throw ConfigError("--select", "names no column");
  return names;
}

/// Missing values last, in either order.
void sort_rows(const TableColumn& column, std::vector<std::size_t>& rows, bool ascending) {
  std::visit(
      [&](const auto& values) {
        std::ranges::stable_sort(rows, [&](std::size_t a, std::size_t b) {
          if (column.missing(a) || column.missing(b)) return !column.missing(a);
          return ascending ? values[a] < values[b] : values[b] < values[a];
        });
      },
      column.values);
}

void sort_by(Table& table, const std::string& sort, std::vector<std::size_t>& rows) {
  const auto colon = sort.find(':');
  const std::string name = trimmed(sort.substr(0, colon));
  const std::string order = colon == std::string::npos ? "asc" : trimmed(sort.substr(colon + 1));
  if (order != "asc" && order != "desc")
    throw ConfigError("--sort", "the order " + quoted(order) + " is neither asc nor desc");
  table.require(name, "--sort");
  const TableColumn column = table.read(name);
  sort_rows(column, rows, order == "asc");
}

bool has_column(const RunFileReader& file, const std::string& group, const std::string& name) {
  return std::ranges::count(file.columns(group), name, &ColumnInfo::name) > 0;
}

/// The rows of an elite: one in its archive and in the group of its genome, several where the group
/// above says so by `<table>_offset` (genome/edge).
RowRange rows_of(const RunFileReader& file, const std::string& table, const EliteChoice& elite) {
  std::string archive = table;
  while (!has_column(file, archive, "id")) {
    const auto slash = archive.rfind('/');
    if (slash == std::string::npos)
      throw ConfigError(elite.best            ? "--best"
                        : !elite.near.empty() ? "--near"
                                              : "--id",
                        "table " + quoted(table) + " does not belong to an archive");
    archive.resize(slash);
  }
  const std::size_t row = elite_row(file, archive, elite);
  const auto slash = table.rfind('/');
  if (archive == table || slash == std::string::npos) return {row, row + 1};
  const std::string offset = table.substr(slash + 1) + "_offset";
  const std::string above = table.substr(0, slash);
  if (!has_column(file, above, offset)) return {row, row + 1};
  const ColumnData column = file.column(above, offset, RowRange{row, row + 2});
  const auto* bounds = std::get_if<std::vector<std::uint64_t>>(&column);
  if (bounds == nullptr || bounds->front() > bounds->back())
    throw Error(above + "/" + offset + ": is damaged");
  return {bounds->front(), bounds->back()};
}

}  // namespace

QueryResult run_query(const RunFileReader& file, const Query& query) {
  Table table(file, query.table);
  if (query.elite) table.narrow(rows_of(file, query.table, query.elite));
  return run_query(table, query);
}

QueryResult run_query(Table& table, const Query& query) {
  const std::vector<std::string> names = selected(table, query.select);
  QueryResult result;
  if (query.where) {
    result.rows = matching_rows(table, *query.where);
  } else {
    result.rows.resize(table.rows());
    std::iota(result.rows.begin(), result.rows.end(), std::size_t{0});
  }
  if (query.sort) sort_by(table, *query.sort, result.rows);
  if (query.limit && *query.limit < result.rows.size()) result.rows.resize(*query.limit);
  for (const std::string& name : names) result.columns.push_back(table.read(name));
  return result;
}

TableFormat table_format(const std::string& name) {
  if (name == "table") return TableFormat::table;
  if (name == "csv") return TableFormat::csv;
  if (name == "json") return TableFormat::json;
  if (name == "jsonl") return TableFormat::jsonl;
  throw ConfigError("--format", unknown_name("format", name, {"table", "csv", "json", "jsonl"}));
}

}  // namespace cambrian
