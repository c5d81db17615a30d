#include "cambrian/algorithm/map_elites.hpp"

namespace cambrian {

void MapElitesParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("batch", batch, {1, 1'000'000},
                  {"children asked for at once", "evaluations", "Fontaine & Nikolaidis 2023: 540"});
  visitor.integer("initial", initial, {1, 1'000'000'000},
                  {"random genomes before the first children", "evaluations",
                   "Fontaine & Nikolaidis 2023: 100"});
}

MapElites::MapElites(const MapElitesParameters& parameters, const AlgorithmContext& context)
    : parameters_(parameters),
      space_(*context.space),
      elites_(context.make_archive("grid"), context.space->make_population()),
      emitter_(*context.variation, context.key("algorithm.select"), context.key("algorithm.vary"),
               context.executor),
      initial_(context.key("algorithm.initial")) {}

MapElites::MapElites(const MapElitesParameters& parameters, const GenomeSpace& space,
                     const Variation& variation, std::unique_ptr<Archive> archive,
                     std::uint64_t seed)
    : MapElites(parameters,
                {.space = &space,
                 .variation = &variation,
                 .make_archive = [&archive](const std::string&) { return std::move(archive); },
                 .key = [seed](std::string_view purpose) { return stream_key(seed, purpose); }}) {}

void MapElites::ask(Proposal& proposal) {
  if (!proposal.population) proposal.population = space_.make_population();
  const auto initial = static_cast<std::uint64_t>(parameters_.initial);
  auto count = static_cast<std::size_t>(parameters_.batch);
  if (next_id_ < initial || elites_.size() == 0) {
    if (next_id_ < initial) count = initial - next_id_;
    proposal.population->resize(count);
    space_.initialise(*proposal.population, 0, count, initial_, next_id_);
    proposal.parents.assign(count, {kNoParent, kNoParent});
  } else {
    emitter_.ask(elites_, count, next_id_, *proposal.population, proposal.parents);
  }
  proposal.batch.fill(count, next_id_, next_id_ + 1);
  next_id_ += count;
}

void MapElites::tell(const Proposal& proposal, const Outcomes& outcomes) {
  elites_.add(outcomes.offers(),
              {outcomes.ids, proposal.parents, outcomes.evaluations, outcomes.solved},
              *proposal.population);
}

void MapElites::save(StateWriter& writer) const { writer.attribute("next_id", next_id_); }

void MapElites::load(const StateReader& reader, const StateReader* driver, const StateReader*) {
  next_id_ = reader.attribute_as<std::uint64_t>("next_id");
  elites_.load(*driver);
}

}  // namespace cambrian
