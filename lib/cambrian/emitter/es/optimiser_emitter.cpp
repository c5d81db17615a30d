#include "cambrian/emitter/es/optimiser_emitter.hpp"

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

void OptimiserEmitterParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("batch", batch, {2, 1'000'000},
                  {"candidates per batch", "evaluations", "Fontaine & Nikolaidis 2023: 36"});
  visitor.real(
      "sigma0", sigma0, {1e-12, 1e9},
      {"standard deviation of the genes at each beginning", {}, "Fontaine et al. 2020: 0.5"});
  visit_ranker(visitor, ranker);
  visitor.choice(
      "selection", selection, {{"filter", Selection::filter}, {"mu", Selection::mu}},
      {"the best candidates that are learnt from: filter = as many as the archive accepted, "
       "mu = half of the batch",
       {},
       "Fontaine et al. 2020: filter; Fontaine & Nikolaidis 2023: mu"});
  restart.visit(visitor);
  visitor.boolean("restart_when_flat", restart_when_flat,
                  {"also begin anew when the best and the worst of a batch rank equal",
                   {},
                   "Hansen 2016, pyribs: true; MEX (CMA-ME): false"});
  visitor.choice("x0", x0,
                 {{"zero", Begin::zero}, {"random", Begin::random}, {"elite", Begin::elite}},
                 {"mean of the first beginning: zero, a random genome, or an elite",
                  {},
                  "Fontaine et al. 2020: zero"});
  visitor.choice("restart_from", restart_from, {{"elite", Begin::elite}, {"random", Begin::random}},
                 {"mean of the later beginnings", {}, "Fontaine et al. 2020: elite"});
  visitor.choice("bounds", bounds, {{"genes", Bounds::genes}, {"whole", Bounds::whole}},
                 {"candidates beyond the bounds of [genome]: genes = each gene as [genome] says, "
                  "whole = the candidate is drawn again until all genes lie within",
                  {},
                  "our choice; whole: pyribs, MAEX"});
  visitor.boolean("mean_candidate", mean_candidate,
                  {"whether the last candidate of each batch is the mean of the search itself, "
                   "which is not learnt from",
                   {},
                   "Salimans et al. 2017 (evaluation of the mean): false"});
}

void OptimiserEmitterParameters::apply_preset(std::string_view name) {
  const bool improves = name == "textbook" || name == "cma_me_imp" || name == "mex";
  const bool annealed = name == "cma_mae" || name == "as_published";
  if (!improves && !annealed && name != "cma_me_basic") return;
  ranker = annealed ? RankBy::improvement : RankBy::two_stage_improvement;
  selection = improves ? Selection::filter : Selection::mu;
  restart.restart =
      improves ? RestartParameters::Rule::no_improvement : RestartParameters::Rule::basic;
  restart_when_flat = name != "mex";
}

namespace {

/// So often a whole candidate is drawn again before its genes are kept within one by one.
constexpr std::uint32_t kDraws = 100;

}  // namespace

OptimiserEmitter::OptimiserEmitter(std::string_view name,
                                   const OptimiserEmitterParameters& parameters,
                                   const EmitterContext& context, const MakeOptimiser& make)
    : parameters_(parameters),
      space_(real_space_of(context, name)),
      batch_(static_cast<std::size_t>(parameters.batch)),
      samples_(parameters.mean_candidate ? batch_ - 1 : batch_),
      optimiser_(make(space_.length(), samples_)),
      sample_(context.key("sample")),
      begin_(context.key("begin")),
      bounds_(context.key("bounds")),
      ranker_(parameters.ranker, context, context.key("direction")) {
  parameters.restart.check();
  if (samples_ < 2) {
    throw ConfigError("batch",
                      "is 2, one of which is the mean candidate, but at least 2 candidates to "
                      "learn from are needed");
  }
}

bool OptimiserEmitter::needs_elites() const { return !begun_ && parameters_.x0 == Begin::elite; }

void OptimiserEmitter::begin(Begin from, const Elites& elites) {
  begun_ = true;
  parent_ = kNoParent;
  mean_.assign(space_.length(), 0);
  // Where there is no elite yet, any genome is as good.
  if (from == Begin::elite && elites.size() > 0) {
    const std::uint32_t row =
        Stream(begin_, restarts_).below(static_cast<std::uint32_t>(elites.size()));
    std::ranges::copy(vectors_of(elites.population(), space_.length()).row(row), mean_.begin());
    parent_ = elites.individuals().ids[row];
  } else if (from != Begin::zero) {
    RealPopulation genome(space_.length());
    genome.resize(1);
    space_.draw(genome, 0, 1, begin_, restarts_);
    std::ranges::copy(genome.row(0), mean_.begin());
  }
  optimiser_->start(mean_, parameters_.sigma0);
  ranker_.reset(restarts_);
}

void OptimiserEmitter::ask(const Elites& elites, RowRange range, Proposal& proposal) {
  if (needs_elites()) check_ask(elites, range, proposal);
  check_rows(range, proposal);
  check_count("candidates of an emitter", range.size(), batch_);
  if (!begun_) begin(parameters_.x0, elites);
  const std::size_t length = space_.length();
  RealPopulation& vectors = vectors_of(*proposal.population, length);
  const std::span<float> genomes = vectors.matrix().subspan(range.begin * length, batch_ * length);
  const std::uint64_t first_id = proposal.candidates.ids[range.begin];
  optimiser_->ask(genomes.first(samples_ * length), 0, sample_, first_id);
  if (samples_ < batch_) {
    std::ranges::transform(optimiser_->mean(), genomes.last(length).begin(),
                           [](double gene) { return static_cast<float>(gene); });
  }
  if (space_.bounded()) keep_within(genomes, first_id);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    proposal.candidates.parents[i] = {parent_, kNoParent};
  }
}

void OptimiserEmitter::keep_within(std::span<float> genomes, std::uint64_t first_id) {
  const std::size_t length = space_.length();
  const auto outside = [&](std::span<const float> genome) {
    return std::ranges::any_of(
        genome, [&](float gene) { return !(gene >= space_.min() && gene <= space_.max()); });
  };
  for (std::size_t i = 0; i < batch_; ++i) {
    const std::span<float> genome = genomes.subspan(i * length, length);
    if (parameters_.bounds == OptimiserEmitterParameters::Bounds::whole && i < samples_) {
      for (std::uint32_t draw = 0; draw < kDraws && outside(genome); ++draw) {
        optimiser_->ask(genome, i, part_key(sample_, draw), first_id);
      }
    }
    Stream stream(bounds_, first_id + i);
    space_.keep_within(genome, stream);
  }
}

void OptimiserEmitter::tell(const Elites& elites, RowRange range, const Proposal& proposal,
                            const Placement& placement) {
  check_rows(range, proposal);
  check_count("candidates of an emitter", range.size(), batch_);
  const std::size_t length = space_.length();
  const Ranking& ranking = ranker_.rank(range, proposal, placement);
  // The mean candidate has a rank, too, which is left out.
  order_.clear();
  std::ranges::copy_if(ranking.order, std::back_inserter(order_),
                       [&](std::uint32_t row) { return row < samples_; });
  const bool mean_accepted = samples_ < batch_ && placement.accepted(range.begin + samples_);
  const std::size_t wanted = parameters_.selection == OptimiserEmitterParameters::Selection::filter
                                 ? ranking.accepted - (mean_accepted ? 1 : 0)
                                 : samples_ / 2;
  const std::span<const float> all =
      vectors_of(std::as_const(*proposal.population), length).matrix();
  optimiser_->tell({.genomes = all.subspan(range.begin * length, samples_ * length),
                    .order = order_,
                    .parents = std::min(wanted, order_.size()),
                    .values = std::span(ranking.values).first(samples_ * ranking.keys),
                    .keys = ranking.keys});
  ++tells_;
  if (!optimiser_->stop() && !(parameters_.restart_when_flat && ranking.flat()) &&
      !parameters_.restart.is_due(tells_, ranking.accepted)) {
    return;
  }
  ++restarts_;
  begin(parameters_.restart_from, elites);
}

void OptimiserEmitter::save(StateWriter& writer) const {
  writer.attribute("begun", std::int64_t{begun_});
  writer.attribute("restarts", restarts_);
  writer.attribute("tells", tells_);
  writer.attribute("parent", parent_);
  optimiser_->save(*writer.group("optimiser"));
}

void OptimiserEmitter::load(const StateReader& reader) {
  begun_ = reader.attribute_as<std::int64_t>("begun") != 0;
  restarts_ = reader.attribute_as<std::uint64_t>("restarts");
  tells_ = reader.attribute_as<std::uint64_t>("tells");
  parent_ = reader.attribute_as<std::uint64_t>("parent");
  optimiser_->load(*reader.group("optimiser"));
  if (begun_) ranker_.reset(restarts_);
}

}  // namespace cambrian
