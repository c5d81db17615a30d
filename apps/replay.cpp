#include "cambrian/replay/replay.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "apps/output_file.hpp"
#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/comma_separated.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/query/elite_choice.hpp"
#include "cambrian/run/progress.hpp"

namespace cambrian::apps {
namespace {

constexpr std::uint32_t kPictureSize = 720;  // pixels of the environment's longer side
constexpr std::uint32_t kFilmSize = 480;

EliteChoice elite_choice(const ReplayOptions& options) {
  const int named = static_cast<int>(options.id.has_value()) + static_cast<int>(options.best) +
                    static_cast<int>(options.near.has_value());
  if (named == 0) throw ConfigError("replay", "name an elite: --id ID, --best or --near x,y");
  if (named > 1) throw ConfigError("replay", "takes one of --id, --best and --near, not several");
  EliteChoice choice{options.id, options.best, {}};
  if (options.near) choice.near = near_point(*options.near);
  return choice;
}

/// ".csv", ".png" or ".gif". @throws ConfigError for another, or a file that is in the way
std::string kind_of(const std::string& output, bool force) {
  std::string kind = std::filesystem::path(output).extension().string();
  for (char& c : kind) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (kind != ".csv" && kind != ".png" && kind != ".gif") {
    throw ConfigError("-o " + output, "must end in .csv, .png or .gif");
  }
  refuse_in_the_way(output, force);
  return kind;
}

std::string content(const std::string& kind, const StoredRun& run, const Replay& replay) {
  if (kind == ".png") return picture_of(painter_of(run, replay, kPictureSize));
  if (kind == ".gif") return film_of(painter_of(run, replay, kFilmSize));
  std::ostringstream csv;
  print_csv(replay, csv);
  return csv.str();
}

/// What holds the result against the file. @param as_stored  whether it was compared with it
std::string compared_with_file(const Replay& made, const std::string& objective, bool as_stored) {
  if (!as_stored) return ", in another configuration";
  if (!made.other_life) return ", bit for bit as stored";
  const auto& [name, stored, now] = *made.other_life;
  const std::string here = name == objective ? "" : fmt::format(", not {}", now);
  return fmt::format(
      "; the file stores {} {}{}, of the life before this one: what that life learned is in the "
      "genome now (evaluation.lamarckian = true)",
      name, stored, here);
}

}  // namespace

std::vector<double> near_point(const std::string& text) {
  std::vector<double> values;
  for (const std::string& word : cells_of(text)) {
    const std::optional<double> value = number<double>(word);
    if (!value || !std::isfinite(*value)) {
      throw ConfigError("--near", quoted(word) + " is not a number; write --near x,y");
    }
    values.push_back(*value);
  }
  if (values.empty()) throw ConfigError("--near", "is empty; write --near x,y");
  return values;
}

void replay(const ReplayOptions& options, const Catalogue& catalogue) {
  const EliteChoice choice = elite_choice(options);
  const std::string kind = options.output ? kind_of(*options.output, options.force) : ".csv";
  const StoredRun run(options.run_file, catalogue, 1, options.sets);
  const std::size_t environment = place_in_suite(run.parts(), options.environment);
  require_trace(run.parts(), environment);
  const bool as_stored = options.sets.empty();
  const Replay made =
      cambrian::replay(run, elite_row(run.file(), "archive", choice), environment, as_stored);
  const std::string bytes = content(kind, run, made);
  if (options.output) {
    write_file(*options.output, bytes);
  } else {
    print_out([&] { std::cout << bytes; });
  }
  const std::string& objective = run.parts().description.objectives.front().name;
  const std::string shown =
      made.episode.empty() ? fmt::format("{} steps", made.moments() - 1)
                           : fmt::format("{} shown: {} {}{}, {} steps", made.episode, objective,
                                         made.episode_objective,
                                         made.episode_solved ? ", solved" : "", made.moments() - 1);
  const std::string result =
      made.failure.empty()
          ? fmt::format("{} {}{}{}", objective, made.objective, made.solved ? ", solved" : "",
                        compared_with_file(made, objective, as_stored))
          : "invalid, " + printable(made.failure, kLongestMessage);
  say(fmt::format("elite {}: {}; {}{}\n", made.id, result, shown,
                  options.output ? " -> " + *options.output : ""));
}

}  // namespace cambrian::apps
