#include "cambrian/genome/population.hpp"

#include <algorithm>
#include <cassert>

#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/genome/real/gaussian.hpp"
#include "cambrian/genome/real/iso_line.hpp"

namespace cambrian {
namespace {

/// Children that a worker makes at a time: not fewer, for the cheapest operators' sake, and more of
/// a large batch, because operators look ahead to the parents of the next child.
constexpr std::size_t kChunk = 4;
constexpr std::size_t kChunksAWorker = 8;

}  // namespace

void Variation::vary(const Population& parents, std::span<const Mating> matings,
                     Population& children, RowRange range, StreamKey key, std::uint64_t first_id,
                     Executor* executor) const {
  assert(&parents != &children);
  const std::size_t n = range.size();
  const bool alone = executor == nullptr || executor->workers() == 1;
  const std::size_t chunk =
      alone ? n : std::max(kChunk, n / (kChunksAWorker * executor->workers()));
  for_each_chunk(alone ? nullptr : executor, n, chunk,
                 [&](std::size_t begin, std::size_t end, std::size_t) {
                   vary_rows(parents, matings.subspan(begin, end - begin), children,
                             {range.begin + begin, range.begin + end}, key, first_id);
                 });
}

double Variation::distance(const Population& a, std::size_t row_a, const Population& b,
                           std::size_t row_b) const {
  static_cast<void>(a);
  static_cast<void>(row_a);
  static_cast<void>(b);
  static_cast<void>(row_b);
  return 0.0;
}

std::vector<VariationComponent> variations() {
  return {
      component<Variation, Gaussian, GaussianParameters, const GenomeSpace&>(
          "gaussian", "normal noise on every gene of one parent (real vectors)",
          "pyribs, GaussianEmitter"),
      component<Variation, IsoLine, IsoLineParameters, const GenomeSpace&>(
          "iso_line", "normal noise, and a step along the line to a second parent (real vectors)",
          "Vassiliades & Mouret 2018"),
      neat_variation_component(),
  };
}

}  // namespace cambrian
