// What evolves, as a population: columns, one row per individual. Higher rooms call a population
// once per batch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/state.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

class Population {
 public:
  virtual ~Population() = default;
  virtual std::string_view kind() const = 0;  ///< "real", "graph", ...
  virtual std::size_t size() const = 0;
  /// Keeps memory; new rows hold an unspecified valid genome until written.
  virtual void resize(std::size_t rows) = 0;
  /// An empty population of the same shape.
  virtual std::unique_ptr<Population> make_empty() const = 0;
  /// Follows an archive's edits; `put` copies from `offered`.
  /// @throws Error if that is a population of another kind or shape, or an edit names a row that is
  /// not there
  virtual void apply(std::span<const RowEdit> edits, const Population& offered) = 0;
  /// The columns of the run file's `genome` group (RUN_FILE layouts), and back.
  virtual void save(StateWriter& writer) const = 0;
  virtual void load(const StateReader& reader) = 0;
};

/// @throws Error, always
[[noreturn]] void refuse_kind(std::string_view kind, std::string_view expected);

/// A population as one of its kind: P is RealPopulation, or const RealPopulation.
/// @throws Error if it is of another kind
template <class P, class Any>
P& population_of(Any& population) {
  // Of a class without subclasses the type tells at once, without a walk through its bases.
  static_assert(std::is_final_v<std::remove_const_t<P>>);
  if (typeid(population) == typeid(P)) return static_cast<P&>(population);
  refuse_kind(population.kind(), P::kKind);
}

/// Whose genes a child gets. Rows of the population that is varied. Operators that prefer the
/// fitter parent take the mother for it: the caller that mates two puts the fitter first (equally
/// fit: the smaller genome).
struct Mating {
  static constexpr std::uint32_t kNone = 0xffffffffU;
  std::uint32_t mother = 0;
  std::uint32_t father = kNone;  ///< kNone: the mother's mutated copy
};

/// The space that genomes are drawn from: makes populations and their first members.
class GenomeSpace {
 public:
  virtual ~GenomeSpace() = default;
  virtual std::string_view kind() const = 0;  ///< of its populations: "real", "graph"
  virtual std::unique_ptr<Population> make_population() const = 0;
  /// Writes first members into rows first .. first + count - 1 of a population that has its size
  /// already. Row i is that of candidate first_id + i: a given genome where there are so many, behind
  /// them a random one, which draws from the stream (key, first_id + i).
  /// @throws Error if the population is of another kind or shape, or has fewer rows
  void initialise(Population& population, std::size_t first, std::size_t count, StreamKey key,
                  std::uint64_t first_id) const;
  /// Genomes with which a run starts: those of its candidates 0, 1, ...
  /// @throws Error naming the first that does not fit this space
  void start_from(std::unique_ptr<Population> given);
  /// How many have been given. A search begins with at least as many.
  std::size_t given() const { return given_ ? given_->size() : 0; }
  /// For `run --check` and for reading files.
  /// @throws Error naming the first fault of the genome in row `row`, or if the population is of
  /// another kind or shape, or has no such row
  virtual void check(const Population& population, std::size_t row) const = 0;
  /// initialise() without the given genomes, for a caller whose first_id is not a candidate.
  virtual void draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
                    std::uint64_t first_id) const = 0;

 private:
  std::unique_ptr<Population> given_;
};

/// @throws Error unless the row, or rows begin .. end-1, are among `rows`
void require_row(std::size_t row, std::size_t rows);
void require_rows(RowRange range, std::size_t rows);

/// Varies genomes: the children of a batch from their parents, mutation and crossover.
class Variation {
 public:
  virtual ~Variation() = default;
  /// The share of children that have a father: 1 for operators that always use two parents, 0 for
  /// those that never do.
  virtual double mating_share() const = 0;
  /// Whether vary() may have several workers make some of the rows each; otherwise one call makes all.
  virtual bool shares_rows() const { return true; }
  /// Writes the rows of `range` in `children`, which has its size already: row i from
  /// matings[i - range.begin], drawing from the stream (key, first_id + i). So several emitters
  /// write into one batch, each from matings of its own, and the ids are those of the whole batch.
  /// @param matings   [range.size()]
  /// @param children  another population than `parents`, of the same kind and shape
  /// @param first_id  of row 0 of `children`
  /// @param executor  its workers share the rows, with the same result; null: the caller's thread
  /// @throws Error before any row is written if a row is not there or the populations do not fit
  void vary(const Population& parents, std::span<const Mating> matings, Population& children,
            RowRange range, StreamKey key, std::uint64_t first_id,
            Executor* executor = nullptr) const;
  /// The same on this thread alone, rows unchecked. Safe from several threads at once for ranges
  /// apart. @throws Error if the populations do not fit
  virtual void vary_rows(const Population& parents, std::span<const Mating> matings,
                         Population& children, RowRange range, StreamKey key,
                         std::uint64_t first_id) const = 0;
  /// Children that differ little from their mothers, for a search that has not improved for long
  /// (NEAT's delta coding); otherwise as vary_rows(), which it is by itself. Fathers are not looked at.
  virtual void refine_rows(const Population& parents, std::span<const Mating> matings,
                           Population& children, RowRange range, StreamKey key,
                           std::uint64_t first_id) const {
    vary_rows(parents, matings, children, range, key, first_id);
  }
  /// The size of a genome, where sizes differ: of equally fit parents the smaller is the mother.
  virtual std::size_t genes(const Population& /*population*/, std::size_t /*row*/) const {
    return 0;
  }
  /// Compatibility distance, by which species form; 0 for genomes of which all are one species.
  virtual double distance(const Population& /*a*/, std::size_t /*row_a*/, const Population& /*b*/,
                          std::size_t /*row_b*/) const {
    return 0.0;
  }
};

/// Registry line: a variation is made for the space that it moves in. @throws ConfigError if it
/// cannot vary genomes of that kind
using VariationComponent = Component<Variation, const GenomeSpace&>;
/// gaussian, iso_line, sbx, one_point, cauchy (real vectors); ragged (ragged vectors); neat (graphs);
/// process (all three).
std::vector<VariationComponent> variations();

}  // namespace cambrian
