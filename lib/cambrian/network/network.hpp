// A network that an environment drives step by step, and the interface that it is built for.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

/// A closed range of values. Sensors, motors and networks each state theirs; the evaluator maps
/// linearly between them.
struct SignalRange {
  float min = 0.0F;
  float max = 1.0F;
  friend bool operator==(const SignalRange&, const SignalRange&) = default;
};

/// One sensor or motor of a body: its range, and where it sits, the geometry that substrates are
/// painted from.
struct Terminal {
  std::string name;
  SignalRange range;
  std::vector<double>
      position;  ///< coordinates, conventionally in [-1, 1]; as many in all terminals of a body
  std::string kind = {};  ///< what sort of sensor, by which substrates tell them apart
  friend bool operator==(const Terminal&, const Terminal&) = default;
};

/// What a network must fit: the body's sensors and motors.
struct NetworkInterface {
  std::vector<Terminal> sensors;
  std::vector<Terminal> motors;
};

/// Aligned, so that two workers' networks share no cache line.
class alignas(kCacheLines) Network {
 public:
  virtual ~Network() = default;
  virtual std::size_t inputs() const = 0;  ///< sensors only: a network brings its own bias
  virtual std::size_t outputs() const = 0;
  virtual SignalRange input_range() const = 0;
  virtual SignalRange output_range() const = 0;
  /// True if signals of earlier updates are in the outputs; a network without them needs no warm-up
  /// and one update per step, whether or not it learns.
  virtual bool stateful() const = 0;
  /// Birth: forgets everything and prepares for `lanes` independent patterns; may allocate.
  /// @param birth  for what a network draws when it begins to live, such as initial weights; the
  /// environment draws from a stream of its own
  virtual void reset(std::size_t lanes, Stream& birth) = 0;
  /// Whether weights change while it lives. Birth turns learning on.
  virtual bool learns() const { return false; }
  /// Off: it lives on with the weights that it has.
  virtual void set_learning(bool /*on*/) {}
  /// Gives back the weights of its birth; forgets the signals of earlier updates. Neither allocates.
  virtual void reset_weights() {}
  virtual void reset_state() {}
  /// @throws Error if what it has learned is not finite
  virtual void check() const {}
  /// One update (recurrent: every link once, synchronously; feed-forward: one full pass) of all
  /// lanes; allocates nothing.
  /// @param sensors  [lanes, inputs] in input_range()   @param motors  [lanes, outputs], written,
  /// in output_range()
  virtual void activate(std::span<const float> sensors, std::span<float> motors) = 0;
  /// Structural measures of this network (for descriptors such as `network.links`): sensors, bias
  /// and neurons; connections with those from the bias.
  virtual std::size_t nodes() const = 0;
  virtual std::size_t links() const = 0;
};

}  // namespace cambrian
