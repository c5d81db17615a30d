// How learning can guide evolution: a needle in a haystack that a life may find.
//
//   genome   [20] alleles 0, 1 and ?, of numbers: the nearest of 0, 1 and 2, where 2 is ?
//   life     up to 1,000 trials, each of which sets every ? anew by a fair coin; it ends at the first
//            trial of all ones, which a genome with a 0 never has
//   fitness  1 + 19 n / 1000, n the trials that are left, the last one counted; never found: 1
//
// The first trial of all ones is drawn at once: it is geometric with p = 2^-q, q the number of ?.
// A replay draws the guesses of the trials before it, too, which fitness does not need.
// With [evaluation] lamarckian, a life that finds the string writes ones in place of its ?.
// `trials = 1` is the control without learning: a single guess.
// Source: Hinton & Nowlan 1987, "How Learning Can Guide Evolution".
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

struct HintonNowlanParameters final : Parameters {
  std::int64_t loci = 20;
  std::int64_t trials = 1000;
  void visit(ParameterVisitor& visitor) override;
};

enum class Allele : std::uint8_t { zero, one, open };

/// The nearest of 0, 1 and 2 (open, written ?); halves go up.
Allele allele_of(float gene);

/// The trial of a life, from 1, that is the first of all ones, at most `trials` + 1 (which is never).
/// @param open  number of ?, of a genome without a 0
std::int64_t first_success(std::size_t open, std::int64_t trials, Stream& stream);

/// @param success  trial of the first of all ones; trials + 1: never
double fitness_of(std::int64_t success, std::int64_t trials);

EnvironmentComponent hinton_nowlan_environment();

}  // namespace cambrian
