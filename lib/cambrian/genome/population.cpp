#include "cambrian/genome/population.hpp"

#include <algorithm>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/genome/process_variation.hpp"
#include "cambrian/genome/ragged/ragged_variation.hpp"
#include "cambrian/genome/real/cauchy.hpp"
#include "cambrian/genome/real/gaussian.hpp"
#include "cambrian/genome/real/iso_line.hpp"
#include "cambrian/genome/real/one_point.hpp"
#include "cambrian/genome/real/sbx.hpp"

namespace cambrian {
namespace {

/// Children that a worker makes at a time: not fewer, for the cheapest operators' sake, and more of
/// a large batch, because operators look ahead to the parents of the next child.
constexpr std::size_t kChunk = 4;
constexpr std::size_t kChunksAWorker = 8;

void require_parents(std::span<const Mating> matings, std::size_t parents) {
  for (const Mating& mating : matings) {
    for (const std::uint32_t row : {mating.mother, mating.father}) {
      if (row < parents || (row == Mating::kNone && row != mating.mother)) continue;
      throw Error("a mating names row " + std::to_string(row) + ", but there are " +
                  std::to_string(parents) + " parents");
    }
  }
}

}  // namespace

void refuse_kind(std::string_view kind, std::string_view expected) {
  throw Error("the genomes are of kind '" + std::string(kind) + "', but '" + std::string(expected) +
              "' was expected");
}

void require_row(std::size_t row, std::size_t rows) {
  if (row < rows) return;
  throw Error("there is no row " + std::to_string(row) + "; there are " + std::to_string(rows));
}

void require_rows(RowRange range, std::size_t rows) {
  if (range.begin <= range.end && range.end <= rows) return;
  throw Error("rows [" + std::to_string(range.begin) + ", " + std::to_string(range.end) +
              ") were to be written, but there are " + std::to_string(rows));
}

void GenomeSpace::initialise(Population& population, std::size_t first, std::size_t count,
                             StreamKey key, std::uint64_t first_id) const {
  draw(population, first, count, key, first_id);
  std::vector<RowEdit> edits;
  for (std::size_t i = first; i < first + count && first_id + i < given(); ++i) {
    edits.push_back(
        {.row = static_cast<std::uint32_t>(i), .from = static_cast<std::uint32_t>(first_id + i)});
  }
  if (!edits.empty()) population.apply(edits, *given_);
}

void GenomeSpace::start_from(std::unique_ptr<Population> given) {
  for (std::size_t i = 0; given && i < given->size(); ++i) {
    try {
      check(*given, i);
    } catch (const Error& error) {
      throw Error("genome " + std::to_string(i) + ": " + error.what());
    }
  }
  given_ = std::move(given);
}

void Variation::vary(const Population& parents, std::span<const Mating> matings,
                     Population& children, RowRange range, StreamKey key, std::uint64_t first_id,
                     Executor* executor) const {
  if (&parents == &children) throw Error("children cannot replace their own parents");
  require_rows(range, children.size());
  const std::size_t n = range.size();
  if (matings.size() != n) {
    throw Error(std::to_string(matings.size()) + " matings were given for " + std::to_string(n) +
                " children");
  }
  require_parents(matings, parents.size());
  const bool alone = executor == nullptr || executor->workers() == 1 || !shares_rows();
  const std::size_t chunk =
      alone ? n : std::max(kChunk, n / (kChunksAWorker * executor->workers()));
  for_each_chunk(alone ? nullptr : executor, n, chunk,
                 [&](std::size_t begin, std::size_t end, std::size_t) {
                   vary_rows(parents, matings.subspan(begin, end - begin), children,
                             {range.begin + begin, range.begin + end}, key, first_id);
                 });
}

std::vector<VariationComponent> variations() {
  return {
      component<Variation, Gaussian, GaussianParameters, const GenomeSpace&>(
          "gaussian", "normal noise on every gene of one parent (real vectors)",
          "pyribs, GaussianEmitter"),
      component<Variation, IsoLine, IsoLineParameters, const GenomeSpace&>(
          "iso_line", "normal noise, and a step along the line to a second parent (real vectors)",
          "Vassiliades & Mouret 2018"),
      component<Variation, Sbx, SbxParameters, const GenomeSpace&>(
          "sbx", "simulated binary crossover, and polynomial mutation (real vectors)",
          "Deb & Agrawal 1995; Deb & Goyal 1996"),
      component<Variation, OnePoint, OnePointParameters, const GenomeSpace&>(
          "one_point", "one-point crossover, without mutation (real vectors)",
          "Holland 1975; Hinton & Nowlan 1987"),
      component<Variation, Cauchy, CauchyParameters, const GenomeSpace&>(
          "cauchy", "one-point crossover, and Cauchy noise on every gene (real vectors)",
          "Gomez, Schmidhuber & Miikkulainen 2008"),
      component<Variation, RaggedVariation, RaggedVariationParameters, const GenomeSpace&>(
          "ragged",
          "values are jittered, genes move to neighbouring places, appear and disappear (ragged "
          "vectors)",
          "Koutnik, Gomez & Schmidhuber 2010; pytorch-cns"),
      component<Variation, NeatVariation, NeatVariationParameters, const GenomeSpace&>(
          "neat", "NEAT: crossover by innovation numbers, and mutation of weights and structure",
          "Stanley & Miikkulainen 2002; NEAT 1.2; NSC (novelty-search-cpp)"),
      {"process",
       "a program of your own, in any language, by lines of JSON (real vectors, ragged vectors, "
       "graphs)",
       "our choice", [] { return std::make_unique<ProcessVariationParameters>(); },
       [](const Parameters& parameters, const GenomeSpace& space) {
         return make_process_variation(dynamic_cast<const ProcessVariationParameters&>(parameters),
                                       space);
       }},
  };
}

}  // namespace cambrian
