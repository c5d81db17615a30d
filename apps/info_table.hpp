// What `cambrian info` says about several runs: one line each, and a summary of all.
#pragma once

#include <string>
#include <vector>

#include "cambrian/query/run_summary.hpp"

namespace cambrian::apps {

/// One of the files asked for, as it was found.
struct Looked {
  std::string path;
  RunSummary run;
  std::string error;   ///< why there is no summary; empty: there is one
  std::string reason;  ///< the same without the path, where that stands before it
};

/// Prints to standard output; the summary only where all runs are of the same search.
void print_table(const std::vector<Looked>& all);

}  // namespace cambrian::apps
