#include "cambrian/algorithm/map_elites.hpp"

#include <algorithm>

#include "cambrian/emitter/elite_emitter.hpp"

namespace cambrian {

void MapElitesParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("batch", batch, {1, 1'000'000},
                  {"children that an emitter proposes at once", "evaluations",
                   "Fontaine & Nikolaidis 2023: 540"});
  visitor.integer("initial", initial, {0, 1'000'000'000},
                  {"random genomes before the first children", "evaluations",
                   "Fontaine & Nikolaidis 2023: 100"});
}

MapElites::MapElites(const MapElitesParameters& parameters, AlgorithmContext& context)
    : parameters_(checked(parameters)),
      space_(context.space()),
      elites_(context.make_archive("grid"), context.space().make_population()),
      initial_(context.key("algorithm.initial")) {
  const auto batch = static_cast<std::size_t>(parameters.batch);
  for (auto& [name, emitter] : context.make_emitters(batch)) {
    if (origins_.empty()) origins_.emplace_back("initial");
    const auto same = std::ranges::count_if(
        origins_, [&name = name](const std::string& origin) { return origin.starts_with(name); });
    origins_.push_back(same == 0 ? name : name + "_" + std::to_string(same + 1));
    emitters_.push_back(std::move(emitter));
  }
  if (!emitters_.empty()) return;
  emitters_.push_back(std::make_unique<EliteEmitter>(EliteEmitterParameters(),
                                                     emitter_context(context, "algorithm", batch)));
}

void MapElites::ask(Proposal& proposal) {
  const auto initial = static_cast<std::uint64_t>(parameters_.initial);
  std::size_t count = 0;
  for (const auto& emitter : emitters_) count += emitter->batch_size();
  if (next_id_ < initial) count = initial - next_id_;
  proposal.start(count, next_id_, space_, elites_.archive().space().dimensions());
  if (!origins_.empty()) proposal.candidates.origins.assign(count, 0);
  asked_emitters_.clear();
  if (next_id_ < initial) {
    space_.initialise(*proposal.population, 0, count, initial_, next_id_);
  } else {
    ask_emitters(proposal);
  }
  next_id_ += count;
  asked_ = count;
}

void MapElites::ask_emitters(Proposal& proposal) {
  std::size_t begin = 0;
  for (std::size_t e = 0; e < emitters_.size(); ++e) {
    Emitter& emitter = *emitters_[e];
    const RowRange range{begin, begin + emitter.batch_size()};
    begin = range.end;
    if (elites_.size() == 0 && emitter.needs_elites()) {
      space_.initialise(*proposal.population, range.begin, range.size(), initial_, next_id_);
      continue;
    }
    asked_emitters_.push_back({e, range});
    if (!origins_.empty()) {
      std::fill_n(proposal.candidates.origins.begin() + static_cast<std::ptrdiff_t>(range.begin),
                  range.size(), static_cast<std::uint16_t>(e + 1));
    }
    emitter.ask(elites_, range, proposal);
  }
}

void MapElites::tell(Proposal& proposal) {
  proposal.begin_tell(asked_, elites_.archive().space().dimensions());
  const Placement& placement = elites_.add(proposal.candidates, *proposal.population);
  asked_ = 0;
  for (std::size_t i = 0; i < placement.status.size(); ++i) {
    proposal.entered[i] = placement.accepted(i) ? 1 : 0;
  }
  for (const auto& [e, range] : asked_emitters_) {
    emitters_[e]->tell(elites_, range, proposal, placement);
  }
}

void MapElites::save(StateWriter& checkpoint) const {
  checkpoint.attribute("next_id", next_id_);
  for (std::size_t e = 0; e < emitters_.size(); ++e) {
    emitters_[e]->save(*checkpoint.group("emitter_" + std::to_string(e)));
  }
}

void MapElites::load(const StateReader& checkpoint, const SavedTables& tables) {
  next_id_ = checkpoint.attribute_as<std::uint64_t>("next_id");
  elites_.load(*tables.archive("driver"));
  for (std::size_t e = 0; e < emitters_.size(); ++e) {
    emitters_[e]->load(*checkpoint.group("emitter_" + std::to_string(e)));
  }
}

}  // namespace cambrian
