// What a steady-state search selects by: novelty, the objective, or chance. A rule judges
// individuals; the loop that breeds and replaces them is the same for all
// (steady_state_search.hpp), so that the rule is all that differs.
#pragma once

#include <span>

#include "cambrian/algorithm/algorithm.hpp"

namespace cambrian {

/// The living individuals, columns beside the rows of SteadyState.
struct Living {
  std::vector<std::uint64_t> ids;
  std::vector<ParentIds> parents;
  std::vector<std::uint64_t> evaluations;
  std::vector<double> objectives;
  std::vector<double> descriptors;  ///< [size, D]
  std::vector<std::uint8_t> solved;
  std::size_t size() const { return ids.size(); }
};

class FitnessRule {
 public:
  virtual ~FitnessRule() = default;
  /// The first population, whose row i is row i of `genomes`. @param fitness [size], written
  virtual void found(const Living& living, const Population& genomes,
                     std::span<double> fitness) = 0;
  /// Fitness of child i of a batch, against the living and the archive as they now are.
  virtual double judge(const Living& living, const Proposal& proposal, const Outcomes& outcomes,
                       std::size_t i) = 0;
  /// Child i, the last that was judged, has become the living row `row`.
  virtual void joined(const Living& living, std::uint32_t row) {
    static_cast<void>(living);
    static_cast<void>(row);
  }
  /// New fitness for the living. @param fitness [size], written. @return false if fitness never
  /// changes
  virtual bool refresh(const Living& living, std::span<double> fitness) {
    static_cast<void>(living);
    static_cast<void>(fitness);
    return false;
  }
  /// Before the children of a batch are judged.
  virtual void begin(const Outcomes& outcomes) { static_cast<void>(outcomes); }
  /// After they have been. @param genomes  of the living
  virtual void batch_done(const Living& living, const Population& genomes, const Proposal& proposal,
                          const Outcomes& outcomes) {
    static_cast<void>(living);
    static_cast<void>(genomes);
    static_cast<void>(proposal);
    static_cast<void>(outcomes);
  }
  virtual const Elites* driver() const { return nullptr; }
  virtual void report(HistoryValues& values) const { static_cast<void>(values); }
  virtual void save(StateWriter& writer) const { static_cast<void>(writer); }
  /// @param driver  the group of the driver's archive  @param living  empty if found() has not been
  /// called yet
  virtual void load(const StateReader& reader, const StateReader* driver, const Living& living) {
    static_cast<void>(reader);
    static_cast<void>(living);
    static_cast<void>(driver);
  }
};

}  // namespace cambrian
