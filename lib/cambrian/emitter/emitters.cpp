#include <string>

#include "cambrian/core/shape.hpp"
#include "cambrian/emitter/differential_evolution.hpp"
#include "cambrian/emitter/elite_emitter.hpp"
#include "cambrian/emitter/es/cma_es.hpp"
#include "cambrian/emitter/es/lm_ma_es.hpp"
#include "cambrian/emitter/es/openai_es.hpp"
#include "cambrian/emitter/es/optimiser_emitter.hpp"
#include "cambrian/emitter/es/sep_cma_es.hpp"
#include "cambrian/emitter/genetic_emitter.hpp"
#include "cambrian/emitter/me_es_emitter.hpp"
#include "cambrian/emitter/random_emitter.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

const EmitterContext& complete(const EmitterContext& context) {
  if (context.space == nullptr) throw ConfigError("space", "is missing");
  if (!context.key)
    throw ConfigError("key", "is missing: an emitter draws from streams of its own");
  return context;
}

const Variation& variation_of(const EmitterContext& context) {
  if (context.variation == nullptr) throw ConfigError("variation", "is missing");
  return *complete(context).variation;
}

const RealSpace& real_space_of(const EmitterContext& context, std::string_view emitter) {
  if (const auto* space = dynamic_cast<const RealSpace*>(complete(context).space)) return *space;
  throw ConfigError("name", "'" + std::string(emitter) +
                                "' proposes real vectors, but the genomes of this run are others; "
                                "'elite' and 'genetic' propose any genomes");
}

void visit_batch(ParameterVisitor& visitor, std::int64_t& batch) {
  visitor.integer(
      "batch", batch, {0, 1'000'000},
      {"children per batch; 0: as many as algorithm.batch says", "evaluations", "our choice"});
}

std::size_t batch_of(std::int64_t batch, const EmitterContext& context) {
  return batch == 0 ? context.batch : static_cast<std::size_t>(batch);
}

void check_rows(RowRange range, const Proposal& proposal) {
  const std::size_t rows = proposal.candidates.size();
  check_count("genomes of a batch", proposal.population ? proposal.population->size() : 0, rows);
  check_count("parents of a batch", proposal.candidates.parents.size(), rows);
  if (range.begin < range.end && range.end <= rows) return;
  throw ShapeError("an emitter is asked for rows " + std::to_string(range.begin) + " to " +
                   std::to_string(range.end) + " of a batch of " + std::to_string(rows));
}

void check_ask(const Elites& elites, RowRange range, const Proposal& proposal) {
  if (elites.size() == 0) throw Error("an emitter is asked, but there are no elites yet");
  check_rows(range, proposal);
}

namespace {

template <class Made, class P>
EmitterComponent plain(std::string name, std::string summary, std::string source) {
  return component<Emitter, Made, P, const EmitterContext&>(std::move(name), std::move(summary),
                                                            std::move(source));
}

}  // namespace

std::vector<EmitterComponent> emitters() {
  return {
      plain<EliteEmitter, EliteEmitterParameters>(
          "elite", "children of elites, drawn uniformly or by a score, varied by [variation]",
          "Mouret & Clune 2015"),
      plain<GeneticEmitter, GeneticEmitterParameters>(
          "genetic", "a population of its own, varied by [variation]; a ranker selects its parents",
          "Fontaine et al. 2020, with variation in place of CMA-ES"),
      plain<RandomEmitter, RandomEmitterParameters>("random", "random genomes: the baseline",
                                                    "the baseline of every comparison"),
      plain<DifferentialEvolution, DifferentialEvolutionParameters>(
          "differential_evolution", "differential evolution among the elites (DE/rand/1/bin)",
          "Storn & Price 1997"),
      optimiser_emitter<CmaEs, CmaEsParameters>(
          "cma_es", "CMA-ES that learns from the archive's ranking: CMA-ME, CMA-MAE",
          "Hansen 2016; Fontaine et al. 2020"),
      optimiser_emitter<SepCmaEs, SepCmaEsParameters>(
          "sep_cma_es", "CMA-ES with a diagonal covariance matrix", "Ros & Hansen 2008"),
      optimiser_emitter<LmMaEs, LmMaEsParameters>(
          "lm_ma_es", "CMA-ES with a few direction vectors for a covariance matrix",
          "Loshchilov, Glasmachers & Beyer 2018"),
      optimiser_emitter<OpenAiEs, OpenAiEsParameters>(
          "openai_es", "follows the gradient of the ranking, by mirrored noise and Adam",
          "Salimans et al. 2017"),
      plain<MeEsEmitter, MeEsParameters>(
          "me_es", "ME-ES: short lives of OpenAI-ES from elites, for objective and novelty in turn",
          "Colas et al. 2020")};
}

}  // namespace cambrian
