// The population of dominated novelty search: no cells and no thresholds. Members and a batch compete
// together, and those stay that are far from whatever is at least as good.
//
//   competition fitness = mean distance to the k nearest among those at least as fit,
//                         infinity where nobody is
//
// Each individual keeps some more than its k nearest, so that a batch costs what it brings: of B
// candidates and N members, B (N + B) distances, and N for each member that has lost so many of those
// it kept that fewer than k are left. The paper's rule, carried out as it is written, takes (N + B)^2.
//
// Source: Bahlous-Boldi et al. 2025, "Dominated Novelty Search".
#pragma once

#include <cstdint>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/neighbours/nearest_set.hpp"

namespace cambrian {

struct DominatedNoveltyParameters final : Parameters {
  std::int64_t capacity = 1024;
  std::int64_t k = 3;
  void visit(ParameterVisitor& visitor) override;
};

class DominatedNoveltyArchive final : public Archive {
 public:
  /// @throws ConfigError unless the space has bounds for each axis, finite or not
  DominatedNoveltyArchive(const DominatedNoveltyParameters& parameters,
                          const ArchiveContext& context);

  std::string_view kind() const override { return "dominated_novelty"; }
  ValueKind value_kind() const override { return ValueKind::novelty; }
  const DescriptorSpace& space() const override { return space_; }
  std::size_t size() const override { return objectives_.size(); }
  std::size_t capacity() const override { return capacity_; }
  std::uint64_t clipped() const override { return clipped_; }
  /// Competition fitness of a member among the members, in the unit of the descriptors.
  double competition_fitness(std::size_t row) const;

  void save(StateWriter& state) const override;
  void load(const Individuals& rows, std::span<const std::int64_t> cells, const StateReader& table,
            const StateReader& state) override;
  void check(const Individuals& rows) const override;

 private:
  static constexpr std::size_t kLanes = 16;  ///< points of a block
  static constexpr std::size_t kSlab = 64;   ///< candidates whose distances are held at once

  /// The nearest of those at least as fit that are known of an individual.
  struct Rivals {
    std::uint32_t count = 0;
    bool all = true;  ///< whether there are no others
  };

  /// The whole batch at once. value: competition fitness among members and batch. The best stay;
  /// members before candidates where they are equal, then the lower row, or the earlier candidate.
  /// A member that leaves gives its row to a candidate.
  void place(const Offers& offers, Placement& placement) override;
  /// Candidates that can be tried join the columns, as rows size .. after the members.
  void join(const Offers& offers, Placement& placement);
  /// What candidates `first` .. of the joint rows and all others are to each other.
  void compete(std::size_t members, std::size_t first, std::size_t last);
  /// The joint rows that stay. @param members  how many of them are members
  void choose(std::size_t members);
  /// Makes dense rows of what stays, and answers with the edits.
  void settle(std::size_t members, Placement& placement);

  void append(double objective, std::span<const double> descriptor);
  void move(std::size_t from, std::size_t to);
  void resize(std::size_t rows);
  /// [rows, padded to whole blocks] of squared distances from a row.
  void distances_from(std::size_t row, std::size_t rows, double* out) const;
  void offer(std::size_t to, std::uint32_t rival, double squared);
  void offer_all(std::size_t to, std::size_t rows, const double* distances);
  void keep_bound(std::size_t row);
  /// Finds a row's rivals among the first `rows` anew.
  void find_rivals(std::size_t row, std::size_t rows, std::vector<double>& distances);

  DescriptorSpace space_;
  Executor* executor_;
  std::size_t capacity_;
  std::size_t k_;
  std::size_t kept_;  ///< rivals of an individual that are kept at most
  std::uint64_t clipped_ = 0;

  std::vector<double> objectives_;  ///< [rows]
  std::vector<double> blocks_;      ///< [rows / kLanes, D, kLanes] descriptors
  std::vector<Neighbour> rivals_;   ///< [rows, kept] by squared distance, the nearest in front
  std::vector<Rivals> known_;       ///< [rows]
  std::vector<double> bound_;  ///< [rows] nothing farther is kept; infinity while all are known

  std::vector<std::uint32_t> candidates_;  ///< of the batch, of each joint row behind the members
  std::vector<double> fitness_;            ///< [joint rows]
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> new_row_;  ///< [joint rows]; kNoRow: it leaves
  std::vector<double> slab_;
  std::vector<std::vector<double>> distances_;  ///< one per worker
};

}  // namespace cambrian
