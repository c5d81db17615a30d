#include "cambrian/emitter/me_es_emitter.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

void MeEsParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("batch", batch, {3, 1'000'001},
                  {"candidates per step: the centre, and an even number of mirrored samples",
                   "evaluations", "our choice; program of Colas et al. 2020: 10,000 samples"});
  visitor.real("sigma", sigma, {1e-12, 1e9},
               {"standard deviation of the samples' genes", {}, "Colas et al. 2020: 0.02"});
  visitor.real("learning_rate", learning_rate, {1e-12, 1e6},
               {"step of Adam", {}, "program of Colas et al. 2020: 0.01"});
  visitor.real(
      "l2", l2, {0, 1e6},
      {"weight of the centre itself beside the gradient (of the ranks, in units of sigma), "
       "against long vectors",
       {},
       "program of Colas et al. 2020: 0.005"});
  visitor.integer("generations", generations, {1, 1'000'000'000},
                  {"steps of a life, after which another begins at another elite", "steps",
                   "program of Colas et al. 2020: 10"});
  visitor.integer("k", k, {1, 1000},
                  {"novelty is the mean distance to this many nearest elites", "elites",
                   "program of Colas et al. 2020: 10"});
  visitor.integer("parents", parents, {1, 1'000'000},
                  {"a life begins at one of this many best elites: by objective, or by novelty",
                   "elites", "our choice; their program: mostly one of the 5 most novel"});
  visitor.choice(
      "modes", modes,
      {{"both", Modes::both}, {"exploit", Modes::exploit}, {"explore", Modes::explore}},
      {"what lives follow: both = the objective and novelty in turn, the objective first; "
       "exploit = the objective; explore = novelty",
       {},
       "Colas et al. 2020"});
}

MeEsEmitter::MeEsEmitter(const MeEsParameters& parameters, const EmitterContext& context)
    : parameters_(checked(parameters)),
      space_(real_space_of(context, "me_es")),
      executor_(context.executor),
      batch_(static_cast<std::size_t>(parameters.batch)),
      // OpenAiEs divides the gradient by sigma, and Adam does not see a common factor.
      strategy_({.learning_rate = parameters.learning_rate, .l2 = parameters.l2 / parameters.sigma},
                space_.length(), (batch_ - 1) / 2 * 2),
      novelty_(static_cast<std::size_t>(parameters.k)),
      sample_(context.key("sample")),
      begin_(context.key("begin")),
      bounds_(context.key("bounds")) {
  if (batch_ % 2 == 0) {
    throw ConfigError("batch", "is " + std::to_string(batch_) +
                                   ", but an odd number is expected: the centre, and mirrored "
                                   "samples in pairs");
  }
}

bool MeEsEmitter::explores() const {
  return parameters_.modes == MeEsParameters::Modes::explore ||
         (parameters_.modes == MeEsParameters::Modes::both && restarts_ % 2 == 1);
}

std::uint32_t MeEsEmitter::draw_parent(const Elites& elites) {
  const std::size_t size = elites.size();
  scores_.resize(size);
  if (explores()) {
    novelty_.of_elites(scores_, executor_);
  } else {
    for (std::size_t row = 0; row < size; ++row) scores_[row] = elites.individuals().objective(row);
  }
  order_.resize(size);
  std::iota(order_.begin(), order_.end(), 0U);
  const std::size_t best = std::min(size, static_cast<std::size_t>(parameters_.parents));
  std::ranges::partial_sort(order_, order_.begin() + static_cast<std::ptrdiff_t>(best),
                            [&](std::uint32_t a, std::uint32_t b) {
                              return scores_[a] != scores_[b] ? scores_[a] > scores_[b] : a < b;
                            });
  return order_[Stream(begin_, restarts_).below(static_cast<std::uint32_t>(best))];
}

void MeEsEmitter::begin(const Elites& elites) {
  const std::uint32_t row = draw_parent(elites);
  const std::span<const float> genome = vectors_of(elites.population(), space_.length()).row(row);
  mean_.assign(genome.begin(), genome.end());
  strategy_.start(mean_, parameters_.sigma);
  parent_ = elites.individuals().ids[row];
}

void MeEsEmitter::ask(const Elites& elites, RowRange range, Proposal& proposal) {
  check_ask(elites, range, proposal);
  check_count("candidates of an emitter", range.size(), batch_);
  Individuals& candidates = proposal.candidates;
  RealPopulation& vectors = vectors_of(*proposal.population, space_.length());
  if (explores()) novelty_.follow(elites);
  const bool begins = step_ == 0;
  if (begins && restarts_ == 0) begin(elites);
  std::ranges::transform(strategy_.mean(), vectors.row(range.begin).begin(),
                         [](double gene) { return static_cast<float>(gene); });
  candidates.parents[range.begin] = {parent_, kNoParent};
  if (begins && restarts_ > 0) begin(elites);
  const std::size_t first = range.begin + 1;
  strategy_.ask(vectors.matrix().subspan(first * space_.length(), (batch_ - 1) * space_.length()),
                0, sample_, candidates.ids[first]);
  for (std::size_t i = first; i < range.end; ++i) candidates.parents[i] = {parent_, kNoParent};
  if (!space_.bounded()) return;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Stream stream(bounds_, candidates.ids[i]);
    space_.keep_within(vectors.row(i), stream);
  }
}

void MeEsEmitter::rank(RowRange range, const Proposal& proposal) {
  const Individuals& candidates = proposal.candidates;
  const std::size_t first = range.begin + 1;
  const std::size_t samples = batch_ - 1;
  const auto valid = std::span<const std::uint8_t>(candidates.valid).subspan(first, samples);
  scores_.resize(samples);
  if (explores()) {
    const std::size_t dimensions = candidates.dimensions;
    novelty_.of_others(std::span<const double>(candidates.descriptors)
                           .subspan(first * dimensions, samples * dimensions),
                       valid, scores_, executor_);
  }
  order_.clear();
  for (std::size_t i = 0; i < samples; ++i) {
    if (valid[i] == 0) continue;
    order_.push_back(static_cast<std::uint32_t>(i));
    if (!explores()) scores_[i] = candidates.objective(first + i);
  }
  std::ranges::stable_sort(
      order_, [&](std::uint32_t a, std::uint32_t b) { return scores_[a] > scores_[b]; });
}

void MeEsEmitter::tell(const Elites&, RowRange range, const Proposal& proposal, const Placement&) {
  check_rows(range, proposal);
  check_count("candidates of an emitter", range.size(), batch_);
  rank(range, proposal);
  const bool flat = order_.empty() || scores_[order_.front()] == scores_[order_.back()];
  if (!flat) {
    strategy_.tell({.genomes = {}, .order = order_, .parents = order_.size(), .values = scores_});
  }
  if (++step_ < static_cast<std::uint64_t>(parameters_.generations)) return;
  step_ = 0;
  ++restarts_;
}

void MeEsEmitter::save(StateWriter& writer) const {
  writer.attribute("restarts", restarts_);
  writer.attribute("step", step_);
  writer.attribute("parent", parent_);
  strategy_.save(*writer.group("strategy"));
}

void MeEsEmitter::load(const StateReader& reader) {
  restarts_ = reader.attribute_as<std::uint64_t>("restarts");
  step_ = reader.attribute_as<std::uint64_t>("step");
  parent_ = reader.attribute_as<std::uint64_t>("parent");
  strategy_.load(*reader.group("strategy"));
}

}  // namespace cambrian
