#include "cambrian/emitter/genetic_emitter.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {

void GeneticEmitterParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("batch", batch, {1, 1'000'000},
                  {"children per batch", "evaluations", "our choice"});
  visitor.integer("parents", parents, {1, 1'000'000},
                  {"the best children of a batch, which are the parents of the next", "individuals",
                   "our choice"});
  visit_ranker(visitor, ranker);
  restart.visit(visitor);
  visitor.choice(
      "x0", x0, {{"elite", Begin::elite}, {"random", Begin::random}},
      {"first parents: random elites, or the best of a batch of random genomes", {}, "our choice"});
  visitor.choice("restart_from", restart_from, {{"elite", Begin::elite}, {"random", Begin::random}},
                 {"the same at the later beginnings", {}, "our choice"});
}

GeneticEmitter::GeneticEmitter(const GeneticEmitterParameters& parameters,
                               const EmitterContext& context)
    : parameters_(checked(parameters)),
      space_(*complete(context).space),
      variation_(variation_of(context)),
      executor_(context.executor),
      batch_(static_cast<std::size_t>(parameters.batch)),
      begin_(context.key("begin")),
      initial_(context.key("initial")),
      select_(context.key("select")),
      vary_(context.key("vary")),
      ranker_(parameters.ranker, context, context.key("direction")),
      parents_(space_.make_population()) {
  parameters.restart.check();
  if (parameters.parents > parameters.batch) {
    throw ConfigError("parents", "is " + std::to_string(parameters.parents) + ", but a batch has " +
                                     std::to_string(parameters.batch) + " children");
  }
}

bool GeneticEmitter::needs_elites() const { return !begun_ && parameters_.x0 == Begin::elite; }

void GeneticEmitter::adopt(const Population& from, std::span<const std::uint64_t> ids,
                           std::span<const std::uint32_t> rows) {
  edits_.clear();
  ids_.clear();
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    edits_.push_back({RowEdit::Kind::put, i, rows[i]});
    ids_.push_back(ids[rows[i]]);
  }
  edits_.push_back({RowEdit::Kind::shrink, static_cast<std::uint32_t>(rows.size()), 0});
  parents_->apply(edits_, from);
}

void GeneticEmitter::begin(Begin from, const Elites& elites) {
  begun_ = true;
  ranker_.reset(restarts_);
  rows_.clear();
  if (from == Begin::elite && elites.size() > 0) {
    Stream stream(begin_, restarts_);
    for (std::int64_t i = 0; i < parameters_.parents; ++i) {
      rows_.push_back(stream.below(static_cast<std::uint32_t>(elites.size())));
    }
  }
  adopt(elites.population(), elites.individuals().ids, rows_);
}

void GeneticEmitter::ask(const Elites& elites, RowRange range, Proposal& proposal) {
  if (needs_elites()) check_ask(elites, range, proposal);
  check_rows(range, proposal);
  if (!begun_) begin(parameters_.x0, elites);
  Individuals& candidates = proposal.candidates;
  if (ids_.empty()) {
    space_.initialise(*proposal.population, range.begin, range.size(), initial_,
                      candidates.ids.front());
    return;
  }
  matings_.resize(range.size());
  const auto size = static_cast<std::uint32_t>(ids_.size());
  for (std::size_t i = 0; i < range.size(); ++i) {
    Stream stream(select_, candidates.ids[range.begin + i]);
    Mating& mating = matings_[i];
    mating = {.mother = stream.below(size)};
    if (stream.chance(variation_.mating_share())) mating.father = stream.below(size);
    // Parents are in order, and the better one is the mother.
    const bool alone = mating.father == Mating::kNone;
    if (!alone && variation_.mating_share() < 1 && mating.father < mating.mother) {
      std::swap(mating.mother, mating.father);
    }
    candidates.parents[range.begin + i] = {ids_[mating.mother],
                                           alone ? kNoParent : ids_[mating.father]};
  }
  variation_.vary(*parents_, matings_, *proposal.population, range, vary_, candidates.ids.front(),
                  executor_);
}

void GeneticEmitter::tell(const Elites& elites, RowRange range, const Proposal& proposal,
                          const Placement& placement) {
  check_rows(range, proposal);
  const Ranking& ranking = ranker_.rank(range, proposal, placement);
  const std::size_t kept =
      std::min(ranking.order.size(), static_cast<std::size_t>(parameters_.parents));
  if (kept > 0) {
    rows_.assign(ranking.order.begin(), ranking.order.begin() + static_cast<std::ptrdiff_t>(kept));
    for (std::uint32_t& row : rows_) row += static_cast<std::uint32_t>(range.begin);
    adopt(*proposal.population, proposal.candidates.ids, rows_);
  }
  ++tells_;
  if (!ranking.flat() && !parameters_.restart.is_due(tells_, ranking.accepted)) return;
  ++restarts_;
  begin(parameters_.restart_from, elites);
}

void GeneticEmitter::save(StateWriter& writer) const {
  writer.attribute("begun", std::int64_t{begun_});
  writer.attribute("restarts", restarts_);
  writer.attribute("tells", tells_);
  writer.column<std::uint64_t>("ids", ids_);
  parents_->save(*writer.group("parents"));
}

void GeneticEmitter::load(const StateReader& reader) {
  begun_ = reader.attribute_as<std::int64_t>("begun") != 0;
  restarts_ = reader.attribute_as<std::uint64_t>("restarts");
  tells_ = reader.attribute_as<std::uint64_t>("tells");
  ids_ = reader.column<std::uint64_t>("ids");
  parents_->load(*reader.group("parents"));
  check_count("parents of an emitter", parents_->size(), ids_.size());
  if (begun_) ranker_.reset(restarts_);
}

}  // namespace cambrian
