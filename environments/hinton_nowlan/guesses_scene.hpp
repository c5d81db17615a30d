// What a life of guessing looks like, trial by trial.
//
//   genome  [1][?][0][?]...     right  |        o        all 20
//   guess   [1][1][0][0]...            | ./\/\./
//                                      +-------------    trial, on a logarithmic scale
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cambrian/environment/scene.hpp"

namespace cambrian {

/// Names of a trace row's columns: trial (0: none yet), right (ones of its guess), most (right so far),
/// allele_0, ... (0, 1, 2 for ?), guess_0, ... (0, 1; -1: none yet).
std::vector<std::string> guesses_trace(std::size_t loci);

/// A trace row.
class GuessesMoment {
 public:
  static constexpr std::size_t kCounts = 3;  ///< columns before the alleles
  explicit GuessesMoment(std::size_t loci) : loci_(loci), row_(kCounts + 2 * loci, -1.0) {
    row_[0] = row_[1] = row_[2] = 0;
  }
  std::span<double> alleles() { return std::span(row_).subspan(kCounts, loci_); }
  std::span<double> guesses() { return std::span(row_).subspan(kCounts + loci_); }
  std::span<const double> row() const { return row_; }
  /// How many of the guesses are 1.
  std::size_t right() const;
  /// Writes the first three columns.
  void count(std::int64_t trial);

 private:
  std::size_t loci_;
  std::vector<double> row_;
};

/// @param row     as guesses_trace() says
/// @param trials  of the longest life
Scene guesses_scene(std::span<const double> row, std::int64_t trials);

}  // namespace cambrian
