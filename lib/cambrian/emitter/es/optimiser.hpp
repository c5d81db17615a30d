// An optimiser that is asked and told: it writes candidates, and is told in which order an archive's
// ranking puts them. It knows neither archives nor genomes beyond vectors, so that any search method
// of real vectors is an emitter (es/optimiser_emitter.hpp), and evolution strategies are the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "cambrian/core/state.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

/// The last batch of an optimiser of n genes, ranked.
struct RankedBatch {
  std::span<const float> genomes;  ///< [rows, n] as they were evaluated, within the space's bounds
  /// [valid] its rows that could be evaluated, the best first.
  std::span<const std::uint32_t> order;
  std::size_t parents = 0;         ///< the first so many of `order` are to be learnt from
  std::span<const double> values;  ///< [rows, keys] what they were ranked by, higher is better
  std::size_t keys = 1;
  std::size_t rows() const { return keys == 0 ? 0 : values.size() / keys; }
};

class Optimiser {
 public:
  virtual ~Optimiser() = default;
  /// Begins, or begins anew, and forgets what it has learnt.
  /// @param mean   [n]  @param sigma  above 0, the standard deviation of its first candidates
  virtual void start(std::span<const double> mean, double sigma) = 0;
  /// Writes rows first, first + 1, ... of its next batch, as many as `genomes` has room for. Row i
  /// draws from the stream (key, first_id + i) alone. @param genomes  [rows, n] row-major
  virtual void ask(std::span<float> genomes, std::size_t first, StreamKey key,
                   std::uint64_t first_id) = 0;
  /// Learns from the batch that it was asked for last.
  virtual void tell(const RankedBatch& batch) = 0;
  /// Whether it has converged or cannot continue, so that it must start anew.
  virtual bool stop() const = 0;
  /// [n] The centre of its search, where it would look if it drew no noise. Between tell and ask.
  virtual std::span<const double> mean() const = 0;
  /// Between tell and ask.
  virtual void save(StateWriter& writer) const = 0;
  virtual void load(const StateReader& reader) = 0;
};

/// Reads a saved vector into `to`. @throws Error if it has another length
void load_vector(const StateReader& reader, std::string_view name, std::span<double> to);

}  // namespace cambrian
