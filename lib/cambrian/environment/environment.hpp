// An environment: what a network, or a bare vector, is evaluated in. It has two interfaces, of
// which an environment declares one or both:
//
//   bare vectors:  evaluate(block of vectors) -> rows of evaluations
//   networks:      reset -> [observe -> network -> act]... -> finish, where next_scenario() may
//                  begin the loop anew
//
// The loop belongs to evaluation/, so that replay, traces and time limits are written once.
// An instance belongs to one worker and shares nothing mutable with another. Everything random
// comes from the stream of reset.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/cache_lines.hpp"
#include "cambrian/core/inputs.hpp"
#include "cambrian/core/objective_direction.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/environment/scene.hpp"
#include "cambrian/network/network.hpp"

namespace cambrian {

struct Measure {
  std::string name;
  std::string unit;
  double min = 0;  ///< nominal bounds: a grid's default
  double max = 1;
  std::string meaning;
};

struct Objective {
  std::string name;
  std::string unit;
  double worst = 0;  ///< the declared worst value, in its direction: the default of qd_offset
  std::string meaning;
  /// minimise: the lower value is the better one, as of a cost or an error. The environment writes it
  /// as it is.
  ObjectiveDirection direction = ObjectiveDirection::maximise;
};

/// One direction per objective.
std::vector<ObjectiveDirection> directions_of(const std::vector<Objective>& objectives);

/// Everything that the other rooms need to know of an environment before it runs.
struct EnvironmentDescription {
  std::vector<Objective> objectives;  ///< at least one; the first drives
  std::vector<Measure> measures;
  std::vector<std::string> descriptor;  ///< names of the measures that are the descriptor unless
                                        ///< the configuration chooses
  bool takes_vectors = false;
  std::size_t vector_length = 0;  ///< length of a bare vector
  std::size_t block = 1;  ///< bare vectors per call of evaluate(), at least 1: 1 spreads even a few
                          ///< slow ones over all cores; more pays where a vector takes less than
                          ///< some microseconds
  bool takes_networks = false;
  NetworkInterface body;  ///< sensors (no bias) and motors
  std::size_t lanes = 1;  ///< independent patterns tried at once
  int warm_up =
      0;  ///< activations on the first observation, before the first step (recurrent networks)
  int updates_per_step = 1;  ///< of a recurrent network; a feed-forward one makes one full pass
  bool can_be_solved = false;
  std::string solved_when;            ///< in words
  std::vector<std::string> warnings;  ///< one line each about what the environment was given that
                                      ///< is probably a mistake; shown once when a run starts
  bool noisy = false;                 ///< results depend on the stream
  bool gives_gradients = false;       ///< of bare vectors, where they are asked for
  bool learns = false;             ///< of bare vectors: writes what a life has made of them where
                                   ///< it is asked for
  std::vector<std::string> trace;  ///< names of the columns of a trace row; none: no replay
};

/// Gives all objectives this direction. Of one that was declared in the other, no worst value is known
/// any more, because that was its best: it becomes 0.
void set_direction(EnvironmentDescription& description, ObjectiveDirection direction);

/// A block of bare vectors, [n, length] row-major, one after another.
struct VectorBlock {
  const float* data = nullptr;
  std::size_t rows = 0;
  std::size_t length = 0;
  /// [n] what each draws from; empty unless description().noisy
  std::span<Stream> streams = {};
  std::span<const float> row(std::size_t i) const { return {data + i * length, length}; }
};

/// Gets one trace row; see EnvironmentDescription::trace.
using TraceSink = std::function<void(std::span<const double>)>;

/// What throws in an evaluation, and objectives or measures that are not finite or beyond 1e100,
/// make the candidate invalid: it is counted, shown, and enters nothing. A FatalError ends the run.
/// Aligned, so that two workers' environments share no cache line. What an environment writes at each step stands
/// in it, or in a CacheAligned vector (core/cache_lines.hpp).
class alignas(kCacheLines) Environment {
 public:
  virtual ~Environment() = default;
  virtual const EnvironmentDescription& description() const = 0;

  /// Bare vectors, at most description().block of them. A vector's results depend on that vector
  /// and its stream alone, to the last bit, not on the others of its block. After an exception in a block of
  /// several, its vectors are evaluated once more, one by one.
  /// @param rows  as many as vectors; all written. Gradients, by each number of the vector, only where
  /// they are not empty, which they are unless description().gives_gradients; so with what a life has
  /// learned and description().learns
  virtual void evaluate(const VectorBlock& vectors, const EvaluationRows& rows);
  /// What happens while a bare vector is evaluated, for replays: a trace row before anything has happened,
  /// then one per step. To be written by environments whose vectors have a description().trace.
  /// @param stream  where evaluate() had the vector's own, as it was then; another life comes of another
  /// @throws Error unless it is written
  virtual void trace_vector(std::span<const float> vector, Stream& stream,
                            const TraceSink& sink) const;

  /// Starts an episode.
  virtual void reset(Stream& stream);
  /// @param sensors [lanes, sensors], written, each in its terminal's range
  virtual void observe(std::span<float> sensors);
  /// One step. @param motors [lanes, motors], each in its terminal's range. @return false when the
  /// episode is over
  virtual bool act(std::span<const float> motors);
  /// Called when an episode is over: whether another follows in the same evaluation, such as a second
  /// task or a test outside the budget. The network is born anew, and the episode starts without a
  /// reset: with observe(). By itself an evaluation is one episode.
  virtual bool next_scenario() { return false; }
  /// @param row  one, to be written, after the last scenario
  virtual void finish(const EvaluationRows& row);
  /// The present state, one value per name of description().trace.
  virtual void trace(std::span<double> row) const;
  /// What the environment looks like in the moment of a trace row, whatever state it is in itself.
  /// Nothing: it cannot be drawn.
  virtual std::optional<Scene> scene(std::span<const double> row) const;
};

using EnvironmentComponent = Component<Environment, const Inputs&>;

}  // namespace cambrian
