// A batch with what lies beside it, on its way from an algorithm's ask to its tell.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/individuals.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

inline constexpr std::uint8_t kNotTold = 2;

/// The caller owns it between ask and tell, and reuses it.
///
///   ask    jobs, genomes, ids and parents of the candidates
///   then   the caller that evaluates writes objectives, descriptors, valid and solved of the candidates
///   tell   entered
struct Proposal {
  Batch batch;
  std::unique_ptr<Population> population;  ///< [batch.candidates]; made by the first ask
  Individuals candidates;                  ///< [batch.candidates]
  std::vector<std::uint8_t> entered;  ///< [batch.candidates], by tell: 1 where it came to live or
                                      ///< to stay anywhere, otherwise 0; kNotTold before

  /// One job per candidate, ids first_id..; the candidates' columns are as Individuals::start says.
  void start(std::size_t count, std::uint64_t first_id, const GenomeSpace& space,
             std::size_t dimensions);
  /// For an algorithm that is told: rows with a number that is not finite become invalid, `entered`
  /// 0. @param asked  candidates of the batch that is out
  /// @throws ShapeError unless there are so many, with columns of their shapes; nothing has changed then
  void begin_tell(std::size_t asked, std::size_t dimensions);
};

}  // namespace cambrian
