// The living population of a steady-state search: one offspring replaces one individual at a time,
// within species. The cycle of rtNEAT as the maze experiments of Lehman & Stanley used it (the loop
// of novelty search in that code): a species is drawn by roulette on its mean fitness, parents
// uniformly from its best floor(survival (size - 1)) + 1 members; the child joins, and the
// individual with the lowest fitness / species size of all is removed, possibly the child. Every so
// many offspring the compatibility threshold moves toward the target number of species and all are
// assigned anew. Knows neither archives nor jobs. Fitness is whatever the algorithm says: novelty,
// objective, chance.
//
// Where the published loop leaves things to the order of its lists, we say:
//   - Members are ranked by fitness at all times (of equals, who joined earlier first). A species
//     stands for its champion: a child joins the first species, in order of founding, whose
//     champion is nearer than the threshold. (There, members are sorted when their species breeds.)
//   - Of equally low fitness / species size, who joined earliest leaves; a child is the youngest.
//   - Fitness may be negative: it is then counted from the lowest of all. Where none has any,
//     species are drawn uniformly.
//   - A father from elsewhere is the champion of another species, drawn uniformly. The fitter
//     parent is the mother, of whom crossover takes the genes that do not match.
// Source: Lehman & Stanley 2011; NSC (novelty-search-cpp); Stanley, Bryant & Miikkulainen 2005
// (rtNEAT).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "cambrian/core/executor.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/genome/population.hpp"
#include "cambrian/speciation/species.hpp"

namespace cambrian {

struct SteadyStateParameters final : Parameters {
  std::int64_t population = 250;
  double survival = 0.4;
  double interspecies = 0.001;
  std::int64_t target_species = 0;  ///< 0: population / 15
  double threshold = 4.0;           ///< compatibility, at the start
  double threshold_step = 0.1;
  double threshold_floor = 0.3;
  void visit(ParameterVisitor& visitor) override;
};

class SteadyState {
 public:
  /// @param variation  gives the compatibility distance and the mating share; must outlive this
  /// @param executor   compares genomes with species; must outlive this; null: the caller's thread
  SteadyState(const SteadyStateParameters& parameters, std::unique_ptr<Population> empty,
              const Variation& variation, Executor* executor = nullptr);

  std::size_t size() const { return fitness_.size(); }
  std::size_t species() const { return species_.size(); }
  double threshold() const { return threshold_; }
  const Population& population() const { return *population_; }
  std::span<const double> fitness() const { return fitness_; }  ///< [size]
  /// [size] a species' number, never reused in a run
  std::span<const std::uint32_t> species_of() const { return species_of_; }

  /// The first population, all at once. @param fitness [n]
  void found(const Population& first, std::span<const double> fitness);
  /// Draws parents for out.size() children; child i draws from the stream (key, first_id + i). The
  /// rows stay valid until replace().
  void select(std::span<Mating> out, StreamKey key, std::uint64_t first_id) const;
  /// Before the children of a batch replace(): finds, for all of them together, the species as they
  /// now stand that each belongs to. replace() then only looks at what has changed since; the
  /// result is the same as without.
  /// @param offered  what replace() will be given until the next call of this
  void begin(const Population& offered);
  /// A child joins and the worst leaves. @return the row that the child took, none if it was itself
  /// the worst
  std::optional<std::uint32_t> replace(const Population& offered, std::uint32_t from,
                                       double fitness);
  /// Takes new fitness for all, if any is given (a novelty refresh), moves the threshold one step
  /// toward the target number of species, and assigns all individuals anew. @param fitness [size],
  /// or none
  void adapt_species(std::span<const double> fitness = {});

  /// All of it but the genomes and fitness, which the caller saves with the population's other
  /// columns.
  void save(StateWriter& writer) const;
  void load(const StateReader& reader, const Population& population,
            std::span<const double> fitness);

 private:
  FitnessOrder ranking() const { return {fitness_, joined_}; }
  double origin() const;
  Mating mate(Stream& stream) const;
  std::size_t draw_species(Stream& stream) const;
  std::size_t home_of(const Population& offered, std::uint32_t from) const;
  void take_rows(const Population& population, std::span<const double> fitness);
  void assign();

  SteadyStateParameters parameters_;
  std::unique_ptr<Population> population_;
  const Variation& variation_;
  Executor* executor_;
  double threshold_;
  std::vector<Species> species_;
  std::vector<double> fitness_;            // [size]
  std::vector<std::uint32_t> species_of_;  // [size]
  std::vector<std::uint64_t> joined_;      // [size], when: counts all that ever joined
  std::uint64_t next_joined_ = 0;
  std::uint32_t next_species_ = 0;
  mutable std::vector<double> wheel_;  // of select(): sums of the species' shares up to each

  /// A species as begin() met it. Its champion is known by when it joined: rows are used again.
  struct Met {
    std::uint32_t number;
    std::uint64_t champion;
  };
  std::vector<Met> met_;
  std::vector<std::size_t> places_;  // [offered] in met_, of the first species within the threshold
};

}  // namespace cambrian
