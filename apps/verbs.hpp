// The verbs of `cambrian`, one function and one file each. command_line.cpp turns the words of a
// call into these options; a verb writes its results to standard output and throws cambrian::Error
// for what went wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/call_table.hpp"
#include "cambrian/catalogue/catalogue.hpp"

namespace cambrian::apps {

/// Where each row of the history goes when it is logged, beside the run file.
struct FollowOptions {
  std::optional<std::string> json_lines;   ///< a file; "-": standard output
  std::optional<std::string> tensorboard;  ///< a folder of event files
};

struct RunOptions {
  std::string configuration;           ///< path of the TOML file
  std::optional<std::string> output;   ///< default: the configuration's stem + ".h5", here
  std::vector<std::string> sets;       ///< key.path=value
  std::optional<std::string> from;     ///< a run file whose elites come first
  std::optional<std::string> genomes;  ///< or a file of genomes
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> threads;
  std::optional<std::uint64_t> evaluations;
  std::optional<std::string> wall_time;  ///< "90s", "30m", "2h", "1d"
  std::optional<std::uint64_t> seeds;    ///< one run per seed; output is a folder
  std::optional<std::uint64_t> jobs;     ///< so many of them side by side, in processes
  bool force = false;
  bool check = false;  ///< verify invariants during the run
  bool quiet = false;  ///< only errors are printed
  FollowOptions follow;
  std::vector<std::string> plugins;  ///< as loaded, for other processes and for advice
};

struct ResumeOptions {
  std::string run_file;
  std::optional<std::uint64_t> evaluations;  ///< budget of the whole run; 0: until stopped
  std::optional<std::uint64_t> threads;
  std::optional<std::string> wall_time;
  bool check = false;  ///< verify invariants during the run
  bool quiet = false;
  FollowOptions follow;
  std::vector<std::string> plugins;
};

struct InfoOptions {
  std::vector<std::string> run_files;  ///< or folders of them; for several, one line each
  bool json = false;
  std::optional<std::string> cqd;  ///< MIN,MAX: the range of objectives for a CQD score
};

struct ConfigOptions {
  std::string source;  ///< a configuration or a run file
  std::vector<std::string> sets;
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> evaluations;
  std::string format = "toml";  ///< toml | json
};

struct QueryOptions {
  std::string run_file;
  std::string table = "archive";
  std::optional<std::string> select;  ///< comma-separated columns
  std::optional<std::string> where;
  std::optional<std::string> sort;  ///< column, or column:desc
  std::optional<std::uint64_t> limit;
  std::optional<std::uint64_t> id;  ///< only this elite's rows
  bool best = false;                ///< only those of the elite of highest objective
  std::optional<std::string> near;  ///< only those of the elite nearest to this descriptor
  bool lived = false;               ///< the elite's network as its life has left it
  std::string format = "table";     ///< table | csv | json | jsonl
};

struct EvaluateOptions {
  std::string source;                  ///< a configuration or a run file
  std::optional<std::string> genomes;  ///< CSV (real vectors), JSON (graphs) or HDF5
  std::vector<std::string> sets;       ///< KEY=VALUE, over the configuration
  std::vector<std::uint64_t> ids;
  bool best = false;                ///< the elite of highest objective
  std::optional<std::string> near;  ///< "x,y"
  std::uint64_t repeat = 1;
  bool each = false;  ///< one row per episode
  std::string format = "table";
};

struct ReplayOptions {
  std::string run_file;
  std::optional<std::uint64_t> id;
  bool best = false;
  std::optional<std::string> near;         ///< "x,y"
  std::optional<std::string> environment;  ///< of a suite
  std::vector<std::string> sets;           ///< KEY=VALUE, over the configuration
  std::optional<std::string> output;       ///< .csv, .png or .gif; none: CSV to standard output
  bool force = false;
};

struct ExportOptions {
  std::string run_file;
  std::vector<std::uint64_t> ids;
  bool best = false;
  std::optional<std::string> near;         ///< "x,y"
  bool genome = false;                     ///< what is written: the genome (the default),
  bool brain = false;                      ///< or the network that it becomes,
  bool lived = false;                      ///< of the brain: as its life leaves it
  std::optional<std::string> environment;  ///< in this one of a suite,
  std::vector<std::string> sets;           ///< with KEY=VALUE over the configuration
  std::string output;                      ///< .json, .dot or .graphml
  bool force = false;
};

struct RebinOptions {
  std::string run_file;
  std::string output;
  std::vector<std::string> sets;  ///< archive.key=value
  std::optional<std::uint64_t> threads;
  bool force = false;
};

struct ListOptions {
  std::optional<std::string> room;  ///< environments, encodings, archives, emitters, algorithms
};

struct DescribeOptions {
  std::string name;
  std::vector<std::string> sets;  ///< environment.key=value: the environment is built with these
  bool json = false;
};

struct CompletionOptions {
  std::string shell;  ///< bash | zsh | fish
};

struct ManOptions {
  std::optional<std::string> verb;    ///< none: the page of the program
  std::optional<std::string> output;  ///< a folder for all pages
};

/// The numbers of "50, 50". @throws ConfigError naming --near
std::vector<double> near_point(const std::string& text);

void run(const RunOptions& options, const Catalogue& catalogue);
void resume(const ResumeOptions& options, const Catalogue& catalogue);
void info(const InfoOptions& options);
void config(const ConfigOptions& options, const Catalogue& catalogue);
void query(const QueryOptions& options, const Catalogue& catalogue);
void evaluate(const EvaluateOptions& options, const Catalogue& catalogue);
void replay(const ReplayOptions& options, const Catalogue& catalogue);
void export_elites(const ExportOptions& options, const Catalogue& catalogue);
void rebin(const RebinOptions& options, const Catalogue& catalogue);
void list(const ListOptions& options, const Catalogue& catalogue);
void describe(const DescribeOptions& options, const Catalogue& catalogue);
void completion(const CompletionOptions& options, const CallTable& table);
void man(const ManOptions& options, const CallTable& table);

}  // namespace cambrian::apps
