#include "cambrian/storage/query.hpp"

#include <cerrno>
#include <cstring>
#include <iostream>
#include <string>

#include "apps/network_table.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian::apps {

void query(const QueryOptions& options, const Catalogue& catalogue) {
  const TableFormat format = table_format(options.format);
  const Query question = {options.table, options.select, options.where,
                          options.sort,  options.limit,  {options.id, options.best, {}}};
  QueryResult result;
  if (is_network_table(options.table)) {
    Table table = network_table(options.run_file, options.table, question.elite, catalogue);
    result = run_query(table, question);
  } else {
    result = run_query(RunFileReader(options.run_file), question);
  }
  errno = 0;
  print(result, format, std::cout);
  std::cout.flush();
  if (!std::cout) {
    throw FileError("standard output", std::string("cannot be written: ") +
                                           (errno != 0 ? std::strerror(errno) : "unknown reason"));
  }
}

}  // namespace cambrian::apps
