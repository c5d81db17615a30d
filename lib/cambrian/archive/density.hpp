// How densely descriptor space has been visited: a sample of all descriptors that ever came, each of
// them with the same chance to be in it, and a Gaussian around each.
//
//   density(x) = mean over the sample of exp(-|x - s|^2 / (2 h^2)),   0 while it is empty
//
// Sources: Lee et al. 2024, "Density descent for diversity optimization"; Li 1994, "Reservoir-sampling
// algorithms of time complexity O(n(1 + log(N/n)))" (algorithm L, over the stream of all candidates).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/executor.hpp"
#include "cambrian/core/state.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

class DensityBuffer {
 public:
  /// @param capacity   descriptors held, at least 1   @param bandwidth  h, above 0
  /// @param executor   outlives the buffer; null: the caller's thread
  DensityBuffer(std::size_t capacity, std::size_t dimensions, double bandwidth, StreamKey key,
                Executor* executor);

  std::size_t size() const;
  /// @param descriptors  [n, D], finite where valid  @param valid  [n]  @param density  [n] written
  /// where valid
  void densities(std::span<const double> descriptors, std::span<const std::uint8_t> valid,
                 std::span<double> density) const;
  void add(std::span<const double> descriptors, std::span<const std::uint8_t> valid);
  /// [D, capacity], of which the first size() columns are held.
  std::span<const double> values() const { return values_; }

  void save(StateWriter& state) const;
  /// @throws Error if the state is of a buffer of another size
  void load(const StateReader& state);

 private:
  double density(const double* descriptor) const;
  /// Draws which of the candidates is the next to replace one that is held.
  void skip(std::uint64_t from);
  Stream next_stream() { return {key_, steps_++}; }

  std::size_t capacity_, dimensions_;
  double factor_;  ///< -1 / (2 h^2)
  StreamKey key_;
  Executor* executor_;
  std::vector<double> values_;
  std::uint64_t seen_ = 0;
  std::uint64_t next_ = 0;  ///< the ordinal of that candidate
  double weight_ = 1;  ///< the largest of `capacity` uniform keys, as if each candidate had one
  std::uint64_t steps_ = 0;  ///< streams used
};

}  // namespace cambrian
