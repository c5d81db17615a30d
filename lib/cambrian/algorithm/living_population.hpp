// What searches of whole generations have in common: a population that each batch replaces.
#pragma once

#include <memory>
#include <span>

#include "cambrian/algorithm/algorithm.hpp"

namespace cambrian {

/// @throws ConfigError "population" if the run starts from more genomes than a population holds
void require_place_for_start(const GenomeSpace& space, std::size_t full_size);

/// Who the parents of each child are, by id. @param parents  [matings], written
void write_parents(std::span<const Mating> matings, const Individuals& living,
                   std::span<ParentIds> parents);

class LivingPopulation {
 public:
  LivingPopulation(const GenomeSpace& space, std::size_t dimensions);

  std::size_t size() const { return individuals_.size(); }  ///< 0: the next batch is random
  const Individuals& individuals() const { return individuals_; }
  const Population& genomes() const { return *genomes_; }
  /// The valid rows of a told batch become the population; where there are none, it stays. Writes
  /// proposal.entered. @throws ShapeError, before anything changes, if the batch does not fit
  void replace(Proposal& proposal);

  NamedPopulation named(const DescriptorSpace& space, std::size_t full_size) const;
  /// @throws Error naming the table that is not right
  void load(const SavedTables& tables, std::size_t full_size);

 private:
  Individuals individuals_;
  std::unique_ptr<Population> genomes_;
};

}  // namespace cambrian
