// `/lineage`: who came from whom. By default only those now held and their ancestors are kept, so
// that it stays small: records are appended in order of id, and when they are many and have
// doubled, those that no one descends from are dropped.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/core/state.hpp"

namespace cambrian {

class Lineage {
 public:
  using Keep = KeptLineage;
  Lineage(Keep keep, DescriptorSpace descriptor);

  /// Records the candidates of a batch for which entered[i] is not 0. Ids must grow from call to
  /// call.
  void record(const Proposal& proposal, const Outcomes& outcomes,
              std::span<const std::uint8_t> entered);
  /// True when enough has come to make pruning worth its while.
  bool wants_pruning() const;
  /// Drops all that none of `held` descends from. @param held  ids, in any order, repeats allowed
  void prune(const std::vector<std::uint64_t>& held);

  std::size_t size() const { return ids_.size(); }
  std::span<const std::uint64_t> ids() const { return ids_; }
  std::span<const ParentIds> parents() const { return parents_; }
  void save(StateWriter& writer) const;
  void load(const StateReader& reader);

 private:
  Keep keep_;
  DescriptorSpace descriptor_;
  std::vector<std::uint64_t> ids_;  // ascending
  std::vector<ParentIds> parents_;
  std::vector<std::uint64_t> evaluations_;
  std::vector<double> objectives_;
  std::vector<double> descriptors_;
  std::vector<std::uint8_t> operators_;
  std::uint64_t pruned_size_ =
      0;  // only decides when to prune next: what is kept never depends on when
};

}  // namespace cambrian
