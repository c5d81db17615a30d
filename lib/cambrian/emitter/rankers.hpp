// In which order an emitter's candidates are to be learnt from, by what an archive made of them.
// Sources: Fontaine et al. 2020 (CMA-ME: two_stage_improvement, random_direction, objective);
// Fontaine & Nikolaidis 2023 (CMA-MAE: improvement); Lee et al. 2024 (density); Lehman & Stanley 2011
// (nslc); names and variants as in pyribs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/emitter/emitter.hpp"

namespace cambrian {

/// What candidates are ranked by. two_stage: new cells first, then improvements, then the rest, and
/// within each by the second word. improvement and novelty: the archive's value, the higher first;
/// density: the lower first. random_direction: how far a candidate lies along a direction of
/// descriptor space. nslc: fronts over novelty and local competition, the less crowded first;
/// nslc_classic: fronts over novelty, local competition and genotypic diversity.
enum class RankBy : std::uint8_t {
  two_stage_improvement,
  improvement,
  two_stage_random_direction,
  random_direction,
  two_stage_objective,
  objective,
  novelty,
  density,
  nslc,
  nslc_classic
};
void visit_ranker(ParameterVisitor& visitor, RankBy& ranker);

/// A ranked batch of an emitter; rows count from the emitter's first.
struct Ranking {
  std::vector<std::uint32_t> order;  ///< [valid] rows that could be evaluated, the best first
  std::vector<double> values;        ///< [rows, keys], higher is better; 0 where invalid
  std::size_t keys = 1;
  std::size_t accepted = 0;  ///< rows that the archive accepted
  /// Whether the best and the worst are less than 1e-12 apart, in Euclidean norm over the keys; false
  /// for fewer than 2.
  bool flat() const;
};

class Ranker {
 public:
  /// @param key  the direction's streams
  /// @throws ConfigError if the context's archive does not answer what is ranked by, or has no axes
  /// where a direction is
  Ranker(RankBy by, const EmitterContext& context, StreamKey key);
  /// The direction of the search that begins: N(0, 1) times the width of each axis of the archive,
  /// from the stream (key, ordinal).
  void reset(std::uint64_t ordinal);
  /// Ties go to the candidate that comes first; the answer is valid until the next call.
  /// @throws Error if it is nslc and the archive does not count local competition
  const Ranking& rank(RowRange range, const Proposal& proposal, const Placement& placement);
  /// [D], empty where it has none.
  std::span<const double> direction() const { return direction_; }

 private:
  void measure(RowRange range, const Proposal& proposal, const Placement& placement);
  double first_key(std::size_t row, const Individuals& candidates,
                   const Placement& placement) const;
  void order_by_fronts();
  void measure_diversity(RowRange range, const Population& population);

  RankBy by_;
  const Variation* variation_;
  std::vector<double> widths_;  // of the archive's axes; empty: no direction
  StreamKey key_;
  std::vector<double> direction_;
  Ranking ranking_;
};

}  // namespace cambrian
