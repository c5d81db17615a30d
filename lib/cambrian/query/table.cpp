#include "cambrian/query/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// Deeper groups than these are damage.
constexpr int kDeepest = 8;
constexpr std::size_t kWidest = 1U << 20;

/// What comes first in a table; the rest follows by name.
std::size_t rank_of(const std::string& dataset) {
  constexpr std::array<std::string_view, 12> kFirst = {
      "id",           "evaluations", "generations", "wall_seconds", "objective", "objectives",
      "archive_size", "coverage",    "qd_score",    "descriptor",   "cell",      "evaluation"};
  const auto found = std::find(kFirst.begin(), kFirst.end(), dataset);
  return static_cast<std::size_t>(found - kFirst.begin());
}

/// A table is as long as its id, or its evaluations; without either, as its first column.
std::size_t length_of(const std::vector<ColumnInfo>& columns) {
  for (const char* name : {"id", "evaluations"})
    for (const ColumnInfo& column : columns)
      if (column.name == name) return column.rows;
  return columns.front().rows;
}

void collect_tables(const StateReader& group, const std::string& path, int depth,
                    std::vector<std::string>& names) {
  if (depth > kDeepest) return;
  if (!path.empty() && !group.columns().empty()) names.push_back(path);
  for (const std::string& child : group.groups()) {
    if (child == "state" || (path.empty() && child == "checkpoint")) continue;
    collect_tables(*group.group(child), path.empty() ? child : path + "/" + child, depth + 1,
                   names);
  }
}

}  // namespace

std::size_t TableColumn::rows() const {
  return std::visit([](const auto& data) { return data.size(); }, values);
}

bool TableColumn::missing(std::size_t row) const {
  return std::visit(
      [&](const auto& data) {
        using T = typename std::decay_t<decltype(data)>::value_type;
        if constexpr (std::is_floating_point_v<T>) return std::isnan(data[row]);
        if constexpr (std::is_same_v<T, std::uint64_t>) return is_link && data[row] == kNoParent;
        return false;
      },
      values);
}

double TableColumn::number(std::size_t row) const {
  if (missing(row)) return std::numeric_limits<double>::quiet_NaN();
  return std::visit([&](const auto& data) { return static_cast<double>(data[row]); }, values);
}

const std::string* TableColumn::word(std::size_t row) const {
  if (words.empty()) return nullptr;
  const double value = number(row);
  return value >= 0 && value < static_cast<double>(words.size())
             ? &words[static_cast<std::size_t>(value)]
             : nullptr;
}

std::vector<std::string> texts_of(const StateReader& group, std::string_view attribute) {
  return group.attribute_if<std::vector<std::string>>(attribute).value_or(
      std::vector<std::string>());
}

std::vector<std::string> table_names(const RunFileReader& file) {
  std::vector<std::string> names;
  collect_tables(file.root(), "", 0, names);
  return names;
}

Table::Table(const RunFileReader& file, const std::string& name) : file_(&file), name_(name) {
  const std::vector<std::string> known = table_names(file);
  if (std::ranges::count(known, name) == 0)
    throw ConfigError("--table", unknown_name("table", name, known));
  std::vector<ColumnInfo> columns = file.columns(name);
  std::stable_sort(columns.begin(), columns.end(), [](const ColumnInfo& a, const ColumnInfo& b) {
    return rank_of(a.name) < rank_of(b.name);
  });
  rows_ = length_of(columns);
  for (const ColumnInfo& column : columns) {
    if (column.rows != rows_) continue;
    if (column.width > kWidest)
      throw Error(name + "/" + column.name + ": has " + std::to_string(column.width) +
                  " columns; a table of more than " + std::to_string(kWidest) + " is not shown");
    for (std::size_t i = 0; i < column.width; ++i) {
      std::string field = column.name;
      if (!column.flat) field.append("_").append(std::to_string(i));
      fields_[field] = {column.name, i, column.width, fields_.size(), false};
    }
  }
  const auto group = file.group(name);
  add_aliases("descriptor", texts_of(*group, "descriptor_names"));
  add_aliases("objectives", texts_of(*group, "objective_names"));
  for (const char* named : {"operator", "origin", "kind", "activation"})
    words_[named] = texts_of(*group, std::string(named) + "_names");
}

void Table::narrow(RowRange rows) {
  if (rows.begin > rows.end || rows.end > rows_)
    throw Error(name_ + ": has fewer rows than its elites refer to");
  range_ = rows;
  rows_ = rows.size();
}

Table::Table(std::string name, const std::vector<TableColumn>& columns) : name_(std::move(name)) {
  for (const TableColumn& column : columns) {
    rows_ = column.rows();
    fields_[column.name] = {column.name, 0, 1, fields_.size(), false};
    datasets_[column.name] = column.values;
    if (!column.words.empty()) words_[column.name] = column.words;
  }
}

void Table::add_aliases(const std::string& dataset, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string column = dataset;
    column.append("_").append(std::to_string(i));
    const auto found = fields_.find(column);
    if (found == fields_.end() || fields_.contains(names[i])) continue;
    Field field = found->second;
    field.alias = true;
    fields_.emplace(names[i], std::move(field));
  }
}

std::vector<std::string> Table::names() const {
  std::map<std::size_t, std::string> names;
  for (const auto& [name, field] : fields_)
    if (!field.alias) names[field.order] = name;
  std::vector<std::string> in_order;
  in_order.reserve(names.size());
  for (const auto& [order, name] : names) in_order.push_back(name);
  return in_order;
}

std::vector<std::string> Table::all_names() const {
  std::vector<std::string> names;
  for (const auto& [name, field] : fields_) names.push_back(name);
  return names;
}

void Table::require(const std::string& column, const std::string& flag) const {
  if (has(column)) return;
  std::vector<std::string> known = names();
  for (const auto& [name, field] : fields_)
    if (field.alias) known.push_back(name);
  throw ConfigError(flag, unknown_name("column", column, known) + " (table " + name_ + ")");
}

TableColumn Table::read(const std::string& column) {
  const Field& field = fields_.at(column);
  TableColumn result;
  result.name = column;
  result.is_link = field.dataset == "parents";
  result.is_flag = field.dataset == "solved" && field.width == 1;
  if (const auto words = words_.find(field.dataset); words != words_.end())
    result.words = words->second;
  auto found = datasets_.find(field.dataset);
  if (field.width == 1) {
    result.values =
        found == datasets_.end() ? file_->column(name_, field.dataset, range_) : found->second;
    return result;
  }
  if (found == datasets_.end())
    found = datasets_.emplace(field.dataset, file_->column(name_, field.dataset, range_)).first;
  result.values = std::visit(
      [&](const auto& matrix) -> ColumnData {
        std::decay_t<decltype(matrix)> values(rows_);
        for (std::size_t i = 0; i < rows_; ++i)
          values[i] = matrix[i * field.width + field.component];
        return values;
      },
      found->second);
  return result;
}

}  // namespace cambrian
