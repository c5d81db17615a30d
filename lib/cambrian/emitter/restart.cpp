#include "cambrian/emitter/restart.hpp"

namespace cambrian {

void RestartParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "restart", restart,
      {{"basic", Rule::basic}, {"no_improvement", Rule::no_improvement}, {"every", Rule::every}},
      {"when it begins anew: basic = when its search has ended, no_improvement = also when "
       "the archive accepted nothing of a batch, every = also after restart_every batches",
       {},
       "Fontaine et al. 2020: no_improvement; Fontaine & Nikolaidis 2023: basic"});
  visitor.integer(
      "restart_every", restart_every, {1, 1'000'000'000},
      {"batches between two beginnings, where restart is every", "batches", "our choice"});
}

void RestartParameters::check() const {
  const bool is_set = restart_every != RestartParameters().restart_every;
  refuse_idle("restart_every", is_set && restart != Rule::every, "unless restart is 'every'");
}

bool RestartParameters::is_due(std::uint64_t tells, std::size_t accepted) const {
  if (restart == Rule::no_improvement) return accepted == 0;
  return restart == Rule::every && tells % static_cast<std::uint64_t>(restart_every) == 0;
}

}  // namespace cambrian
