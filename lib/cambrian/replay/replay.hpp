// What an elite does: its stored evaluation once more, with its trace.
//
//   run file ──► the elite's genome ──► evaluator ──► trace, held against the stored numbers ──►
//   CSV, picture, film
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/picture/scene_painter.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {

struct Replay {
  /// A number that the file holds, and what the replay gives instead.
  struct Difference {
    std::string name;
    double stored = 0;
    double now = 0;
  };
  std::uint64_t id = 0;
  std::size_t environment = 0;  ///< of the suite, whose trace it is
  double objective = 0;         ///< as stored, or of the other configuration
  std::string failure = {};     ///< of an evaluation that is invalid, and is not compared
  /// Of a lamarckian run, where this life, which begins with what the stored one learned, gives
  /// another result than that one: the first number that differs.
  std::optional<Difference> other_life = {};
  bool solved = false;
  /// The episode whose trace it is, where the elite has several: "sample 1 of 5 in hard".
  std::string episode = {};
  double episode_objective = 0;
  bool episode_solved = false;
  std::vector<std::string> columns;  ///< of the trace
  std::vector<double> trace;         ///< [moments, columns]
  /// The network as the traced life has left it; asked for: the encoding must be able to show it.
  std::optional<Wiring> lived = {};

  std::size_t moments() const { return trace.size() / columns.size(); }
  std::span<const double> moment(std::size_t i) const {
    return std::span(trace).subspan(i * columns.size(), columns.size());
  }
};

/// The environment of a suite that is called `label`; the first where none is named.
/// @throws ConfigError "--environment hrad: ..." if there is none
std::size_t place_in_suite(const Assembly& parts, const std::optional<std::string>& label);

/// @throws ConfigError if the environment has nothing to replay: no trace
void require_trace(const Assembly& parts, std::size_t environment = 0);

/// Evaluates the elite in row `row` of /archive once more, with the trace of its first sample in
/// `environment`.
/// @throws ConfigError as require_trace; Error unless objective, descriptor and solved come out as
/// stored, bit for bit; of a lamarckian run, whose genomes are stored as their lives have left them,
/// they may come out otherwise: Replay::other_life
/// @param as_stored  false: of a run that was opened with another configuration, where nothing is
/// compared, and an evaluation that fails has a trace all the same
/// @param lived  whether its network is to be kept as its life has left it
Replay replay(const StoredRun& run, std::uint32_t row, std::size_t environment = 0,
              bool as_stored = true, bool lived = false);

void print_csv(const Replay& replay, std::ostream& out);

/// The painter of its scenes. @param size  of the environment's longer side, pixels
/// @throws ConfigError if the environment cannot be drawn
ScenePainter painter_of(const StoredRun& run, const Replay& replay, std::uint32_t size);

/// The last moment, with the whole way. @return the bytes of a PNG file
std::string picture_of(const ScenePainter& painter);

/// At most 100 moments and the last, 5 s and a pause. @return the bytes of a GIF file
std::string film_of(const ScenePainter& painter);

}  // namespace cambrian
