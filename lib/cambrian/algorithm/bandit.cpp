#include "cambrian/algorithm/bandit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {

void BanditParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("active_emitters", active, {0, 1'000'000},
                  {"emitters that propose in a batch, chosen by how often their candidates enter; "
                   "0: all of them",
                   "emitters", "pyribs: BanditScheduler"});
  visitor.real("exploration", exploration, {0},
               {"weight of what has been tried little in that choice", "", "pyribs: 0.05"});
  visitor.choice("exploration_total", total,
                 {{"proposed", Total::proposed}, {"accepted", Total::accepted}},
                 {"whose logarithm that weight is multiplied with: all candidates, or those that "
                  "have entered",
                  "", "Auer et al. 2002 (UCB1); pyribs: accepted"});
  visitor.choice(
      "reselect", reselect, {{"terminated", Reselect::terminated}, {"all", Reselect::all}},
      {"which emitters may be replaced at each batch: those that have begun anew, or all", "",
       "pyribs"});
}

Bandit::Bandit(const BanditParameters& parameters, std::size_t emitters)
    : parameters_(parameters),
      proposed_(emitters),
      accepted_(emitters),
      restarts_(emitters),
      active_(emitters) {
  if (parameters.active ==
      0) {  // presets set `exploration_total`, whether there is a choice or not
    const BanditParameters defaults;
    constexpr std::string_view all = "while active_emitters is 0";
    refuse_idle("exploration", parameters.exploration != defaults.exploration, all);
    refuse_idle("reselect", parameters.reselect != defaults.reselect, all);
  }
  if (parameters.active > static_cast<std::int64_t>(emitters)) {
    throw ConfigError("active_emitters", "is " + std::to_string(parameters.active) +
                                             ", but there " + (emitters == 1 ? "is " : "are ") +
                                             counted(emitters, "emitter"));
  }
}

double Bandit::score(std::size_t emitter) const {
  if (proposed_[emitter] == 0) return std::numeric_limits<double>::infinity();
  const auto& totals =
      parameters_.total == BanditParameters::Total::proposed ? proposed_ : accepted_;
  const auto total = std::accumulate(totals.begin(), totals.end(), std::uint64_t{0});
  const auto proposed = static_cast<double>(proposed_[emitter]);
  // While nothing has entered anywhere, the logarithm of no successes weighs nothing.
  const double logarithm = std::log(std::max(1.0, static_cast<double>(total)));
  return static_cast<double>(accepted_[emitter]) / proposed +
         parameters_.exploration * std::sqrt(logarithm / proposed);
}

std::span<const std::size_t> Bandit::choose(std::span<const std::uint64_t> restarts) {
  for (std::size_t e = 0; e < active_.size(); ++e) {
    const bool done =
        parameters_.reselect == BanditParameters::Reselect::all || restarts[e] > restarts_[e];
    if (done) active_[e] = 0;
    restarts_[e] = restarts[e];
  }
  std::vector<std::size_t> order(active_.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> scores(active_.size());
  for (const std::size_t e : order) scores[e] = score(e);
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t e) { return scores[e]; });
  auto missing = parameters_.active - std::ranges::count(active_, 1);
  for (const std::size_t e : order) {
    if (missing == 0) break;
    if (active_[e] != 0) continue;
    active_[e] = 1;
    --missing;
  }
  chosen_.clear();
  for (std::size_t e = 0; e < active_.size(); ++e) {
    if (active_[e] != 0) chosen_.push_back(e);
  }
  return chosen_;
}

void Bandit::note(std::size_t emitter, std::size_t proposed, std::size_t accepted) {
  proposed_[emitter] += proposed;
  accepted_[emitter] += accepted;
}

void Bandit::save(StateWriter& writer) const {
  writer.column<std::uint64_t>("proposed", proposed_);
  writer.column<std::uint64_t>("accepted", accepted_);
  writer.column<std::uint64_t>("restarts", restarts_);
  writer.column<std::uint8_t>("active", active_);
}

void Bandit::load(const StateReader& reader) {
  const std::size_t emitters = active_.size();
  proposed_ = reader.column<std::uint64_t>("proposed");
  accepted_ = reader.column<std::uint64_t>("accepted");
  restarts_ = reader.column<std::uint64_t>("restarts");
  active_ = reader.column<std::uint8_t>("active");
  for (const std::size_t size :
       {proposed_.size(), accepted_.size(), restarts_.size(), active_.size()}) {
    if (size == emitters) continue;
    throw Error("checkpoint/bandit: has " + counted(size, "emitter") + ", but expected " +
                std::to_string(emitters));
  }
}

}  // namespace cambrian
