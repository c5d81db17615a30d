// Queries of a run file: which columns of which rows, in which order, and how they are printed.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/query/elite_choice.hpp"
#include "cambrian/query/table.hpp"

namespace cambrian {

struct Query {
  std::string table = "archive";
  std::optional<std::string> select;   ///< names with commas; a matrix's name is all its columns
  std::optional<std::string> where;    ///< muparser: `objective > 0.8 && x < 0.5`
  std::optional<std::string> sort;     ///< column, column:asc or column:desc; missing values last
  std::optional<std::uint64_t> limit;  ///< the first so many, after sorting
  EliteChoice elite;  ///< only its rows, in an archive's table or those of its genomes
};

struct QueryResult {
  std::vector<TableColumn> columns;
  std::vector<std::size_t> rows;  ///< rows of the columns, in the order asked for
};

/// Reads only the columns that are asked for.
/// @throws ConfigError "--select: there is no column ..." and the like, Error for a damaged file
QueryResult run_query(const RunFileReader& file, const Query& query);
/// Of a table that is at hand; `query.table` and `query.elite` do not count.
QueryResult run_query(Table& table, const Query& query);

/// table: aligned, 6 digits; csv, json, jsonl: every number as short as it reads back the same.
/// A missing value is `nan` (no parent: nothing) in table and csv, null in JSON, as is an infinity.
/// Values that number words are printed as those words.
enum class TableFormat { table, csv, json, jsonl };
/// @throws ConfigError "--format: ..."
TableFormat table_format(const std::string& name);
void print(const QueryResult& result, TableFormat format, std::ostream& out);

}  // namespace cambrian
