// Finds the genes of many marks at once. Two parents can be aligned by one merge of their sorted
// genes, but where they differ each of its steps may be a mispredicted branch; this has none.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace cambrian {

/// Marks are hashes already, so their low bits are the slot. The table is so sparse that genes
/// hardly share slots; those that lose theirs are listed. Every answer is checked against the gene
/// itself, so what earlier genomes left in the table does no harm and nothing is ever cleared.
template <class Gene>
class MarkIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffU;

  /// @param genes   no two of one mark
  /// @param wanted  no two of one mark
  /// @param rows    [wanted] the row in `genes` of the gene of the same mark, or kNone
  void find(std::span<const Gene> genes, std::span<const Gene> wanted,
            std::vector<std::uint32_t>& rows) {
    rows.resize(wanted.size());
    if (genes.empty()) {
      std::fill(rows.begin(), rows.end(), kNone);
      return;
    }
    const std::size_t slots = std::bit_ceil(kSparse * genes.size());
    if (slots_.size() < slots) slots_.resize(slots);
    losers_.resize(genes.size());
    const std::uint64_t mask = slots - 1;
    const auto count = static_cast<std::uint32_t>(genes.size());
    std::uint32_t* const slot = slots_.data();
    for (std::uint32_t row = 0; row < count; ++row) slot[genes[row].mark & mask] = row;
    std::size_t losers = 0;
    for (std::uint32_t row = 0; row < count; ++row) {
      losers_[losers] = row;
      losers += slot[genes[row].mark & mask] != row ? 1 : 0;
    }
    std::uint32_t* const out = rows.data();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::uint64_t mark = wanted[i].mark;
      const std::uint32_t row = std::min(slot[mark & mask], count - 1);
      out[i] = row | (0U - static_cast<std::uint32_t>(genes[row].mark != mark));
    }
    for (std::size_t loser = 0; loser < losers; ++loser) {
      const std::uint64_t mark = genes[losers_[loser]].mark;
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        out[i] = wanted[i].mark == mark ? losers_[loser] : out[i];
      }
    }
  }

 private:
  static constexpr std::size_t kSparse = 16;
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint32_t> losers_;
};

}  // namespace cambrian
