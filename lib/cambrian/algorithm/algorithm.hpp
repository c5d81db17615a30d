// A search: it asks for evaluations and is told their results. It owns its archives and emitters
// and decides what is offered where; it knows neither environments nor files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cambrian/archive/elites.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/emitter/emitter.hpp"
#include "cambrian/genome/proposal.hpp"

namespace cambrian {

using HistoryValues = std::vector<std::pair<std::string, double>>;

/// An archive of a search: `/archives/<name>` of a run file; the first is `/archive` unless another
/// archive is reported.
struct NamedArchive {
  std::string name;
  const Elites* elites = nullptr;
};

/// A living population: `/population`, or `/populations/<name>` where it has a name.
struct NamedPopulation {
  std::string name;
  const Individuals* individuals = nullptr;
  const Population* genomes = nullptr;
  const DescriptorSpace* space = nullptr;
  std::size_t capacity = 0;
  /// Columns beyond those of individuals: fitness, species.
  std::function<void(StateWriter& table)> save_columns;
};

/// Where the archives() and populations() of an algorithm were saved, by their names.
struct SavedTables {
  std::function<std::unique_ptr<StateReader>(std::string_view name)> archive, population;
};

class Algorithm {
 public:
  virtual ~Algorithm() = default;
  /// Fills a batch: jobs, genomes, ids and parents.
  virtual void ask(Proposal& proposal) = 0;
  /// Learns from the batch, whose candidates' objectives, descriptors, valid and solved have been
  /// written since, and writes proposal.entered.
  /// @throws ShapeError unless this is the batch that was asked for last, its columns of the shapes that
  /// ask gave them; nothing has changed then
  virtual void tell(Proposal& proposal) = 0;
  virtual std::vector<NamedArchive> archives() const { return {}; }
  virtual std::vector<NamedPopulation> populations() const { return {}; }
  /// Adds the ids of individuals beside those of archives() and populations() that may yet be parents.
  virtual void hold(std::vector<std::uint64_t>& ids) const { static_cast<void>(ids); }
  /// Names for Individuals::origins; empty where there is nothing to tell apart.
  virtual std::vector<std::string> origins() const { return {}; }
  /// What `/history` gets beside its own columns; the names never change during a run.
  virtual void report(HistoryValues& values) const { static_cast<void>(values); }
  /// The rest of its state; archives and populations are saved under their own names.
  virtual void save(StateWriter& checkpoint) const = 0;
  virtual void load(const StateReader& checkpoint, const SavedTables& tables) = 0;
};

using NamedEmitters = std::vector<std::pair<std::string, std::unique_ptr<Emitter>>>;

/// What an algorithm is made from. What it returns by reference outlives the algorithm.
class AlgorithmContext {
 public:
  virtual ~AlgorithmContext() = default;
  virtual const GenomeSpace& space() const = 0;
  virtual const Variation& variation() const = 0;
  virtual const DescriptorSpace& descriptor() const = 0;
  virtual Executor& executor() const = 0;
  /// Of this run's streams. @param purpose  "algorithm.initial"; each once
  virtual StreamKey key(std::string_view purpose) = 0;
  /// The archive that drives the search; called once. @param fallback  the component where none is
  /// named
  virtual std::unique_ptr<Archive> make_archive(std::string_view fallback) = 0;
  /// What make_archive() returned, which the algorithm owns; null: nothing yet.
  virtual const Archive* archive() const { return nullptr; }
  /// The emitters that are named, in their order; empty: the algorithm's own choice.
  /// @param batch  candidates of an emitter that does not say how many
  virtual NamedEmitters make_emitters(std::size_t batch) = 0;
};

/// The parts of algorithms that are made by hand, without a configuration. They draw from the streams
/// that a configured run of the same seed draws from. All must outlive the algorithm, this too.
///
///   OwnParts parts(space, variation, grid_archive({}, axes), seed);
///   MapElites search({}, parts);
class OwnParts : public AlgorithmContext {
 public:
  /// @param archive  drives the search; its axes are the descriptor's
  OwnParts(const GenomeSpace& space, const Variation& variation, std::unique_ptr<Archive> archive,
           std::uint64_t seed);
  /// For an algorithm that no archive drives.
  OwnParts(const GenomeSpace& space, const Variation& variation, DescriptorSpace descriptor,
           std::uint64_t seed);
  ~OwnParts() override;

  /// Adds an emitter, a Made(parameters, context):
  /// with_emitter<EliteEmitter>("elite", {.batch = 50}).
  /// @param name  among Algorithm::origins()
  template <class Made, class P>
  void with_emitter(std::string name, const P& parameters) {
    emitters_.emplace_back(std::move(name), [parameters](const EmitterContext& context) {
      return std::make_unique<Made>(checked(parameters), context);
    });
  }
  /// Worker threads that the algorithm uses, 0 for one per core; one unless this is called.
  void with_threads(std::size_t threads);

  const GenomeSpace& space() const override { return space_; }
  const Variation& variation() const override { return variation_; }
  const DescriptorSpace& descriptor() const override { return descriptor_; }
  Executor& executor() const override { return *executor_; }
  StreamKey key(std::string_view purpose) override { return stream_key(seed_, purpose); }
  /// @throws ConfigError where none was given, or another algorithm has it
  std::unique_ptr<Archive> make_archive(std::string_view fallback) override;
  const Archive* archive() const override { return made_archive_; }
  NamedEmitters make_emitters(std::size_t batch) override;

 private:
  using MakeEmitter = std::function<std::unique_ptr<Emitter>(const EmitterContext&)>;
  const GenomeSpace& space_;
  const Variation& variation_;
  DescriptorSpace descriptor_;
  std::uint64_t seed_;
  std::unique_ptr<Executor> executor_;
  std::unique_ptr<Archive> archive_;
  const Archive* made_archive_ = nullptr;
  std::vector<std::pair<std::string, MakeEmitter>> emitters_;
};

/// The context of an algorithm's emitter. @param path  "algorithm.emitters.0", before each purpose
EmitterContext emitter_context(AlgorithmContext& context, std::string path, std::size_t batch);

using AlgorithmComponent = Component<Algorithm, AlgorithmContext&>;
/// map_elites, novelty_search, minimal_criterion_novelty_search, surprise_search, objective_search,
/// random_search, neat, generational_search.
std::vector<AlgorithmComponent> algorithms();

}  // namespace cambrian
