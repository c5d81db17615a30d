#include "cambrian/storage/filter.hpp"

#include <muParser.h>

#include <cmath>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr const char* kFlag = "--where";

/// muparser would take `x = 7` as an assignment.
void refuse_assignment(const std::string& expression) {
  const std::string partners = "=!<>";
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] != '=') continue;
    if (i + 1 < expression.size() && expression[i + 1] == '=') {
      ++i;
      continue;
    }
    if (i > 0 && partners.find(expression[i - 1]) != std::string::npos) continue;
    throw ConfigError(
        kFlag, "a lone '=' at position " + std::to_string(i + 1) + "; to compare, write '=='");
  }
}

mu::value_type negate(mu::value_type value) { return value == 0 ? 1 : 0; }

[[noreturn]] void refuse(const mu::ParserError& error) {
  throw ConfigError(
      kFlag, error.GetMsg() + " (operators: == != < <= > >= && || ! + - * / ^ and parentheses)");
}

}  // namespace

std::vector<std::size_t> matching_rows(Table& table, const std::string& expression) {
  refuse_assignment(expression);
  std::vector<std::size_t> rows;
  try {
    mu::Parser parser;
    parser.DefineInfixOprt("!", negate);
    parser.SetExpr(expression);
    std::vector<std::string> names;
    for (const auto& [name, unused] : parser.GetUsedVar()) names.push_back(name);
    std::vector<TableColumn> columns;
    columns.reserve(names.size());
    for (const std::string& name : names) table.require(name, kFlag);
    for (const std::string& name : names) columns.push_back(table.read(name));
    std::vector<double> values(columns.size());  // copies, which an expression may not change
    for (std::size_t i = 0; i < names.size(); ++i) parser.DefineVar(names[i], &values[i]);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      for (std::size_t i = 0; i < columns.size(); ++i) values[i] = columns[i].number(row);
      int results = 0;
      const mu::value_type* result = parser.Eval(results);
      if (results != 1) throw ConfigError(kFlag, "one condition is wanted; join them with &&");
      if (!std::isnan(result[0]) && result[0] != 0) rows.push_back(row);
    }
    if (table.rows() == 0) {
      int results = 0;
      parser.Eval(results);  // a wrong expression is wrong on an empty table, too
    }
  } catch (const mu::ParserError& error) {
    refuse(error);
  }
  return rows;
}

}  // namespace cambrian
