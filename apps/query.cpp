#include "cambrian/storage/query.hpp"

#include <iostream>

#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian::apps {

void query(const QueryOptions& options) {
  const TableFormat format = table_format(options.format);
  const RunFileReader file(options.run_file);
  const QueryResult result =
      run_query(file, {options.table, options.select, options.where, options.sort, options.limit});
  print(result, format, std::cout);
  std::cout.flush();
  if (!std::cout) throw Error("standard output: cannot be written");
}

}  // namespace cambrian::apps
