// What `info --json` says of a run.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cambrian/query/run_summary.hpp"

namespace cambrian::apps {

/// `run_file` first, the path as it was found; then the summary, null where the file says nothing.
nlohmann::ordered_json to_json(const RunSummary& run, const std::string& run_file);

}  // namespace cambrian::apps
