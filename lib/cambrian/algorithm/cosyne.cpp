#include "cambrian/algorithm/cosyne.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

std::size_t share_of(std::size_t rows, double share) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(rows) * share));
}

// In each gene, the values of marked rows change places. Each gene draws from a stream of its own.
void permute(RealPopulation& vectors, std::span<const double> probabilities, StreamKey key,
             std::uint64_t ordinal) {
  std::vector<std::size_t> marked;
  for (std::size_t gene = 0; gene < vectors.length(); ++gene) {
    Stream stream(key, ordinal, static_cast<std::uint32_t>(gene));
    marked.clear();
    for (std::size_t row = 0; row < probabilities.size(); ++row) {
      if (stream.chance(probabilities[row])) marked.push_back(row);
    }
    for (std::size_t left = marked.size(); left > 1; --left) {
      const std::size_t other = stream.below(static_cast<std::uint32_t>(left));
      std::swap(vectors.row(marked[left - 1])[gene], vectors.row(marked[other])[gene]);
    }
  }
}

}  // namespace

void CosyneParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("population", population, {4, 1'000'000},
                  {"networks, all evaluated in each generation; values of each gene", "individuals",
                   "our choice"});
  visitor.real("top", top, {0.0, 1.0},
               {"share of the population, the best, whose rows are parents; at least one row", "",
                "our choice, after Gomez, Schmidhuber & Miikkulainen 2008"});
  visitor.real("replaced", replaced, {0.0, 0.99},
               {"share of the population, the worst, that children replace; at least one row", "",
                "our choice, after Gomez, Schmidhuber & Miikkulainen 2008"});
  visitor.choice(
      "permutation", permutation,
      {{"by_rank", Permutation::by_rank}, {"all", Permutation::all}, {"none", Permutation::none}},
      {"whose values of a gene change places: by_rank: those that are marked with a "
       "probability that falls with rank; all; none: a genetic algorithm",
       "", "EvoTorch; all: Gomez, Schmidhuber & Miikkulainen 2008"});
}

std::vector<double> marking_probabilities(CosyneParameters::Permutation permutation,
                                          std::size_t rows, std::size_t genes) {
  using Permutation = CosyneParameters::Permutation;
  std::vector<double> probabilities(rows, permutation == Permutation::all ? 1.0 : 0.0);
  if (permutation != Permutation::by_rank) return probabilities;
  for (std::size_t row = 0; row < rows; ++row) {
    const double rank = 1.0 - static_cast<double>(row) / static_cast<double>(rows - 1);
    probabilities[row] = 1.0 - std::pow(rank, 1.0 / static_cast<double>(genes));
  }
  return probabilities;
}

Cosyne::Cosyne(const CosyneParameters& parameters, AlgorithmContext& context)
    : WholeGenerations(checked(parameters).population, context),
      parameters_(parameters),
      variation_(context.variation()),
      executor_(context.executor()),
      select_(context.key("algorithm.select")),
      vary_(context.key("algorithm.vary")),
      permute_(context.key("algorithm.permute")) {
  if (context.space().kind() != RealSpace::kKind) {
    throw ConfigError("name",
                      "'cosyne' permutes the genes of real vectors, but these genomes are " +
                          std::string(context.space().kind()) + "; use 'objective_search'");
  }
}

void Cosyne::breed(Proposal& proposal) {
  std::vector<std::uint32_t> order(living().size());  // the best first, of equals the first
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::greater(), [this](std::uint32_t row) {
    return living().individuals().objective(row);
  });
  const std::size_t kept =
      std::min(order.size(), full_size() - share_of(full_size(), parameters_.replaced));
  std::vector<RowEdit> edits;
  for (std::uint32_t row = 0; row < kept; ++row) {
    edits.push_back({RowEdit::Kind::put, row, order[row]});
    proposal.candidates.parents[row] = {living().individuals().ids[order[row]], kNoParent};
  }
  proposal.population->apply(edits, living().genomes());

  const auto top = static_cast<std::uint32_t>(share_of(order.size(), parameters_.top));
  std::vector<Mating> matings(full_size() - kept);
  for (std::size_t i = 0; i < matings.size(); ++i) {
    Stream stream(select_, next_id() + kept + i);
    std::uint32_t mother = stream.below(top);
    std::uint32_t father = mother;
    if (stream.chance(variation_.mating_share())) father = stream.below(top);
    if (father < mother) std::swap(mother, father);  // the mother is the fitter one
    const bool alone = father == mother;
    matings[i] = {order[mother], alone ? Mating::kNone : order[father]};
  }
  write_parents(matings, living().individuals(),
                std::span(proposal.candidates.parents).subspan(kept));
  variation_.vary(living().genomes(), matings, *proposal.population, {kept, full_size()}, vary_,
                  next_id(), &executor_);

  auto& vectors = population_of<RealPopulation>(*proposal.population);
  const std::vector<double> probabilities =
      marking_probabilities(parameters_.permutation, full_size(), vectors.length());
  permute(vectors, probabilities, permute_, next_id());
}

}  // namespace cambrian
