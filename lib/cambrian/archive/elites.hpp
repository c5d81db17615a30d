// An archive with what lies beside it: genomes, ids, parents, the evaluation with which each elite
// entered. The only file of this room that knows genomes.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/core/large_pages.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

/// What is known of each candidate of a batch beside what its archive asks, columns of n.
struct CandidateColumns {
  std::span<const std::uint64_t> ids;
  std::span<const ParentIds> parents;
  std::span<const std::uint64_t> evaluations;  ///< the run's count, from 1
  std::span<const std::uint8_t> solved;
};

/// pyribs' definitions. Coverage is 0 where the capacity is unbounded.
struct ArchiveStatistics {
  std::size_t size = 0;
  double coverage = 0;
  double qd_score = 0;             ///< sum of (objective - qd_offset)
  double normalised_qd_score = 0;  ///< qd_score / capacity
  double objective_max = 0;        ///< of the elites now held; NaN if none
  double objective_mean = 0;       ///< NaN if none
};
ArchiveStatistics statistics(const Archive& archive, double qd_offset);

class Elites {
 public:
  /// @param archive, population  both empty
  Elites(std::unique_ptr<Archive> archive, std::unique_ptr<Population> population);

  /// Offers a batch; the answer is valid until the next call.
  const Placement& add(const Offers& offers, const CandidateColumns& columns,
                       const Population& candidates);

  /// The answer to the last batch.
  const Placement& placement() const { return placement_; }
  const Archive& archive() const { return *archive_; }
  std::size_t size() const { return ids_.size(); }
  const Population& population() const { return *population_; }
  std::span<const std::uint64_t> ids() const { return ids_; }
  std::span<const ParentIds> parents() const { return parents_; }
  std::span<const std::uint64_t> evaluations() const { return evaluations_; }
  std::span<const std::uint8_t> solved() const { return solved_; }

  /// For a search that places one candidate at a time by its archive's own means (an
  /// UnstructuredArchive's enter): makes the columns beside follow the edits of `placement`, whose
  /// candidates are rows of `columns` and `candidates`. Until then only the archive has changed.
  void apply(const Placement& placement, const CandidateColumns& columns,
             const Population& candidates);

  Archive& archive() { return *archive_; }

  /// The run file's columns (`id`, `objective`, `descriptor`, `cell`, `evaluation`, `solved`,
  /// `parents`, group `genome`), its attributes (`kind`, `descriptor_names`, `descriptor_min`,
  /// `descriptor_max`, `shape`, `capacity`), and the archive's own state in a group `state`.
  /// Attributes that an archive does not know (objective_names, qd_offset) are the caller's.
  void save(StateWriter& writer) const;
  /// @throws Error  where the columns differ in length, or are of another kind or shape of archive
  void load(const StateReader& reader);

 private:
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Population> population_;
  LargeColumn<std::uint64_t> ids_;
  LargeColumn<ParentIds> parents_;
  LargeColumn<std::uint64_t> evaluations_;
  LargeColumn<std::uint8_t> solved_;
  Placement placement_;
};

}  // namespace cambrian
