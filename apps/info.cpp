#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "apps/info_cqd.hpp"
#include "apps/info_json.hpp"
#include "apps/info_sheet.hpp"
#include "apps/info_table.hpp"
#include "apps/series_summary.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian::apps {
namespace {

nlohmann::ordered_json json_of(const Looked& one) {
  if (one.error.empty()) return to_json(one.run, one.path);
  return {{"run_file", one.path}, {"error", one.error}};
}

nlohmann::ordered_json series_json(const std::vector<Looked>& all) {
  nlohmann::ordered_json json = {{"runs", nlohmann::ordered_json::array()}};
  std::vector<RunSummary> readable;
  for (const Looked& one : all) {
    json["runs"].push_back(json_of(one));
    if (one.error.empty()) readable.push_back(one.run);
  }
  json["summary"] = to_json(summarise_series(readable));
  return json;
}

/// One that cannot be read does not hide the others.
Looked look_at(const std::string& path, const std::optional<CqdRange>& cqd) {
  try {
    const RunFileReader file = open_run_file(path);
    Looked one = {path, summarise(file), "", ""};
    if (cqd)
      one.run.archives.front().cqd_score =
          cqd_score_of(file, *cqd, one.run.archives.front().direction);
    return one;
  } catch (const FileError& error) {
    return {path, {}, error.what(), error.path() == path ? error.reason() : error.what()};
  } catch (const Error& error) {
    return {path, {}, error.what(), error.what()};
  }
}

/// The run file itself, or those in a folder: of a series, or all; seed_2 before seed_10.
std::vector<std::string> files_of(const std::string& argument) {
  namespace fs = std::filesystem;
  std::error_code none;
  if (!fs::is_directory(argument, none)) return {argument};
  std::vector<std::string> all;
  std::vector<std::string> seeds;
  std::error_code error;
  const fs::directory_iterator entries(argument, error);
  if (error) throw FileError(argument, "cannot be read: " + error.message());
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".h5" || name.starts_with('.')) continue;
    all.push_back(entry.path().string());
    if (name.starts_with("seed_")) seeds.push_back(all.back());
  }
  if (all.empty()) throw FileError(argument, "holds no run files (*.h5)");
  std::vector<std::string> files = seeds.empty() ? all : seeds;
  std::ranges::sort(files, {},
                    [](const std::string& path) { return std::pair(path.size(), path); });
  return files;
}

}  // namespace

void info(const InfoOptions& options) {
  std::optional<CqdRange> cqd;
  if (options.cqd) cqd = cqd_range(*options.cqd);
  std::vector<Looked> all;
  for (const std::string& argument : options.run_files) {
    for (const std::string& file : files_of(argument)) all.push_back(look_at(file, cqd));
  }
  if (cqd && all.size() > 1 && !options.json)
    throw ConfigError("--cqd", "needs --json for several run files");
  const Looked& first = all.front();
  print_out([&] {
    if (options.json) {
      std::error_code none;
      const bool folder = options.run_files.size() == 1 &&
                          std::filesystem::is_directory(options.run_files.front(), none);
      nlohmann::ordered_json json;
      for (const Looked& one : all) json.push_back(json_of(one));
      const auto& printed = folder ? series_json(all) : all.size() == 1 ? json.front() : json;
      fmt::print("{}\n",
                 printed.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else if (all.size() > 1) {
      print_table(all);
    } else if (first.error.empty()) {
      print_sheet(first.run, first.path);
    }
  });
  const auto failed =
      std::ranges::count_if(all, [](const Looked& one) { return !one.error.empty(); });
  if (failed == 0) return;
  throw Error(all.size() == 1
                  ? first.error
                  : fmt::format("{} of {} run files cannot be read", failed, all.size()));
}

}  // namespace cambrian::apps
