// MarkIndex against a search gene by gene.
#include "cambrian/genome/graph/mark_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

struct Gene {
  std::uint64_t mark = 0;
};

/// Different marks whose low bits are often the same. @param most  genes
std::vector<Gene> random_genes(std::uint32_t most, Stream& stream) {
  std::vector<Gene> genes(stream.below(most + 1));
  for (std::uint32_t i = 0; i < genes.size(); ++i) {
    genes[i].mark = std::uint64_t{stream.below(4)} << 40U | i << 20U | stream.below(8);
  }
  return genes;
}

std::vector<const Gene*> find_slowly(const std::vector<Gene>& genes,
                                     const std::vector<Gene>& wanted) {
  std::vector<const Gene*> partners;
  for (const Gene& one : wanted) {
    const auto at = std::ranges::find(genes, one.mark, &Gene::mark);
    partners.push_back(at == genes.end() ? &one : &*at);
  }
  return partners;
}

template <class Slot>
void expect_same_as_slow_search(std::uint32_t most, int genomes) {
  MarkIndex<Gene, Slot> index;
  Stream stream(stream_key(1, "mark_index"), 0);
  std::vector<const Gene*> partners;
  for (int i = 0; i < genomes; ++i) {
    const std::vector<Gene> genes = random_genes(most, stream);
    std::vector<Gene> wanted = random_genes(most, stream);
    for (std::size_t row = 0; row < std::min(genes.size(), wanted.size()); ++row) {
      if (stream.chance(0.5)) wanted[row] = genes[row];
    }
    if (i % 8 == 0) wanted = genes;
    index.find(genes, wanted, partners);
    ASSERT_EQ(partners, find_slowly(genes, wanted)) << "genome " << i;
  }
}

TEST(MarkIndex, FindsWhatASlowSearchFinds) { expect_same_as_slow_search<std::uint32_t>(80, 2000); }

TEST(MarkIndex, GoesOnWhenItsNumbersHaveRunOut) {
  expect_same_as_slow_search<std::uint8_t>(80, 2000);
}

}  // namespace
}  // namespace cambrian
