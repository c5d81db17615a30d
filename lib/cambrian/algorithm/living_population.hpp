// What searches of whole generations have in common: a population that each batch replaces.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"

namespace cambrian {

/// @throws ConfigError "population" if the run starts from more genomes than a population holds
void require_place_for_start(const GenomeSpace& space, std::size_t full_size);

/// Who the parents of each child are, by id. @param parents  [matings], written
void write_parents(std::span<const Mating> matings, const Individuals& living,
                   std::span<ParentIds> parents);

/// Reads the living population's table into both. @return the table, for the columns beside them
/// @throws Error naming the table that is not right
std::unique_ptr<StateReader> load_living(const SavedTables& tables, Individuals& living,
                                         Population& genomes);
/// Its column `fitness`, [living]. @throws Error if it has another length
std::vector<double> load_fitness(const StateReader& table, std::size_t living);
/// The columns of a population that is divided into species.
/// @param meaning  of the fitness: "the value that selection uses"
void save_species(StateWriter& table, std::span<const double> fitness, std::string_view meaning,
                  std::span<const std::uint32_t> species);

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

/// A search whose generations are batches: each replaces the one before.
class WholeGenerations : public Algorithm {
 public:
  void ask(Proposal& proposal) final;
  void tell(Proposal& proposal) final;
  std::vector<NamedPopulation> populations() const final;
  void save(StateWriter& checkpoint) const final;
  void load(const StateReader& checkpoint, const SavedTables& tables) final;

 protected:
  /// @throws ConfigError "population" if the run starts from more genomes
  WholeGenerations(std::int64_t population, AlgorithmContext& context);
  std::size_t full_size() const { return full_size_; }
  const LivingPopulation& living() const { return living_; }
  /// Of the first child of the batch that is bred.
  std::uint64_t next_id() const { return next_id_; }

 private:
  /// Writes genomes and parents of a batch of full_size() children of living(), which is not empty.
  virtual void breed(Proposal& proposal) = 0;

  const GenomeSpace& space_;
  DescriptorSpace descriptor_;
  StreamKey initial_;
  std::size_t full_size_;
  LivingPopulation living_;
  std::size_t asked_ = 0;  // candidates of the batch that is out
  std::uint64_t next_id_ = 0;
};

}  // namespace cambrian
