#include "apps/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

#include "apps/call_table.hpp"
#include "apps/options.hpp"
#include "apps/plugins.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/catalogue/describe.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/record/version.hpp"

namespace cambrian::apps {
namespace {

constexpr std::size_t kShownWord = 200;  // characters of a word of the call in messages

/// Only that it is there: a missing file is a wrong call, an unreadable one a failure.
void require_file(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) {
    throw ConfigError(path, "there is no such file");
  }
}

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands({})) names.push_back(verb->get_name());
  return names;
}

/// The first word must be a verb: CLI11 would speak of an unexpected argument.
void check_verb(const CLI::App& app, int argc, const char* const* argv) {
  const std::vector<std::string> names = verb_names(app);
  const std::string all = joined(names);
  if (argc < 2)
    throw ConfigError("VERB", "is missing; the verbs are " + all + "; see `cambrian --help`");
  const std::string word = argv[1];
  if (word.rfind('-', 0) == 0) return;
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  throw ConfigError(printable(word, kShownWord),
                    "there is no such verb" + did_you_mean(word, names, "; the verbs are " + all));
}

std::string see_help(const CLI::App& app) {
  return "see `cambrian " + (app.get_parent() == nullptr ? "" : app.get_name() + " ") + "--help`";
}

/// What is wrong with a word that no option took.
ConfigError unexpected(const CLI::App& app, const std::string& word) {
  if (word.rfind('-', 0) != 0) {
    return {printable(word, kShownWord),
            "is one word too many for '" + app.get_name() + "'; " + see_help(app)};
  }
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  const std::string flag = word.substr(0, word.find('='));
  return {printable(flag, kShownWord), "'" + app.get_name() + "' has no such option" +
                                           did_you_mean(flag, flags, "; " + see_help(app))};
}

/// CLI11's words for the errors that need no suggestion; they begin with the option.
ConfigError wrong_call(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<CLI::App*> verbs = app.get_subcommands();
  const CLI::App& asked = verbs.empty() ? app : *verbs.front();
  const std::vector<std::string> words = asked.remaining();
  if (!words.empty()) return unexpected(asked, words.front());
  const std::string message = error.what();
  const std::size_t colon = message.find(": ");
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr && colon != std::string::npos) {
    return {message.substr(0, colon), message.substr(colon + 2)};
  }
  return {asked.get_name(), message + "; " + see_help(asked)};
}

/// With the words that the catalogue knows: "grid", "archives".
CallTable named_call_table(CLI::App& app, const std::filesystem::path& program,
                           const Catalogue& catalogue) {
  CallTable table = call_table(app, program.filename().string());
  std::vector<std::string> names;
  for (const CatalogueEntry& entry : catalogue_entries(catalogue)) names.push_back(entry.name);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  set_choices(table, "NAME", names);
  set_choices(table, "ROOM", list_rooms());
  set_choices(table, "VERB", verb_names(app));
  return table;
}

/// The verb that was asked for, with its options.
Command command_of(CLI::App& app, const std::shared_ptr<Options>& options,
                   const std::string& program, Catalogue& catalogue) {
  const std::string verb = app.get_subcommands().front()->get_name();
  load_plugins(options->plugins, catalogue);
  options->run.plugins = options->resume.plugins = options->plugins;
  if (verb == "run") {
    options->run.configuration = configuration_file(options->run.configuration, catalogue.data);
    for (const auto& file : {options->run.from, options->run.genomes})
      if (file) require_file(*file);
    return {[options, &catalogue] { run(options->run, catalogue); }, true};
  }
  if (verb == "resume") {
    require_file(options->resume.run_file);
    return {[options, &catalogue] { resume(options->resume, catalogue); }, true};
  }
  if (verb == "info") {
    for (const std::string& file : options->info.run_files) require_file(file);
    return {[options] { info(options->info); }};
  }
  if (verb == "config") {
    options->config.source = configuration_file(options->config.source, catalogue.data);
    return {[options, &catalogue] { config(options->config, catalogue); }};
  }
  if (verb == "query") {
    require_file(options->query.run_file);
    return {[options, &catalogue] { query(options->query, catalogue); }};
  }
  if (verb == "evaluate") {
    options->evaluate.source = configuration_file(options->evaluate.source, catalogue.data);
    if (options->evaluate.genomes) require_file(*options->evaluate.genomes);
    return {[options, &catalogue] { evaluate(options->evaluate, catalogue); }};
  }
  if (verb == "replay") {
    require_file(options->replay.run_file);
    return {[options, &catalogue] { replay(options->replay, catalogue); }};
  }
  if (verb == "export") {
    require_file(options->export_elites.run_file);
    return {[options, &catalogue] { export_elites(options->export_elites, catalogue); }};
  }
  if (verb == "rebin") {
    require_file(options->rebin.run_file);
    return {[options, &catalogue] { rebin(options->rebin, catalogue); }};
  }
  if (verb == "completion" || verb == "man") {
    return {[options, verb, table = named_call_table(app, program, catalogue)] {
      if (verb == "man")
        man(options->man, table);
      else
        completion(options->completion, table);
    }};
  }
  if (verb == "list") return {[options, &catalogue] { list(options->list, catalogue); }};
  return {[options, &catalogue] { describe(options->describe, catalogue); }};
}

Command printing(const std::string& text) {
  return {[text] { print_out([&] { std::cout << text; }); }};
}

}  // namespace

Command parse_command_line(int argc, const char* const* argv, Catalogue& catalogue) {
  CLI::App app("Open-ended discovery by evolution", "cambrian");
  app.footer("Example:\n  cambrian run experiments/hard_maze_novelty.toml -o maze.h5");
  app.get_formatter()->column_width(32);
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text());
  const auto options = std::make_shared<Options>();
  add_verbs(app, *options);
  check_verb(app, argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return printing(app.help());
  } catch (const CLI::CallForVersion& version) {
    return printing(std::string(version.what()) + "\n");
  } catch (const CLI::ParseError& error) {
    throw wrong_call(app, error);
  }
  return command_of(app, options, argv[0], catalogue);
}

}  // namespace cambrian::apps
