// The archive of novelty search: no cells, a member is what was novel enough when it came. The
// threshold adapts, so that neither everything nor nothing enters; with a capacity, the oldest
// member leaves for the new one, which takes its row. Neighbours may compete as well: then a
// candidate that is not novel enough replaces its nearest member where it has a better objective.
//
// A search scores against its living population too, which an archive does not know. So besides
// add(), which scores against the members alone, candidates can be tried one at a time by a score
// from outside, and whole populations by their distance to the nearest member:
//
//   textbook       score = novelty(..., index(), living, rule(), ...)   at each new individual
//                  enter(i, objective, descriptor, score, placement)
//   as_published   enter_if_far(i, objective, descriptor, placement)    the living, each period
//   both           if (note_evaluations(n)) adapt(), before that period's admission
//
// Sources: Lehman & Stanley 2011, "Abandoning objectives"; rules as shipped in NSC
// (novelty-search-cpp); pyribs 0.12 (ProximityArchive: preset `pyribs`, local competition).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cambrian/archive/add_mode.hpp"
#include "cambrian/archive/archive.hpp"
#include "cambrian/neighbours/growing_index.hpp"
#include "cambrian/neighbours/novelty.hpp"

namespace cambrian {

struct UnstructuredParameters final : Parameters {
  enum class Entry { score, nearest };
  std::int64_t k = 15;
  NoveltyDistance distance = NoveltyDistance::squared_euclidean;
  bool counts_itself = false;
  Entry entry = Entry::score;
  double threshold = 6.0;
  double raise = 1.2;
  double lower = 0.95;
  std::int64_t raise_above = 4;
  std::int64_t lower_after = 10;
  double floor = 0.25;
  std::int64_t period = 250;
  std::int64_t capacity = 0;
  bool refuse_copies = false;
  AddMode add_mode = AddMode::single;
  bool admits_equal = false;
  bool local_competition = false;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override {
    return {"textbook", "as_published", "pyribs"};
  }
  void apply_preset(std::string_view name) override;
};

class UnstructuredArchive final : public Archive {
 public:
  /// @throws ConfigError unless the space has bounds for each axis, finite or not
  /// @param executor  searches for batches that are judged as a whole; null: the caller's thread
  UnstructuredArchive(const UnstructuredParameters& parameters, const DescriptorSpace& space,
                      Executor* executor = nullptr);

  std::string_view kind() const override { return "unstructured"; }
  const DescriptorSpace& space() const override { return space_; }
  std::size_t size() const override { return index_.size(); }
  std::size_t capacity() const override { return capacity_; }
  /// Counted by add() alone.
  std::uint64_t clipped() const override { return clipped_; }

  /// How scores are taken; index() has its metric.
  const NoveltyRule& rule() const { return rule_; }
  /// Whether entry is by the nearest member (as published) or by the novelty score (textbook).
  bool enters_by_nearest() const { return by_nearest_; }
  AddMode add_mode() const { return parameters_.add_mode; }
  ValueKind value_kind() const override { return ValueKind::novelty; }
  bool local_competition() const override { return parameters_.local_competition; }
  const GrowingIndex& index() const { return index_; }  ///< row i: member i
  /// In the rule's unit.
  double threshold() const { return threshold_; }
  /// Distance to the nearest member in the rule's unit; infinity if there is none.
  /// @param descriptor  [D], finite
  double nearest_member(std::span<const double> descriptor) const;

  /// Admits candidate i of a batch if `score` is above the threshold, or on it with admits_equal
  /// (and, with refuse_copies, no member has its very descriptor); what comes next meets it as a
  /// member. Writes status and value i, and appends the edits. `placement` was reset to the batch's
  /// size. Status `invalid` if a number is not finite (the score may be infinite).
  /// @throws ShapeError if the batch has no candidate i or the descriptor another width; likewise below
  /// @return whether it entered
  bool enter(std::size_t i, double objective, std::span<const double> descriptor, double score,
             Placement& placement);
  /// The same with score = nearest_member(descriptor).
  bool enter_if_far(std::size_t i, double objective, std::span<const double> descriptor,
                    Placement& placement);

  /// Counts evaluations; true if a period ended with or within them, once however many did: then
  /// adapt().
  bool note_evaluations(std::size_t n);
  /// Moves the threshold by what entered since the last call: lowers it after `lower_after` calls
  /// in a row without an entry, raises it above `raise_above` entries.
  void adapt();

  void save(StateWriter& state) const override;
  void load(const Individuals& rows, std::span<const std::int64_t> cells, const StateReader& table,
            const StateReader& state) override;
  void check(const Individuals& rows) const override;

 private:
  /// How a point stands to the members.
  struct Standing {
    double score = 0;        ///< what must exceed the threshold; infinity if there are none
    double competition = 0;  ///< of its k nearest, how many have a lower objective
    Neighbour nearest = {.row = kNoRow, .distance = 0};
  };

  /// Tries a batch by the novelty against the members alone (or, with entry `nearest`, by the nearest
  /// of them), then counts its evaluations and adapts at a period's end. value: that number; infinity
  /// while the archive is empty, when whatever comes first enters. AddMode::batch: all stand against
  /// the members before the batch; status `improved` says that a candidate beats its nearest member,
  /// which the best of them replaces, the first of equals.
  void place(const Offers& offers, Placement& placement) override;
  void place_one_by_one(const Offers& offers, Placement& placement);
  void place_as_batch(const Offers& offers, Placement& placement);
  /// Whether it can be tried; if not, its status is `invalid`. Counts those outside the bounds.
  bool is_usable(const Offers& offers, std::size_t i, Placement& placement);
  Standing stand(double objective, std::span<const double> descriptor,
                 NoveltyScratch& scratch) const;
  /// Writes status, value and competition of candidate i.
  void judge(const Offers& offers, std::size_t i, const Standing& standing,
             Placement& placement) const;
  bool admits(double score) const {
    return parameters_.admits_equal ? score >= threshold_ : score > threshold_;
  }
  void put(std::size_t i, double objective, std::span<const double> descriptor,
           Placement& placement);
  void replace(std::uint32_t row, std::size_t i, double objective,
               std::span<const double> descriptor, Placement& placement);

  DescriptorSpace space_;
  UnstructuredParameters parameters_;
  NoveltyRule rule_;
  bool by_nearest_;
  std::size_t capacity_;
  Executor* executor_;
  GrowingIndex index_;
  std::vector<double> objectives_;       ///< [size]
  std::vector<NoveltyScratch> scratch_;  ///< one per worker
  std::vector<Standing> standings_;      ///< of a batch that is judged as a whole
  std::vector<std::uint32_t> challengers_;

  double threshold_;
  /// All entries so far. A full archive fills its rows in turn, so this also says which is oldest.
  std::uint64_t entries_ = 0;
  std::uint64_t recent_entries_ = 0;  ///< since the last adapt()
  std::uint64_t idle_periods_ = 0;
  std::uint64_t evaluations_ = 0;
  std::uint64_t clipped_ = 0;
};

}  // namespace cambrian
