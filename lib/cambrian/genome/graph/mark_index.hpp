// Finds the genes of many marks at once. Two genomes can be aligned by one merge of their sorted
// genes, but where they differ each of its steps may be a mispredicted branch; this has none.
//
// Marks are hashes already, so their low bits are the slot. The table is so sparse that genes
// hardly share slots; those that lose theirs are listed, and looked for one by one. Every answer is
// checked against the gene itself, so what an earlier genome left in the table does no harm, and it
// is never cleared.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace cambrian {

inline constexpr std::uint32_t kNoRow = 0xffffffffU;

/// @param genes   at least one, no two of one mark
/// @param wanted  no two of one mark
/// @param slots   a power of two, several times as many as genes, any content
/// @param losers  [genes] memory
/// @param rows    [wanted] the row in `genes` of the gene of the same mark, or kNoRow
template <class Gene, class Slot>
void match_marks(std::span<const Gene> genes, std::span<const Gene> wanted, std::span<Slot> slots,
                 std::span<std::uint32_t> losers, std::span<std::uint32_t> rows) {
  // Plain pointers: through spans, g++ reloads them at each step for fear of aliases.
  Slot* const slot = slots.data();
  std::uint32_t* const lost = losers.data();
  std::uint32_t* const out = rows.data();
  const std::uint64_t mask = slots.size() - 1;
  const auto count = static_cast<std::uint32_t>(genes.size());
  for (std::uint32_t row = 0; row < count; ++row) {
    slot[genes[row].mark & mask] = static_cast<Slot>(row);
  }
  std::size_t loser_count = 0;
  for (std::uint32_t row = 0; row < count; ++row) {
    lost[loser_count] = row;
    loser_count += slot[genes[row].mark & mask] != row ? 1 : 0;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::uint64_t mark = wanted[i].mark;
    const std::uint32_t row = std::min<std::uint32_t>(slot[mark & mask], count - 1);
    out[i] = row | (0U - static_cast<std::uint32_t>(genes[row].mark != mark));
  }
  for (std::size_t loser = 0; loser < loser_count; ++loser) {
    const std::uint64_t mark = genes[lost[loser]].mark;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      out[i] = wanted[i].mark == mark ? lost[loser] : out[i];
    }
  }
}

/// match_marks on memory that grows as needed and is reused.
template <class Gene>
class MarkIndex {
 public:
  void find(std::span<const Gene> genes, std::span<const Gene> wanted,
            std::vector<std::uint32_t>& rows) {
    rows.resize(wanted.size());
    if (genes.empty()) {
      std::fill(rows.begin(), rows.end(), kNoRow);
      return;
    }
    const std::size_t slots = std::bit_ceil(16 * genes.size());
    if (slots_.size() < slots) slots_.resize(slots);
    losers_.resize(genes.size());
    match_marks<Gene, std::uint32_t>(genes, wanted, {slots_.data(), slots}, losers_, rows);
  }

 private:
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint32_t> losers_;
};

}  // namespace cambrian
