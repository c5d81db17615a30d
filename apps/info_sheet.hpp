// What `cambrian info` says about one run: one line per fact.
#pragma once

#include <string>

#include "cambrian/query/run_summary.hpp"

namespace cambrian::apps {

/// "3050", or "1000 of 3050" as long as some are left.
std::string evaluations_text(const RunSummary& run);

/// Prints to standard output. @param path  of its run file
void print_sheet(const RunSummary& run, const std::string& path);

}  // namespace cambrian::apps
