#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/algorithm/baselines.hpp"
#include "cambrian/algorithm/cosyne.hpp"
#include "cambrian/algorithm/generational_search.hpp"
#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/algorithm/neat.hpp"
#include "cambrian/algorithm/novelty_search.hpp"
#include "cambrian/algorithm/surprise_search.hpp"

namespace cambrian {
namespace {

/// Registry line of a steady-state search: they differ in their fitness rule alone.
template <class P>
AlgorithmComponent made_by(std::string name, std::string summary, std::string source,
                           std::unique_ptr<Algorithm> (*make)(const P&, AlgorithmContext&)) {
  return {std::move(name), std::move(summary), std::move(source),
          [] { return std::make_unique<P>(); },
          [make](const Parameters& parameters, AlgorithmContext& context) {
            return make(checked(dynamic_cast<const P&>(parameters)), context);
          }};
}

}  // namespace

std::vector<AlgorithmComponent> algorithms() {
  return {
      component<Algorithm, MapElites, MapElitesParameters, AlgorithmContext&>(
          "map_elites",
          "emitters propose candidates for an archive that keeps the best elite per cell",
          "Mouret & Clune 2015"),
      made_by("novelty_search", "selects what behaves unlike anything seen before",
              "Lehman & Stanley 2011", make_novelty_search),
      made_by("minimal_criterion_novelty_search",
              "novelty search among those that meet a criterion", "Lehman & Stanley 2010",
              make_minimal_criterion_novelty_search),
      made_by("surprise_search", "selects what behaves unlike what the last generations predict",
              "Gravina, Liapis & Yannakakis 2016", make_surprise_search),
      made_by("objective_search", "selects by the objective alone", "Lehman & Stanley 2011",
              make_objective_search),
      made_by("random_search", "selects by chance", "Lehman & Stanley 2011", make_random_search),
      component<Algorithm, Neat, NeatParameters, AlgorithmContext&>(
          "neat", "generations of species that share fitness, the objective or novelty",
          "Stanley & Miikkulainen 2002"),
      component<Algorithm, GenerationalSearch, GenerationalSearchParameters, AlgorithmContext&>(
          "generational_search",
          "the simple genetic algorithm: parents by their share of fitness, children replace them",
          "Holland 1975; Goldberg 1989"),
      component<Algorithm, Cosyne, CosyneParameters, AlgorithmContext&>(
          "cosyne", "the values of each gene are permuted among networks (real vectors)",
          "Gomez, Schmidhuber & Miikkulainen 2008"),
  };
}

}  // namespace cambrian
