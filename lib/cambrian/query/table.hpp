// A table of a run file as columns of numbers: any group of equally long datasets. A matrix is a
// column for each of its own: `descriptor` [N, 2] is descriptor_0 and descriptor_1, also by the
// names that the archive gives them (x, y).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/run_file/run_file.hpp"

namespace cambrian {

/// A column of one number per row.
struct TableColumn {
  std::string name;      ///< as asked for
  ColumnData values;     ///< [rows]
  bool is_link = false;  ///< ids of parents, where the largest u64 means none
  bool is_flag = false;  ///< 0 or 1; true or false in JSON
  /// Printed for the values, which number them; what they do not name is printed as a number.
  std::vector<std::string> words = {};

  std::size_t rows() const;
  /// Whether there is no value: NaN, or no parent.
  bool missing(std::size_t row) const;
  /// For expressions; NaN where missing. u64 is exact up to 2^53.
  double number(std::size_t row) const;
  /// The word that is printed for the value; null: none.
  const std::string* word(std::size_t row) const;
};

/// Reads columns when they are asked for, each dataset once.
class Table {
 public:
  /// @param file  outlives the table
  /// @param name  "archive", "history", "archives/driver", ...
  /// @throws ConfigError naming the tables that there are
  Table(const RunFileReader& file, const std::string& name);
  /// A table that lies in no file. @param columns  equally long
  Table(std::string name, const std::vector<TableColumn>& columns);

  /// Leaves some of its rows; the others are not read. Comes before any read.
  /// @throws Error if it has fewer
  void narrow(RowRange rows);

  std::size_t rows() const { return rows_; }
  /// Names of all columns, in the order in which they are shown: id, objectives, descriptor, then
  /// the others by name. Columns of another length than the table are left out.
  std::vector<std::string> names() const;
  /// With the other names that columns have, sorted.
  std::vector<std::string> all_names() const;
  bool has(const std::string& column) const { return fields_.contains(column); }
  /// @throws Error if the file is damaged
  TableColumn read(const std::string& column);
  /// @throws ConfigError "flag: there is no column ...; did you mean ...?"
  void require(const std::string& column, const std::string& flag) const;

 private:
  /// Where a column lies: in which dataset, and which of its columns it is.
  struct Field {
    std::string dataset;
    std::size_t component = 0;
    std::size_t width = 1;
    std::size_t order = 0;  ///< among the names; aliases share that of their column
    bool alias = false;
  };
  void add_aliases(const std::string& dataset, const std::vector<std::string>& names);

  const RunFileReader* file_ = nullptr;
  std::string name_;
  std::size_t rows_ = 0;
  std::optional<RowRange> range_;  ///< in the file; none: all
  std::map<std::string, Field> fields_;
  std::map<std::string, ColumnData> datasets_;  ///< those in memory: read so far, or given
  std::map<std::string, std::vector<std::string>> words_;  ///< of the columns that have some
};

/// An attribute's texts; none where there are none.
std::vector<std::string> texts_of(const StateReader& group, std::string_view attribute);

/// Paths of the groups that hold columns, without what is private to the program (`checkpoint`,
/// `state`).
std::vector<std::string> table_names(const RunFileReader& file);

}  // namespace cambrian
