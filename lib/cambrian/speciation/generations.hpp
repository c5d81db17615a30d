// The living population of a generational search, in species: NEAT's generation loop. All are
// evaluated, fitness is shared within species, and a whole new generation is bred.
//
//   rank(fitness)  stagnant species are punished; fitness / species size -> offspring of each species
//                  (delta coding: the two best species alone); the threshold moves, if it does
//   select()       for each species in order: its champion's copy, matings of its best members
//   replace()      every child joins the first species, in order of founding, whose representative is
//                  nearer than the threshold, or founds one behind them; the old generation goes
//
// Knows neither archives nor jobs. Fitness is whatever the algorithm says: the objective, novelty.
// Source: Stanley & Miikkulainen 2002; the rules are those of NEAT 1.2 where the paper leaves them
// open or differs, each with a parameter; DIFFERENCES.md lists them.
#pragma once

#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "cambrian/core/executor.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/genome/population.hpp"
#include "cambrian/speciation/offspring.hpp"
#include "cambrian/speciation/species.hpp"

namespace cambrian {

enum class Representative { champion, random };
enum class DeltaCoding { champions, species, off };
enum class ChampionRule { offspring, members };
enum class NegativeFitness { clamp, shift };

/// Presets: `textbook` the loop of NEAT 1.2; `nsc` with the moving threshold of NSC
/// (novelty-search-cpp); `jair04` Stanley & Miikkulainen 2004, with the rules of the 2002 paper.
struct GenerationsParameters final : Parameters {
  std::int64_t population = 150;
  double survival = 0.2;
  double interspecies = 0.001;
  double threshold = 3.0;
  std::int64_t target_species = 0;  ///< 0: the threshold is fixed
  double threshold_step = 0.3;
  double threshold_floor = 0.3;
  Representative representative = Representative::champion;
  std::int64_t stagnation = 15;
  double stagnation_factor = 0.01;
  double young_factor = 1.0;
  std::int64_t punish_every = 0;  ///< 0: never
  DeltaCoding delta_coding = DeltaCoding::champions;
  std::int64_t delta_coding_after = 20;
  std::int64_t champion_above = 5;
  ChampionRule champion_rule = ChampionRule::offspring;
  NegativeFitness negative_fitness = NegativeFitness::clamp;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "nsc", "jair04"}; }
  void apply_preset(std::string_view name) override;
};

class Generations {
 public:
  /// @param variation  gives compatibility distance, mating share and size of genomes; must outlive
  /// this
  /// @param executor   compares genomes with species; must outlive this; null: the caller's thread
  Generations(const GenerationsParameters& parameters, std::unique_ptr<Population> empty,
              const Variation& variation, Executor* executor = nullptr);

  std::size_t size() const { return species_of_.size(); }
  std::uint64_t generation() const { return generation_; }  ///< 0: none yet
  const std::vector<Species>& species() const { return species_; }
  const std::vector<SpeciesRecord>& records() const { return records_; }  ///< [species]
  double threshold() const { return threshold_; }
  /// Generations since the best fitness of the run so far, or the last delta coding.
  std::uint64_t unimproved() const { return unimproved_; }
  const Population& population() const { return *population_; }
  std::span<const double> fitness() const { return fitness_; }  ///< [size], of the last rank()
  /// [size] a species' number, never reused in a run
  std::span<const std::uint32_t> species_of() const { return species_of_; }

  /// The rows `rows` of `offered`, at least one, become the next generation, or the first, row i of
  /// which is row rows[i]; rank() must follow.
  /// @param key  for random representatives, drawn from the stream (key, generation)
  /// @throws Error if they are genomes of another kind or shape; nothing has changed then
  void replace(const Population& offered, std::span<const std::uint32_t> rows, StreamKey key);
  /// Fitness of the new generation, finite, and what follows from it for the next.
  void rank(std::span<const double> fitness);

  /// Parents of the next generation, species by species. Child i draws from the stream
  /// (key, first_id + i). @param out  [population], written
  /// @param copies  written: the children that are to be exact copies of their mothers
  void select(std::span<Mating> out, std::vector<std::uint32_t>& copies, StreamKey key,
              std::uint64_t first_id) const;
  /// Whether the children differ little from their mothers (Variation::refine): delta coding.
  bool refines() const { return refines_; }

  /// All of it but the genomes and fitness, which the caller saves with the population's other
  /// columns. Between rank() and replace().
  void save(StateWriter& writer) const;
  void load(const StateReader& reader, const Population& population,
            std::span<const double> fitness);

 private:
  std::vector<Species> representatives(StreamKey key) const;
  void sort_members();
  double shared_fitness(double fitness, double lowest, double factor, std::size_t size) const;
  std::size_t punished() const;
  void share();
  void note_records();
  void code_deltas();
  void move_threshold();
  std::size_t parents_of(const Species& species) const;
  bool copies_champion(std::size_t place) const;
  Mating mate(std::size_t home, Stream& stream) const;
  std::uint32_t champion_elsewhere(std::size_t home, Stream& stream) const;

  GenerationsParameters parameters_;
  std::unique_ptr<Population> population_;
  const Variation& variation_;
  Executor* executor_;
  double threshold_;
  std::vector<Species> species_;           // in order of founding
  std::vector<SpeciesRecord> records_;     // [species]
  std::vector<std::size_t> order_;         // places of species, the best champion first
  std::vector<double> fitness_;            // [size]
  std::vector<std::uint32_t> species_of_;  // [size]
  std::uint32_t next_species_ = 0;
  std::uint64_t generation_ = 0;
  double record_ = -std::numeric_limits<double>::infinity();  // best fitness of the run
  std::uint64_t unimproved_ = 0;
  bool refines_ = false;
};

}  // namespace cambrian
