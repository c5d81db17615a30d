// When an emitter that learns from its batches begins anew, and where.
#pragma once

#include <cstdint>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

struct RestartParameters {
  /// basic: only when the search itself says that it has ended; no_improvement: also when the archive
  /// accepted nothing of a batch; every: also after every `restart_every` batches.
  enum class Rule : std::uint8_t { basic, no_improvement, every };
  Rule restart = Rule::no_improvement;
  std::int64_t restart_every = 100;
  void visit(ParameterVisitor& visitor);
  /// @throws ConfigError if `restart_every` differs from its default, but has no effect
  void check() const;
  /// @param tells  batches since the emitter was made  @param accepted  of the last one
  bool is_due(std::uint64_t tells, std::size_t accepted) const;
};

}  // namespace cambrian
