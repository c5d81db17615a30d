// Variation by a program of the user's: it is given parents and a seed per child, and returns children,
// by lines of JSON (environments/process/PROCESS.md has the protocol and an example). A language model
// behind it is one such.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cambrian/core/outside_program.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

struct ProcessVariationParameters final : OutsideProgramParameters {};

/// One process, which is started at once, and again where it dies or takes too long; it is then asked the
/// same. What it dies of twice, and an answer that is not as the protocol says, end the run.
class ProcessVariation final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of real vectors, or the program does not describe itself
  ProcessVariation(const ProcessVariationParameters& parameters, const GenomeSpace& space);
  double mating_share() const override { return mating_share_; }
  /// Children lie within the space's bounds: what leaves them is brought back as `genome.bounds` says.
  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  const RealSpace& space_;
  double time_limit_;
  double mating_share_ = 0;
  mutable std::mutex one_at_a_time_;
  std::unique_ptr<OutsideProgram> program_;
};

}  // namespace cambrian
