// Room-private: the expression of --where, on muparser.
#pragma once

#include <string>
#include <vector>

#include "cambrian/query/table.hpp"

namespace cambrian {

/// The rows of `table` for which the expression is true (not 0 and not NaN), ascending. Reads only
/// the columns that it names, by any of their names: of those that fit in one place, the longest is
/// meant (`a-b` where there is such a column; `a - b` is a difference). A missing value is NaN,
/// which compares as false with everything. Numbers are compared as doubles.
/// @throws ConfigError "--where: ..." for what is not an expression, a lone '=', an unknown column, a
/// whole number from 2^53 on, which as a double might be another
std::vector<std::size_t> matching_rows(Table& table, const std::string& expression);

}  // namespace cambrian
