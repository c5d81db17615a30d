// `/lineage`: the parents of each candidate. By default only those now held and their ancestors are
// kept, so that it stays small: records are appended in order of id, and when they are many and
// have doubled, those that no one descends from are dropped.
#pragma once

#include <span>

#include "cambrian/archive/descriptor.hpp"
#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/core/individuals.hpp"

namespace cambrian {

class Lineage {
 public:
  Lineage(KeptLineage keep, DescriptorSpace descriptor);

  /// Records the candidates of a batch for which entered[i] is not 0. Ids must grow from call to
  /// call.
  void record(const Individuals& batch, std::span<const std::uint8_t> entered);
  /// True when enough has been added for pruning to pay off.
  bool wants_pruning() const;
  /// Drops all that none of `held` descends from. @param held  ids, in any order, repeats allowed
  void prune(std::span<const std::uint64_t> held);

  const Individuals& individuals() const { return individuals_; }
  /// @param directions  as Individuals::save
  void save(StateWriter& table, std::span<const ObjectiveDirection> directions = {}) const;
  void load(const StateReader& table);

 private:
  KeptLineage keep_;
  DescriptorSpace descriptor_;
  Individuals individuals_;  // ids ascend
  std::size_t pruned_size_ =
      0;  // only decides when to prune next: what is kept never depends on when
};

}  // namespace cambrian
