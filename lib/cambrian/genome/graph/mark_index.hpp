// Finds the genes of many marks at once. Two genomes can be aligned by one merge of their sorted
// genes, but where they differ each of its steps may be a mispredicted branch; this has none.
//
// Genomes of the same structure, frequent among relatives, are recognised at once. For others the
// marks' low bits, which are those of a hash, are the slot. The table is so sparse that genes
// hardly share slots; those that lose theirs are listed, and looked for one by one. What an earlier
// genome left in the table is recognised by its numbers, which are lower, so the table is not
// cleared.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

// g++ would split the paths of the choice of a partner, and so make it a branch, which nobody can
// predict.
#if defined(__GNUC__) && !defined(__clang__)
#define CAMBRIAN_CHOOSE_WITHOUT_BRANCH [[gnu::optimize("no-split-paths")]]
#else
#define CAMBRIAN_CHOOSE_WITHOUT_BRANCH
#endif

namespace cambrian {

/// @param genes   at least one, no two of one mark
/// @param wanted  no two of one mark; other memory than `genes`, as a match is told by its address
/// @param slots   a power of two, several times as many as genes; all below `base`
/// @param base    what slots hold afterwards is below base + genes, which must fit into a Slot
/// @param losers  [genes] memory
/// @param partners  [wanted] the gene of the same mark, or else the wanted one itself
template <class Gene, class Slot>
CAMBRIAN_CHOOSE_WITHOUT_BRANCH void match_marks(std::span<const Gene> genes,
                                                std::span<const Gene> wanted, std::span<Slot> slots,
                                                Slot base, std::span<std::uint32_t> losers,
                                                std::span<const Gene*> partners) {
  // Plain pointers: through spans, g++ reloads them at each step for fear of aliases.
  const Gene* const gene = genes.data();
  const Gene* const one = wanted.data();
  Slot* const slot = slots.data();
  std::uint32_t* const lost = losers.data();
  const Gene** const partner = partners.data();
  const std::uint64_t mask = slots.size() - 1;
  const auto count = static_cast<std::uint32_t>(genes.size());
  const std::size_t wanted_count = wanted.size();
  std::size_t loser_count = 0;
  for (std::uint32_t row = 0; row < count; ++row) {
    const std::uint64_t place = gene[row].mark & mask;
    const Slot held = slot[place];
    lost[loser_count] = static_cast<std::uint32_t>(held) - base;
    loser_count += held >= base ? 1 : 0;
    slot[place] = static_cast<Slot>(base + row);
  }
  for (std::size_t i = 0; i < wanted_count; ++i) {
    const std::uint32_t held = static_cast<std::uint32_t>(slot[one[i].mark & mask]) - base;
    const Gene* const other = gene + std::min(held, count - 1);
    partner[i] = other->mark == one[i].mark ? other : one + i;
  }
  for (std::size_t loser = 0; loser < loser_count; ++loser) {
    const Gene* const other = gene + lost[loser];
    for (std::size_t i = 0; i < wanted_count; ++i) {
      partner[i] = one[i].mark == other->mark ? other : partner[i];
    }
  }
}

#undef CAMBRIAN_CHOOSE_WITHOUT_BRANCH

/// match_marks on memory that grows as needed and is reused.
/// @tparam Slot  unsigned; genomes have fewer genes than it has values
template <class Gene, class Slot = std::uint32_t>
class MarkIndex {
 public:
  /// As match_marks. @param genes  may be empty
  void find(std::span<const Gene> genes, std::span<const Gene> wanted,
            std::vector<const Gene*>& partners) {
    partners.resize(wanted.size());
    const bool equal = std::ranges::equal(genes, wanted, {}, &Gene::mark, &Gene::mark);
    if (equal || genes.empty()) {
      std::iota(partners.begin(), partners.end(), equal ? genes.data() : wanted.data());
      return;
    }
    const std::size_t slots = std::bit_ceil(32 * genes.size());
    if (slots_.size() < slots) slots_.resize(slots);
    losers_.resize(genes.size());
    auto end = static_cast<Slot>(base_ + genes.size());
    if (end < base_) {  // no higher numbers are left
      std::fill(slots_.begin(), slots_.end(), Slot{0});
      base_ = 1;
      end = static_cast<Slot>(base_ + genes.size());
    }
    match_marks<Gene, Slot>(genes, wanted, {slots_.data(), slots}, base_, losers_, partners);
    base_ = end;
  }

 private:
  std::vector<Slot> slots_;
  Slot base_ = 1;  // above what all slots hold
  std::vector<std::uint32_t> losers_;
};

}  // namespace cambrian
