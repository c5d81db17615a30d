// A search: it asks for evaluations and is told their results. It owns its archives and emitters
// and decides what is offered where; it knows neither environments nor files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/archive/elites.hpp"
#include "cambrian/core/batch.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

/// A batch with what lies beside it. The caller owns it between ask and tell, and reuses it.
struct Proposal {
  Batch batch;
  std::unique_ptr<Population> population;  ///< [batch.candidates]; made by the first ask
  std::vector<ParentIds> parents;          ///< [batch.candidates]
};

/// The results of a batch, a row a candidate, in the shape in which archives take them.
struct Outcomes {
  std::vector<std::uint64_t> ids;
  std::vector<std::uint64_t> evaluations;
  std::vector<double> objectives;
  std::vector<double> descriptors;  ///< [n, D]
  std::vector<std::uint8_t> valid;
  std::vector<std::uint8_t> solved;

  std::size_t size() const { return ids.size(); }
  /// Rows for a batch of one job a candidate, valid and unsolved, whose objectives and descriptors
  /// [n, dimensions] are to be written.
  void start(const Batch& batch, std::size_t dimensions);
  /// From what an evaluator wrote into the batch.
  /// @param descriptor  indices of the measures that are the descriptor
  void gather(const Batch& batch, std::span<const std::size_t> descriptor);
  Offers offers() const { return {objectives, descriptors, valid}; }
};

using HistoryValues = std::vector<std::pair<std::string, double>>;

class Algorithm {
 public:
  virtual ~Algorithm() = default;
  /// Fills a batch of jobs, its candidates and their parents.
  virtual void ask(Proposal& proposal) = 0;
  /// Learns from the batch's evaluations. @param outcomes  those of this proposal, gathered by the
  /// caller
  virtual void tell(const Proposal& proposal, const Outcomes& outcomes) = 0;
  /// The archive that drives the search; null if none does.
  virtual const Elites* driver() const = 0;
  /// The living population of a steady-state search, saved as `/population`; does nothing where
  /// there is none.
  virtual bool has_population() const { return false; }
  virtual std::span<const std::uint64_t> living_ids() const { return {}; }
  /// Row i is that of living_ids()[i]; null where there is no population.
  virtual const Population* living_genomes() const { return nullptr; }
  virtual void save_population(StateWriter& writer) const { static_cast<void>(writer); }
  /// What `/history` gets beside its own columns; the names never change during a run.
  virtual void report(HistoryValues& values) const { static_cast<void>(values); }
  /// The rest of its state; driver and population are saved beside it, and loaded first.
  virtual void save(StateWriter& writer) const = 0;
  virtual void load(const StateReader& reader, const StateReader* driver,
                    const StateReader* population) = 0;
};

/// What an algorithm is made from. All outlive it, but the driver, which it takes.
struct AlgorithmContext {
  const GenomeSpace* space = nullptr;
  const Variation* variation = nullptr;
  /// `[archive]`, `fallback` where it names none; called once, by an algorithm that is driven by
  /// one.
  std::function<std::unique_ptr<Archive>(const std::string& fallback)> make_archive;
  const DescriptorSpace* descriptor = nullptr;
  Executor* executor = nullptr;
  std::function<StreamKey(std::string_view purpose)>
      key;  ///< of this run's streams; each purpose once
};

using AlgorithmComponent = Component<Algorithm, const AlgorithmContext&>;
/// map_elites, novelty_search, objective_search, random_search.
std::vector<AlgorithmComponent> algorithms();

}  // namespace cambrian
