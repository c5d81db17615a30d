#include "cambrian/replay/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "cambrian/evaluation/jobs.hpp"
#include "cambrian/picture/gif.hpp"
#include "cambrian/picture/png.hpp"
#include "cambrian/query/query.hpp"
#include "cambrian/record/version.hpp"

namespace cambrian {
namespace {

using Difference = Replay::Difference;

constexpr std::size_t kFrames = 100;
constexpr int kFrameTime = 5;  // hundredths of a second
constexpr int kPause = 200;

/// Holds an evaluation against what row `row` of /archive says of it.
class Stored {
 public:
  Stored(const StoredRun& run, std::uint32_t row)
      : run_(run),
        archive_(run.file().root().group("archive")),
        row_(row),
        id_(at(archive_->column<std::uint64_t>("id"), row, "id")) {}

  std::uint64_t id() const { return id_; }

  /// @param now  one row
  /// @throws Error unless it is what is stored
  void require_same(const Evaluations& now, const std::string& failure) const {
    if (now.valid.front() == 0) fail("its evaluation fails: " + failure);
    if (const std::optional<Difference> first = difference(now)) {
      fail(fmt::format("{} is stored as {}, but the replay gives {}", first->name, first->stored,
                       first->now));
    }
  }

  /// The first number that differs. @param now  one row, valid
  std::optional<Difference> difference(const Evaluations& now) const {
    const Assembly& parts = run_.parts();
    std::optional<Difference> first;
    const auto compare = [&](const std::string& name, double stored, double replayed) {
      if (first) return;
      if (std::bit_cast<std::uint64_t>(stored) == std::bit_cast<std::uint64_t>(replayed)) return;
      first = {name, stored, replayed};
    };
    const double objective = at(archive_->column<double>("objective"), row_, "objective");
    const Objective& main = parts.description.objectives.front();
    compare(main.name, objective, as_given(now.objectives.front(), main.direction));
    const Descriptor& chosen = parts.result ? parts.result_descriptor : parts.descriptor;
    const auto descriptor = archive_->column<double>("descriptor");
    for (std::size_t axis = 0; axis < chosen.measures.size(); ++axis) {
      compare(chosen.space.names[axis],
              at(descriptor, row_ * chosen.measures.size() + axis, "descriptor"),
              now.measures[chosen.measures[axis]]);
    }
    compare("solved", at(archive_->column<std::uint8_t>("solved"), row_, "solved"),
            now.solved.front());
    return first;
  }

 private:
  template <class T>
  static T at(const std::vector<T>& column, std::size_t i, const char* name) {
    if (i >= column.size()) {
      throw Error(std::string("/archive/") + name + ": is not as long as its table");
    }
    return column[i];
  }

  [[noreturn]] void fail(const std::string& what) const {
    const std::string build = build_description();
    const bool other_build =
        run_.file().root().attribute_if<std::string>("build").value_or(build) != build;
    throw Error(
        fmt::format("elite {} does not repeat its stored evaluation: {}{}", id_, what,
                    other_build ? "; the run was made by another build of the program" : ""));
  }

  const StoredRun& run_;
  std::unique_ptr<StateReader> archive_;
  std::uint32_t row_;
  std::uint64_t id_;
};

/// Which of an elite's episodes is shown; empty where it has one.
std::string episode_text(const Assembly& parts, std::size_t environment) {
  std::string text;
  if (parts.evaluation.samples > 1) text = fmt::format("sample 1 of {}", parts.evaluation.samples);
  if (parts.suite.size() > 1) {
    text += (text.empty() ? "in " : " in ") + parts.suite[environment].name;
  }
  return text;
}

}  // namespace

std::size_t place_in_suite(const Assembly& parts, const std::optional<std::string>& label) {
  std::vector<std::string> labels;
  for (const SuiteMember& member : parts.suite) labels.push_back(member.name);
  if (!label) return 0;
  const auto found = std::ranges::find(labels, *label);
  if (found == labels.end()) {
    throw ConfigError("--environment " + *label, unknown_name("environment", *label, labels));
  }
  return static_cast<std::size_t>(found - labels.begin());
}

void require_trace(const Assembly& parts, std::size_t place) {
  const std::string environment = "environment '" + parts.suite[place].name + "'";
  if (!parts.evaluator->description(place).trace.empty()) return;
  throw ConfigError("replay", environment +
                                  " has no trace: there is nothing to replay; "
                                  "`cambrian evaluate` evaluates its elites again");
}

Replay replay(const StoredRun& run, std::uint32_t row, std::size_t environment, bool as_stored,
              bool lived) {
  const Assembly& parts = run.parts();
  require_trace(parts, environment);
  const Stored stored(run, row);
  const Proposal elite = run.elite(row);
  Replay made;
  made.id = stored.id();
  made.environment = environment;
  made.columns = parts.evaluator->description(environment).trace;
  Batch batch;
  batch.candidates = 1;
  batch.jobs = {stored_job(elite, 0, parts.evaluation.noise)};
  Batch shown = batch;
  shown.jobs.front().environment = static_cast<std::uint32_t>(environment);
  const TraceSink sink = [&](std::span<const double> moment) {
    made.trace.insert(made.trace.end(), moment.begin(), moment.end());
  };
  parts.evaluator->evaluate(*elite.population, shown, &sink);
  if (lived) made.lived = parts.evaluator->lived(environment);
  made.episode = episode_text(parts, environment);
  const ObjectiveDirection direction = parts.description.objectives.front().direction;
  made.episode_objective = as_given(shown.evaluations.objectives.front(), direction);
  made.episode_solved = shown.evaluations.solved.front() != 0;
  expand(batch, parts.suite.size(), static_cast<std::size_t>(parts.evaluation.samples));
  parts.evaluator->evaluate(*elite.population, batch);
  Evaluations room;
  const Evaluations& now = reduce(batch, parts.evaluation.reduction, room);
  // A lamarckian run stores what the first life made of the genome: this is another life.
  if (as_stored && !parts.evaluation.lamarckian) {
    stored.require_same(now, parts.evaluator->first_failure());
  } else if (now.valid.front() == 0) {
    made.failure = parts.evaluator->first_failure();
  } else if (as_stored) {
    made.other_life = stored.difference(now);
  }
  made.objective = as_given(now.objectives.front(), direction);
  made.solved = now.solved.front() != 0;
  return made;
}

void print_csv(const Replay& replay, std::ostream& out) {
  QueryResult table;
  for (std::size_t c = 0; c < replay.columns.size(); ++c) {
    std::vector<double> values;
    for (std::size_t i = 0; i < replay.moments(); ++i) values.push_back(replay.moment(i)[c]);
    table.columns.push_back({.name = replay.columns[c], .values = std::move(values)});
  }
  for (std::size_t i = 0; i < replay.moments(); ++i) table.rows.push_back(i);
  print(table, TableFormat::csv, out);
}

ScenePainter painter_of(const StoredRun& run, const Replay& replay, std::uint32_t size) {
  const Assembly& parts = run.parts();
  const std::unique_ptr<Environment> environment = parts.suite[replay.environment].make();
  std::vector<Scene> scenes;
  for (std::size_t i = 0; i < replay.moments(); ++i) {
    std::optional<Scene> scene = environment->scene(replay.moment(i));
    if (!scene) {
      throw ConfigError("replay", "environment '" + parts.suite[replay.environment].name +
                                      "' cannot be drawn; -o trajectory.csv works");
    }
    scenes.push_back(std::move(*scene));
  }
  std::string objective = parts.description.objectives.front().name;
  std::ranges::replace(objective, '_', ' ');
  std::string name = parts.suite[replay.environment].name;
  std::ranges::replace(name, '_', ' ');
  return {std::move(scenes),
          fmt::format("{}, elite {}{}{}: {} {:.6g}{}", name, replay.id,
                      replay.episode.empty() ? "" : ", ", replay.episode, objective,
                      replay.episode_objective, replay.episode_solved ? ", solved" : ""),
          size};
}

std::string picture_of(const ScenePainter& painter) {
  return encode_png(painter.paint(painter.moments() - 1));
}

std::string film_of(const ScenePainter& painter) {
  const std::size_t last = painter.moments() - 1;
  const Image end = painter.paint(last);
  GifFilm film(end);
  const std::size_t stride = std::max<std::size_t>(1, (last + kFrames - 1) / kFrames);
  for (std::size_t i = 0; i < last; i += stride) film.add(painter.paint(i), kFrameTime);
  film.add(end, kPause);
  return film.finish();
}

}  // namespace cambrian
