// Which elites become parents.
//
//   uniform     each elite alike
//   objective   of `tournament` elites drawn uniformly, the one with the highest objective
//   novelty     of as many, the one whose k nearest elites are farthest away on average (each axis in
//               units of its bounds)
//   curiosity   in proportion to a score, which begins at 0, gains 1 for each child that the archive
//               takes and loses 1/2 for each that it refuses; the weight of an elite is its score
//               minus the lowest, plus 1/2
//
// A draw takes O(1) for uniform, O(tournament) for objective and O(log n) for the others.
// Sources: Cully & Demiris 2018, "Quality and Diversity Optimization: A Unifying Modular Framework"
// (the scores; they draw in proportion to objective and novelty, too); tournaments and the 1/2 that
// lets the least curious be drawn: our choice.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/archive/elites.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/emitter/elite_novelty.hpp"

namespace cambrian {

enum class Selection : std::uint8_t { uniform, objective, novelty, curiosity };

/// Scores of rows, of which one is drawn by its score minus the lowest, plus 1/2. Scores are whole
/// multiples of 1/2, so that sums are exact, whatever their history.
class CuriosityTree {
 public:
  std::size_t size() const { return size_; }
  double score(std::size_t row) const { return sums_[leaves_ + row]; }
  /// row == size(): a new one.
  void set(std::size_t row, double score);
  void shrink(std::size_t rows);
  /// @param uniform  in [0, 1)
  std::uint32_t draw(double uniform) const;

 private:
  void update(std::size_t leaf);
  void grow();
  std::size_t size_ = 0;
  std::size_t leaves_ = 0;     ///< a power of 2; node 1 is the root, leaf i is node leaves_ + i
  std::vector<double> sums_;   ///< [2 leaves]
  std::vector<double> least_;  ///< [2 leaves], infinity where there are no rows
};

class ParentSelection {
 public:
  ParentSelection(Selection rule, std::size_t tournament, std::size_t k)
      : rule_(rule), tournament_(tournament), novelty_(k) {}

  /// Before the draws of a batch: rows that have another elite than when it was last told start anew.
  void follow(const Elites& elites);
  /// The row of a parent. @param elites  those that were followed last
  std::uint32_t draw(const Elites& elites, Stream& stream) {
    // Within the loop of its caller: the default is drawn once or twice for each child.
    if (rule_ == Selection::uniform) return stream.below(static_cast<std::uint32_t>(elites.size()));
    return draw_by_score(elites, stream);
  }
  /// Whether what became of the children changes how parents are drawn; otherwise reward() and
  /// apply() do nothing.
  bool learns() const { return rule_ == Selection::curiosity; }
  /// A child of the elite in `row`, as the rows were at follow(), was taken or refused.
  void reward(std::uint32_t row, bool taken);
  /// Scores move with the rows of the archive. @param ids  of the batch
  void apply(std::span<const RowEdit> edits, std::span<const std::uint64_t> ids);
  /// Of a row; 0 unless selection is by curiosity.
  double curiosity(std::uint32_t row) const { return learns() ? tree_.score(row) : 0; }

  void save(StateWriter& writer) const;
  void load(const StateReader& reader);

 private:
  std::uint32_t draw_by_score(const Elites& elites, Stream& stream);

  Selection rule_;
  std::size_t tournament_;
  EliteNovelty novelty_;
  std::vector<std::uint64_t> ids_;  ///< of the rows that the scores are of
  CuriosityTree tree_;
};

}  // namespace cambrian
