// What a cell holds, as a configuration chooses it beside how descriptor space is cut.
//
//   elite      the best candidate that came                        MAP-Elites
//   threshold  an elite, and a threshold t that each accepted candidate of objective f moves:
//              t <- (1 - a) t + a f                                 CMA-MAE
//   density    an elite; the value of a candidate is how densely its place has been visited, low is
//              good. One archive is thus the driver of DDS and the grid of its results.
//
// Sources: Mouret & Clune 2015; Fontaine & Nikolaidis 2023, "Covariance matrix adaptation
// MAP-annealing"; Lee et al. 2024, "Density descent for diversity optimization".
#pragma once

#include <cstdint>
#include <string_view>

#include "cambrian/archive/add_mode.hpp"
#include "cambrian/core/parameters.hpp"

namespace cambrian {

enum class Contents : std::uint8_t { elite, threshold, density };

/// What a threshold lets in: what is above it; or, as CMA-MAE's program was published, whatever
/// comes to an empty cell and what is better than the cell's elite, too, which do not move it.
enum class Acceptance : std::uint8_t { textbook, as_published };

/// Keys of [archive], together with those of the cells.
struct ContentKeys {
  Contents contents = Contents::elite;
  AddMode add_mode = AddMode::single;
  double learning_rate = 0.01;
  double threshold_min = 0;
  Acceptance acceptance = Acceptance::textbook;
  double bandwidth = 0;
  std::int64_t buffer = 10'000;

  void visit_contents(ParameterVisitor& visitor);
  /// textbook, as_published (one by one, with its acceptance) or pyribs (as a batch).
  void apply_contents_preset(std::string_view name);
  /// @throws ConfigError if they contradict each other, or if a key that the contents do not use
  /// differs from its default
  void check_contents() const;
};

}  // namespace cambrian
