// What a search of a living population selects by: novelty, the objective, or chance. A rule judges
// individuals; the loop that breeds and replaces them is the same for all (steady_state_search.hpp,
// neat.hpp), so that the rule is all that differs.
#pragma once

#include <span>

#include "cambrian/algorithm/algorithm.hpp"

namespace cambrian {

class FitnessRule {
 public:
  virtual ~FitnessRule() = default;
  /// A whole population, whose row i is row i of `genomes`: the first, or in a generational search
  /// the next; of the functions below, a generational search calls only those that say or save.
  /// @param fitness [size], written
  virtual void found(const Individuals& living, const Population& genomes,
                     std::span<double> fitness) = 0;
  /// Fitness of child i of a batch, against the living and the archive as they now are.
  virtual double judge(const Individuals& living, const Individuals& batch, std::size_t i) = 0;
  /// Child i, the last that was judged, has become the living row `row`.
  virtual void joined(const Individuals& living, std::uint32_t row) {
    static_cast<void>(living);
    static_cast<void>(row);
  }
  /// New fitness for the living. @param fitness [size], written. @return false if fitness never
  /// changes
  virtual bool refresh(const Individuals& living, std::span<double> fitness) {
    static_cast<void>(living);
    static_cast<void>(fitness);
    return false;
  }
  /// Before the children of a batch are judged.
  virtual void begin(const Individuals& batch) { static_cast<void>(batch); }
  /// After they have been. @param genomes  of the living
  virtual void batch_done(const Individuals& living, const Population& genomes,
                          const Proposal& proposal) {
    static_cast<void>(living);
    static_cast<void>(genomes);
    static_cast<void>(proposal);
  }
  /// The archive that it uses; null: none.
  virtual const Elites* driver() const { return nullptr; }
  virtual void report(HistoryValues& values) const { static_cast<void>(values); }
  virtual void save(StateWriter& writer) const { static_cast<void>(writer); }
  /// @param living  empty if found() has not been called yet
  virtual void load(const StateReader& reader, const SavedTables& tables,
                    const Individuals& living) {
    static_cast<void>(reader);
    static_cast<void>(tables);
    static_cast<void>(living);
  }
};

}  // namespace cambrian
