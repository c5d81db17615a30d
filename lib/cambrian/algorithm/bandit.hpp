// Which emitters of many propose in the next batch: those whose candidates have entered most often
// for what they have cost, and those that have been tried little (UCB1).
//
//   score of an emitter = accepted / proposed + exploration * sqrt(ln(total) / proposed)
//
// Sources: Auer, Cesa-Bianchi & Fischer 2002, "Finite-time analysis of the multiarmed bandit
// problem" (UCB1; total: all that were proposed); Cully 2021, "Multi-emitter MAP-Elites" (emitters
// as its arms); pyribs' BanditScheduler (total: all that were accepted; exploration 0.05).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/core/state.hpp"

namespace cambrian {

struct BanditParameters {
  enum class Total { proposed, accepted };
  enum class Reselect { terminated, all };
  std::int64_t active = 0;  ///< 0: all emitters, no choice
  double exploration = 0.05;
  Total total = Total::proposed;
  Reselect reselect = Reselect::terminated;
  void visit(ParameterVisitor& visitor);
};

class Bandit {
 public:
  /// @param emitters  how many there are  @throws ConfigError if fewer than parameters.active, or
  /// if keys of the choice are set where all of them propose
  Bandit(const BanditParameters& parameters, std::size_t emitters);

  /// The emitters of the next batch, ascending. An emitter that was chosen stays so until it has
  /// begun anew, or, with Reselect::all, is chosen again each time.
  /// @param restarts  [emitters] how often each has begun anew
  std::span<const std::size_t> choose(std::span<const std::uint64_t> restarts);
  /// What became of an emitter's candidates.
  void note(std::size_t emitter, std::size_t proposed, std::size_t accepted);
  /// What the choice goes by; infinity for an emitter that has proposed nothing yet.
  double score(std::size_t emitter) const;

  void save(StateWriter& writer) const;
  void load(const StateReader& reader);

 private:
  BanditParameters parameters_;
  std::vector<std::uint64_t> proposed_, accepted_, restarts_;  // [emitters]
  std::vector<std::uint8_t> active_;                           // [emitters]
  std::vector<std::size_t> chosen_;
};

}  // namespace cambrian
