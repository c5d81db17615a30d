#include "cambrian/algorithm/map_elites.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/emitter/elite_emitter.hpp"

namespace cambrian {

namespace {

/// elite, elite_2, elite_3: names of emitters of one kind.
void number_repeated(std::vector<std::string>& names) {
  std::map<std::string, int> seen;
  for (std::string& name : names) {
    const int count = ++seen[name];
    if (count > 1) name += "_" + std::to_string(count);
  }
}

}  // namespace

void MapElitesParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("batch", batch, {1, 1'000'000},
                  {"children that an emitter proposes at once", "evaluations",
                   "Fontaine & Nikolaidis 2023: 540"});
  visitor.integer("initial", initial, {0, 1'000'000'000},
                  {"random genomes before the first children", "evaluations",
                   "Fontaine & Nikolaidis 2023: 100"});
  visitor.real(
      "initial_coverage", initial_coverage, {0, 1},
      {"random genomes, a batch at a time, continue until more than this share of the cells is "
       "filled",
       "of the cells", "Vassiliades et al. 2018 (CVT-MAP-Elites): 0.1; our choice: 0"});
  bandit.visit(visitor);
}

void MapElitesParameters::apply_preset(std::string_view name) {
  bandit.total =
      name == "pyribs" ? BanditParameters::Total::accepted : BanditParameters::Total::proposed;
}

MapElites::MapElites(const MapElitesParameters& parameters, AlgorithmContext& context)
    : parameters_(checked(parameters)),
      space_(context.space()),
      elites_(context.make_archive("grid"), context.space().make_population()),
      initial_(context.key("algorithm.initial")) {
  parameters_.initial = std::max(parameters_.initial, static_cast<std::int64_t>(space_.given()));
  const auto batch = static_cast<std::size_t>(parameters.batch);
  for (auto& [name, emitter] : context.make_emitters(batch)) {
    if (origins_.empty()) origins_.emplace_back("initial");
    origins_.push_back(name);
    emitters_.push_back(std::move(emitter));
  }
  number_repeated(origins_);
  if (emitters_.empty()) {
    emitters_.push_back(std::make_unique<EliteEmitter>(
        EliteEmitterParameters(), emitter_context(context, "algorithm", batch)));
  }
  bandit_ = Bandit(parameters.bandit, emitters_.size());
  if (parameters.initial_coverage > 0 && elites_.archive().cell_count() == 0) {
    throw ConfigError("initial_coverage", "is above 0, but the archive has no cells to be filled");
  }
}

bool MapElites::begins() const {
  if (next_id_ < static_cast<std::uint64_t>(parameters_.initial)) return true;
  const Archive& archive = elites_.archive();
  return parameters_.initial_coverage > 0 &&
         static_cast<double>(archive.filled_cells()) <=
             parameters_.initial_coverage * static_cast<double>(archive.cell_count());
}

void MapElites::choose_emitters() {
  if (parameters_.bandit.active > 0) {
    std::vector<std::uint64_t> restarts(emitters_.size());
    for (std::size_t e = 0; e < emitters_.size(); ++e) {
      restarts[e] = std::min(emitters_[e]->restarts(), next_id_);
    }
    const auto chosen = bandit_.choose(restarts);
    chosen_.assign(chosen.begin(), chosen.end());
    return;
  }
  chosen_.resize(emitters_.size());
  std::iota(chosen_.begin(), chosen_.end(), 0);
}

void MapElites::ask(Proposal& proposal) {
  const auto initial = static_cast<std::uint64_t>(parameters_.initial);
  const bool random = begins();
  if (!random) choose_emitters();
  std::size_t count = 0;
  for (const std::size_t e : chosen_) count += emitters_[e]->batch_size();
  if (random) count = static_cast<std::size_t>(parameters_.batch);
  if (next_id_ < initial) count = initial - next_id_;
  proposal.start(count, next_id_, space_, elites_.archive().space().dimensions());
  if (!origins_.empty()) proposal.candidates.origins.assign(count, 0);
  asked_emitters_.clear();
  if (random) {
    space_.initialise(*proposal.population, 0, count, initial_, next_id_);
  } else {
    ask_emitters(proposal);
  }
  next_id_ += count;
  asked_ = count;
}

void MapElites::ask_emitters(Proposal& proposal) {
  std::size_t begin = 0;
  for (const std::size_t e : chosen_) {
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
    std::size_t accepted = 0;
    for (std::size_t i = range.begin; i < range.end; ++i) accepted += placement.accepted(i) ? 1 : 0;
    bandit_.note(e, range.size(), accepted);
  }
}

void MapElites::save(StateWriter& checkpoint) const {
  checkpoint.attribute("next_id", next_id_);
  if (parameters_.bandit.active > 0) bandit_.save(*checkpoint.group("bandit"));
  for (std::size_t e = 0; e < emitters_.size(); ++e) {
    emitters_[e]->save(*checkpoint.group("emitter_" + std::to_string(e)));
  }
}

void MapElites::load(const StateReader& checkpoint, const SavedTables& tables) {
  next_id_ = checkpoint.attribute_as<std::uint64_t>("next_id");
  elites_.load(*tables.archive("driver"));
  if (parameters_.bandit.active > 0) bandit_.load(*checkpoint.group("bandit"));
  for (std::size_t e = 0; e < emitters_.size(); ++e) {
    emitters_[e]->load(*checkpoint.group("emitter_" + std::to_string(e)));
  }
}

}  // namespace cambrian
