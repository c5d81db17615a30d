// The verbs of `cambrian`, one function and one file each. main.cpp turns the command line into
// these options; a verb writes its results to standard output and throws cambrian::Error for what
// went wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cambrian::apps {

struct RunOptions {
  std::string configuration;          ///< path of the TOML file
  std::optional<std::string> output;  ///< default: the configuration's stem + ".h5", here
  std::vector<std::string> sets;      ///< key.path=value
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> threads;
  std::optional<std::uint64_t> evaluations;
  std::optional<std::string> wall_time;  ///< "90s", "30m", "2h", "1d"
  std::optional<std::uint64_t> seeds;    ///< one run a seed; output is a folder
  bool force = false;
  bool check = false;  ///< verify invariants while the run goes on
};

struct ResumeOptions {
  std::string run_file;
  std::optional<std::uint64_t> evaluations;  ///< the run's total; 0: until stopped
  std::optional<std::uint64_t> threads;
  std::optional<std::string> wall_time;
};

struct InfoOptions {
  std::string run_file;
  bool json = false;
};

struct QueryOptions {
  std::string run_file;
  std::string table = "archive";
  std::optional<std::string> select;  ///< comma-separated columns
  std::optional<std::string> where;
  std::optional<std::string> sort;  ///< column, or column:desc
  std::optional<std::uint64_t> limit;
  std::string format = "table";  ///< table | csv | json | jsonl
};

struct EvaluateOptions {
  std::string source;                  ///< a configuration or a run file
  std::optional<std::string> genomes;  ///< CSV (real vectors) or HDF5
  std::vector<std::uint64_t> ids;
  std::uint64_t repeat = 1;
  std::string format = "table";
};

struct ReplayOptions {
  std::string run_file;
  std::optional<std::uint64_t> id;
  bool best = false;
  std::optional<std::string> near;    ///< "x,y"
  std::optional<std::string> output;  ///< .csv, .png or .gif; none: CSV to standard output
  bool force = false;
};

struct ListOptions {
  std::optional<std::string> room;  ///< environments, encodings, archives, emitters, algorithms
};

struct DescribeOptions {
  std::string name;
  bool json = false;
};

void run(const RunOptions& options);
void resume(const ResumeOptions& options);
void info(const InfoOptions& options);
void query(const QueryOptions& options);
void evaluate(const EvaluateOptions& options);
void replay(const ReplayOptions& options);
void list(const ListOptions& options);
void describe(const DescribeOptions& options);

}  // namespace cambrian::apps
