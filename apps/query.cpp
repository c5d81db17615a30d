#include "cambrian/query/query.hpp"

#include <iostream>

#include "apps/network_table.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian::apps {

void query(const QueryOptions& options, const Catalogue& catalogue) {
  const TableFormat format = table_format(options.format);
  const std::vector<double> near = options.near ? near_point(*options.near) : std::vector<double>();
  const Query question = {options.table, options.select, options.where,
                          options.sort,  options.limit,  {options.id, options.best, near}};
  if (options.lived && !is_network_table(options.table))
    throw ConfigError("--lived", "says how a network is shown; --table network/edge works");
  QueryResult result;
  if (is_network_table(options.table)) {
    Table table =
        network_table(options.run_file, options.table, question.elite, options.lived, catalogue);
    result = run_query(table, question);
  } else {
    result = run_query(open_run_file(options.run_file), question);
  }
  print_out([&] { print(result, format, std::cout); });
}

}  // namespace cambrian::apps
