#include "apps/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "cambrian/core/words.hpp"

namespace cambrian::apps {
namespace {

constexpr std::uint64_t kMaxCount = std::numeric_limits<std::int64_t>::max();

/// Of one series: more would take years, and the check for files that are there takes a second.
constexpr std::uint64_t kMaxSeeds = 100'000;
/// Each has a process and a pipe.
constexpr std::uint64_t kMaxJobs = 1'000;

/// A whole number that is not cut, rounded or wrapped on its way in.
CLI::Validator whole(std::uint64_t min, std::uint64_t max = kMaxCount) {
  return CLI::Validator(
      [min, max](const std::string& text) -> std::string {
        std::uint64_t value = 0;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, value);
        if (error == std::errc() && stop == end && value >= min && value <= max) return {};
        return "is " + quoted(text) + ", but a whole number from " + std::to_string(min) + " to " +
               std::to_string(max) + " is expected";
      },
      "");
}

/// Its name lists the choices: call_table.cpp reads them there.
CLI::Validator one_of(std::vector<std::string> words) {
  std::string name;
  for (const std::string& word : words) name += (name.empty() ? "" : "|") + word;
  return CLI::Validator(
      [words = std::move(words)](const std::string& text) -> std::string {
        if (std::ranges::find(words, text) != words.end()) return {};
        return "is " + quoted(text) + ", but " + one_of_expected(text, words);
      },
      "", name);
}

CLI::Validator not_empty() {
  return CLI::Validator(
      [](const std::string& text) -> std::string {
        return text.empty() ? "is empty, but a name is expected" : "";
      },
      "");
}

CLI::App* add_verb(CLI::App& app, const char* name, const char* what, const char* example) {
  CLI::App* verb = app.add_subcommand(name, what);
  verb->footer(std::string("Example:\n  ") + example);
  return verb;
}

void add_formats(CLI::App* verb, std::string& format) {
  verb->add_option("--format", format, "table, csv, json or jsonl")
      ->type_name("FORMAT")
      ->check(one_of({"table", "csv", "json", "jsonl"}))
      ->capture_default_str();
}

/// Elites of a run file, by one of three ways of naming them.
void add_elites(CLI::App* verb, std::vector<std::uint64_t>& ids, bool& best,
                std::optional<std::string>& near) {
  CLI::Option* id = verb->add_option("--id", ids, "an elite by its id; may be repeated")
                        ->type_name("ID")
                        ->allow_extra_args(false)
                        ->check(whole(0, std::numeric_limits<std::uint64_t>::max()));
  CLI::Option* highest =
      verb->add_flag("--best", best, "the elite with the best objective")->excludes(id);
  verb->add_option("--near", near, "the elite whose descriptor is nearest")
      ->type_name("X,Y")
      ->excludes(id)
      ->excludes(highest);
}

constexpr const char* kStopping =
    "\nCtrl-C (SIGINT), SIGTERM and SIGHUP (a terminal that closes; not under nohup) stop after "
    "the\n"
    "batch in flight and save: exit status 130, 143 or 129. A second Ctrl-C or SIGTERM stops at "
    "once;\n"
    "the last checkpoint stays. --wall-time also waits for the batch in flight: status 0.";

void add_following(CLI::App* verb, FollowOptions& options) {
  verb->add_option("--follow", options.json_lines,
                   "write each row of the history, when it is logged, as a line of JSON; -: to "
                   "standard output; resume appends")
      ->type_name("FILE|-")
      ->check(not_empty());
  verb->add_option("--tensorboard", options.tensorboard,
                   "the same as a TensorBoard event file in this folder")
      ->type_name("FOLDER")
      ->check(not_empty());
}

void add_run(CLI::App& app, RunOptions& options) {
  CLI::App* verb = add_verb(app, "run", "Run a configuration and write a run file",
                            "cambrian run experiments/hard_maze_novelty.toml -o maze.h5 "
                            "--seed 7 --set result_archive.shape='[50, 50]'\n"
                            "  cambrian run experiments/hard_maze_neat_novelty.toml -o series "
                            "--seeds 20 --jobs 4");
  verb->add_option("configuration", options.configuration,
                   "TOML file; also found among the data that came with the program")
      ->type_name("CONFIG.toml")
      ->required();
  verb->add_option(
          "-o,--output", options.output,
          "run file, or with --seeds a folder; default: the configuration's name with .h5, in the "
          "working directory")
      ->type_name("RUN.h5")
      ->check(not_empty());
  verb->add_option("--set", options.sets, "override a key; may be repeated")
      ->type_name("KEY.PATH=VALUE")
      ->allow_extra_args(false);
  CLI::Option* from =
      verb->add_option("--from", options.from,
                       "begin with the elites of another run, which are evaluated again as the "
                       "first candidates (start.from; start.limit: only the best)")
          ->type_name("OTHER.h5")
          ->check(not_empty());
  verb->add_option("--genomes", options.genomes,
                   "begin with the genomes of a file: CSV, JSON or HDF5, as `evaluate --genomes` "
                   "takes (start.genomes)")
      ->type_name("FILE")
      ->check(not_empty())
      ->excludes(from);
  verb->add_option("--seed", options.seed, "seed of all random numbers")
      ->type_name("N")
      ->check(whole(0));
  verb->add_option("--threads", options.threads,
                   "worker threads; 0: all cores; at most 4 per core are started")
      ->type_name("N")
      ->check(whole(0, 4096));
  verb->add_option("--evaluations", options.evaluations,
                   "budget of evaluations; 0: run until stopped")
      ->type_name("N")
      ->check(whole(0));
  verb->add_option(
          "--wall-time", options.wall_time,
          "stop after this time, such as 90s, 30m, 2h or 1d; with --seeds it applies to each run")
      ->type_name("TIME");
  verb->add_option(
          "--seeds", options.seeds,
          "N runs, one per seed, in a folder; the same call again completes them, or extends "
          "them to more evaluations; two calls at a time share the work")
      ->type_name("N")
      ->check(whole(1, kMaxSeeds))
      ->needs("--output");
  verb->add_option("--jobs", options.jobs,
                   "with --seeds: K runs side by side, each in a process of its own with its share "
                   "of the cores (or --threads) and of the memory; the results are the same")
      ->type_name("K")
      ->check(whole(1, kMaxJobs))
      ->needs("--seeds");
  verb->add_flag("--force", options.force,
                 "replace existing run files, once the new run has a valid evaluation");
  verb->add_flag("--check", options.check, "verify invariants during the run");
  verb->add_flag("--quiet", options.quiet, "print only errors");
  add_following(verb, options.follow);
  for (const char* flag : {"--follow", "--tensorboard"})
    verb->get_option(flag)->excludes(verb->get_option("--seeds"));
  verb->footer(verb->get_footer() + kStopping);
}

void add_resume(CLI::App& app, ResumeOptions& options) {
  CLI::App* verb = add_verb(app, "resume", "Continue a run exactly where it stopped",
                            "cambrian resume maze.h5 --evaluations 500000");
  verb->add_option("run_file", options.run_file, "run file")->type_name("RUN.h5")->required();
  verb->add_option("--evaluations", options.evaluations,
                   "budget of the whole run; 0: continue until stopped")
      ->type_name("N")
      ->check(whole(0));
  verb->add_option("--threads", options.threads,
                   "worker threads; 0: all cores; at most 4 per core are started")
      ->type_name("N")
      ->check(whole(0, 4096));
  verb->add_option("--wall-time", options.wall_time,
                   "stop after this time, such as 90s, 30m, 2h or 1d")
      ->type_name("TIME");
  verb->add_flag("--check", options.check, "verify invariants during the run");
  verb->add_flag("--quiet", options.quiet, "print only errors");
  add_following(verb, options.follow);
  verb->footer(verb->get_footer() + kStopping);
}

void add_info(CLI::App& app, InfoOptions& options) {
  CLI::App* verb = add_verb(app, "info", "Show what a run is and how far it has come",
                            "cambrian info maze.h5 --json");
  verb->add_option("run_file", options.run_files,
                   "run file, or a folder of run files; for several, one line per run, then their "
                   "medians and "
                   "quartiles")
      ->type_name("RUN.h5|FOLDER")
      ->required();
  verb->add_flag(
      "--json", options.json,
      "print JSON: an array for several files; for a folder, its runs and their summary");
  verb->add_option("--cqd", options.cqd,
                   "also the CQD score of the archive, for objectives in this range: mean of 5 "
                   "scores by 1000 targets each, penalties 0, 0.25, .. 1")
      ->type_name("MIN,MAX");
}

void add_config(CLI::App& app, ConfigOptions& options) {
  CLI::App* verb =
      add_verb(app, "config", "Print every value that a run would have, and its origin",
               "cambrian config experiments/hard_maze_novelty.toml --seed 7 "
               "> mine.toml");
  verb->add_option(
          "source", options.source,
          "configuration or run file; a run file's value is called 'default' where it equals "
          "the default")
      ->type_name("CONFIG.toml|RUN.h5")
      ->required();
  verb->add_option("--set", options.sets, "override a key; may be repeated")
      ->type_name("KEY.PATH=VALUE")
      ->allow_extra_args(false);
  verb->add_option("--seed", options.seed, "run.seed")->type_name("N")->check(whole(0));
  verb->add_option("--evaluations", options.evaluations, "budget; 0: until stopped")
      ->type_name("N")
      ->check(whole(0));
  verb->add_option("--format", options.format, "toml, which `cambrian run` takes, or json")
      ->type_name("FORMAT")
      ->check(one_of({"toml", "json"}))
      ->capture_default_str();
  verb->footer(
      verb->get_footer() +
      "\nNothing is run, but everything that a run checks before it starts is checked: exit "
      "status 2\nif something is wrong. A run looks for the files that the output names beside the "
      "output, so\nsave it beside the configuration.");
}

void add_query(CLI::App& app, QueryOptions& options) {
  CLI::App* verb =
      add_verb(app, "query", "Print rows of a run file's table",
               "cambrian query maze.h5 --where 'objective > 280 && x < 100' --sort objective:desc "
               "--limit 10");
  verb->add_option("run_file", options.run_file, "run file")->type_name("RUN.h5")->required();
  verb->add_option("--table", options.table,
                   "archive, history, lineage, archive/genome/edge, ...; network/node and "
                   "network/edge: an elite's decoded network; network/block and network/spectrum: "
                   "the cosine "
                   "coefficients that paint it; network/quadtree: the cells in which es_hyperneat "
                   "looks for links")
      ->type_name("TABLE")
      ->capture_default_str();
  verb->add_option(
          "--select", options.select,
          "columns, separated by commas; descriptor_0 can also be called by its measure, such as x")
      ->type_name("A,B");
  verb->add_option(
          "--where", options.where,
          "condition on a row: == != < <= > >= && || ! + - * / ^, missing(parents_0); numbers are "
          "compared as doubles, exact below 2^53")
      ->type_name("EXPR");
  verb->add_option("--sort", options.sort, "sort by a column; with :desc the highest first")
      ->type_name("COLUMN[:desc]");
  verb->add_option("--limit", options.limit, "at most this many rows")
      ->type_name("N")
      ->check(whole(0));
  verb->add_flag("--lived", options.lived,
                 "of network/node and network/edge: as the elite's stored life leaves the network, "
                 "which may have "
                 "learned");
  CLI::Option* id = verb->add_option("--id", options.id, "only the rows of this elite")
                        ->type_name("ID")
                        ->check(whole(0, std::numeric_limits<std::uint64_t>::max()));
  CLI::Option* highest =
      verb->add_flag("--best", options.best, "only the rows of the elite with the best objective")
          ->excludes(id);
  verb->add_option("--near", options.near, "only the rows of the elite whose descriptor is nearest")
      ->type_name("X,Y")
      ->excludes(id)
      ->excludes(highest);
  add_formats(verb, options.format);
}

void add_evaluate(CLI::App& app, EvaluateOptions& options) {
  CLI::App* verb =
      add_verb(app, "evaluate",
               "Evaluate given genomes, or elites of a run again (all of them if none is named)",
               "cambrian evaluate maze.h5 --id 1234 --repeat 3\n"
               "  cambrian evaluate eye.h5 --best --set environment.size=33");
  verb->add_option("source", options.source, "configuration or run file")
      ->type_name("CONFIG.toml|RUN.h5")
      ->required();
  verb->add_option(
          "--genomes", options.genomes,
          "genomes to evaluate instead of the run's: CSV of real vectors (bare, or as `query "
          "--table archive/genome` prints them), JSON of graphs (as `export` writes "
          "them), or HDF5")
      ->type_name("FILE");
  add_elites(verb, options.ids, options.best, options.near);
  verb->add_option(
          "--set", options.sets,
          "override a key of the configuration, such as the environment's; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  verb->add_option("--repeat", options.repeat, "evaluations of each genome")
      ->type_name("K")
      ->check(whole(1))
      ->capture_default_str();
  verb->add_flag("--each", options.each,
                 "one row per episode, where an evaluation has several ([evaluation] samples, "
                 "[[environments]])");
  add_formats(verb, options.format);
}

void add_replay(CLI::App& app, ReplayOptions& options) {
  CLI::App* verb = add_verb(app, "replay", "Show what an elite does: trajectory, picture or film",
                            "cambrian replay maze.h5 --best -o film.gif");
  verb->add_option("run_file", options.run_file, "run file")->type_name("RUN.h5")->required();
  verb->add_option("--id", options.id, "the elite with this id")
      ->type_name("ID")
      ->check(whole(0, std::numeric_limits<std::uint64_t>::max()));
  verb->add_flag("--best", options.best, "the elite with the best objective");
  verb->add_option("--near", options.near, "the elite whose descriptor is nearest")
      ->type_name("X,Y");
  verb->add_option("--environment", options.environment,
                   "which environment of a suite; default: the first")
      ->type_name("LABEL");
  verb->add_option(
          "--set", options.sets,
          "override a key of the configuration, such as the environment's; may be repeated. "
          "The replay is then not held against the stored evaluation; evaluation.max_steps=1000 "
          "shows how a long one begins")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  verb->add_option("-o,--output", options.output,
                   "trajectory.csv, picture.png or film.gif; default: CSV on standard output")
      ->type_name("FILE")
      ->check(not_empty());
  verb->add_flag("--force", options.force, "replace an existing file");
}

void add_export(CLI::App& app, ExportOptions& options) {
  CLI::App* verb = add_verb(app, "export", "Write elites' genomes or networks for other programs",
                            "cambrian export maze.h5 --best --brain -o brain.json");
  verb->add_option("run_file", options.run_file, "run file")->type_name("RUN.h5")->required();
  add_elites(verb, options.ids, options.best, options.near);
  CLI::Option* genome =
      verb->add_flag("--genome", options.genome, "write the genome, as it evolves (the default)");
  CLI::Option* brain =
      verb->add_flag(
              "--brain", options.brain,
              "write the network that it becomes, as its evaluation begins, with all that is "
              "needed to compute its motors from its sensors; one elite per file")
          ->excludes(genome);
  verb->add_flag("--lived", options.lived,
                 "of --brain: as the elite's life leaves the network, which may have learned")
      ->needs(brain);
  verb->add_option("--environment", options.environment,
                   "whose body the network is for, in a suite; default: the first")
      ->type_name("LABEL")
      ->needs(brain);
  verb->add_option(
          "--set", options.sets,
          "override a key of the configuration, such as the size of the environment; may be "
          "repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false)
      ->needs(brain);
  verb->add_option(
          "-o,--output", options.output,
          "file to write; its ending chooses the format: .json (one graph or several), .dot "
          "(Graphviz) or .graphml")
      ->type_name("FILE")
      ->required()
      ->check(not_empty());
  verb->add_flag("--force", options.force, "replace an existing file");
}

void add_rebin(CLI::App& app, RebinOptions& options) {
  CLI::App* verb = add_verb(
      app, "rebin",
      "Place a run's elites anew: other bounds, cells or descriptors, or another kind of archive",
      "cambrian rebin maze.h5 -o coarse.h5 --set archive.shape='[50, 50]'\n"
      "  cambrian rebin maze.h5 -o brains.h5 --set "
      "'archive.descriptor=[\"network.nodes\", \"network.links\"]' --set "
      "'archive.max=[50, 200]'");
  verb->add_option("run_file", options.run_file, "run file")->type_name("RUN.h5")->required();
  verb->add_option("-o,--output", options.output,
                   "run file to write, for info, query and cambrian-plot")
      ->type_name("NEW.h5")
      ->required()
      ->check(not_empty());
  verb->add_option(
          "--set", options.sets,
          "a key of the archive, as `cambrian describe archive` lists them; may be repeated")
      ->type_name("archive.KEY=VALUE")
      ->allow_extra_args(false);
  verb->add_option("--threads", options.threads, "worker threads; 0: all cores")
      ->type_name("N")
      ->check(whole(0, 4096));
  verb->add_flag("--force", options.force, "replace an existing run file");
  verb->footer(
      verb->get_footer() +
      "\nThe elites of /archive enter by the new archive's own rule, in the order of their "
      "evaluation.\nMeasures that are not stored are measured again, which evaluates every elite "
      "with its own\nrandom streams; otherwise nothing is evaluated.");
}

void add_list(CLI::App& app, ListOptions& options) {
  CLI::App* verb = add_verb(app, "list", "List everything that a configuration can name",
                            "cambrian list algorithms");
  verb->add_option("room", options.room,
                   "environments, encodings, variations, archives, emitters, algorithms, tables or "
                   "activations")
      ->type_name("ROOM");
}

void add_describe(CLI::App& app, DescribeOptions& options) {
  CLI::App* verb = add_verb(app, "describe", "Explain a component and each of its parameters",
                            "cambrian describe maze --set environment.maze=mazes/medium_maze.maze");
  verb->add_option("name", options.name, "a name that `cambrian list` shows")
      ->type_name("NAME")
      ->required();
  verb->add_option("--set", options.sets,
                   "describe an environment with this value; may be repeated")
      ->type_name("environment.KEY=VALUE")
      ->allow_extra_args(false);
  verb->add_flag("--json", options.json, "print JSON");
}

void add_completion(CLI::App& app, CompletionOptions& options) {
  CLI::App* verb =
      add_verb(app, "completion", "Print the script by which a shell completes calls",
               "source <(cambrian completion bash)\n"
               "  cambrian completion fish > ~/.config/fish/completions/cambrian.fish");
  verb->add_option("shell", options.shell, "bash, zsh or fish")
      ->type_name("SHELL")
      ->required()
      ->check(one_of({"bash", "zsh", "fish"}));
}

void add_man(CLI::App& app, ManOptions& options) {
  CLI::App* verb = add_verb(app, "man", "Print a manual page, or write all of them",
                            "cambrian man run | man -l -\n  cambrian man -o share/man/man1");
  CLI::Option* page =
      verb->add_option("verb", options.verb, "the verb; default: the program")->type_name("VERB");
  verb->add_option("-o,--output", options.output,
                   "write the pages of the program and of every verb into this folder")
      ->type_name("FOLDER")
      ->check(not_empty())
      ->excludes(page);
}

}  // namespace

void add_verbs(CLI::App& app, Options& options) {
  add_run(app, options.run);
  add_resume(app, options.resume);
  add_info(app, options.info);
  add_config(app, options.config);
  add_query(app, options.query);
  add_evaluate(app, options.evaluate);
  add_replay(app, options.replay);
  add_export(app, options.export_elites);
  add_rebin(app, options.rebin);
  add_list(app, options.list);
  add_describe(app, options.describe);
  add_completion(app, options.completion);
  add_man(app, options.man);
  for (const char* name : {"run", "resume", "config", "query", "evaluate", "replay", "export",
                           "rebin", "list", "describe"}) {
    app.get_subcommand(name)
        ->add_option("--plugin", options.plugins,
                     "a shared object with components of your own; may be repeated")
        ->type_name("LIB.so")
        ->allow_extra_args(false)
        ->check(not_empty());
  }
}

}  // namespace cambrian::apps
