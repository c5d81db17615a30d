// What proposes candidates for one archive: it writes its rows of a batch, and is told what the
// archive made of them. An emitter never calls another, and never touches the archive; an algorithm
// owns both and decides what is offered where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "cambrian/archive/elites.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/genome/proposal.hpp"

namespace cambrian {

class RealSpace;

inline constexpr std::uint64_t kAnewEachBatch = std::numeric_limits<std::uint64_t>::max();

class Emitter {
 public:
  virtual ~Emitter() = default;
  /// Candidates of its next batch, at least 1.
  virtual std::size_t batch_size() const = 0;
  /// Whether it proposes from elites alone. While there are none, an algorithm does not ask such an
  /// emitter, but fills its rows with random genomes.
  virtual bool needs_elites() const { return true; }
  /// Writes the rows `range` of proposal.population, and their parents among proposal.candidates.
  /// Their ids stand there already: row i draws from the streams of candidates.ids[i].
  /// @param elites  not empty if it needs elites  @throws Error if they are; ShapeError if `range` is
  /// not of the batch
  virtual void ask(const Elites& elites, RowRange range, Proposal& proposal) = 0;
  /// Learns from the rows `range`. @param placement  the archive's answer to the whole batch
  virtual void tell(const Elites& elites, RowRange range, const Proposal& proposal,
                    const Placement& placement) {
    static_cast<void>(elites);
    static_cast<void>(range);
    static_cast<void>(proposal);
    static_cast<void>(placement);
  }
  /// How often it has begun anew, which is when another emitter may take its turn;
  /// kAnewEachBatch: it learns nothing from batch to batch.
  virtual std::uint64_t restarts() const { return kAnewEachBatch; }
  /// Adds the ids of those that may be parents of its next candidates whether or not they are elites
  /// still, so that the run's lineage keeps them.
  virtual void hold(std::vector<std::uint64_t>& ids) const { static_cast<void>(ids); }
  virtual void save(StateWriter& writer) const { static_cast<void>(writer); }
  virtual void load(const StateReader& reader) { static_cast<void>(reader); }
};

/// What an emitter is made from. All outlive it.
struct EmitterContext {
  const GenomeSpace* space = nullptr;
  const Variation* variation = nullptr;
  const DescriptorSpace* descriptor = nullptr;  ///< the archive's axes
  const Archive* archive = nullptr;             ///< used while it is made; null: unknown
  Executor* executor = nullptr;                 ///< null: the caller's thread
  std::size_t batch = 1;  ///< candidates of a batch, where its parameters do not say
  /// Keys of its own streams, by what they are for: "select".
  std::function<StreamKey(std::string_view purpose)> key;
};

/// For emitters that are asked. @throws ShapeError as Emitter::ask
void check_rows(RowRange range, const Proposal& proposal);
/// The same for those that need elites. @throws Error too, if there are none
void check_ask(const Elites& elites, RowRange range, const Proposal& proposal);

/// For constructors. @throws ConfigError where the space or the keys are missing, or the variation
const EmitterContext& complete(const EmitterContext& context);
const Variation& variation_of(const EmitterContext& context);
/// The space of an emitter of vectors. @throws ConfigError too, if the genomes are others
const RealSpace& real_space_of(const EmitterContext& context, std::string_view emitter);
/// Of an emitter whose batch may be left to the context.
void visit_batch(ParameterVisitor& visitor, std::int64_t& batch);
std::size_t batch_of(std::int64_t batch, const EmitterContext& context);

using EmitterComponent = Component<Emitter, const EmitterContext&>;
/// elite, genetic, random, differential_evolution, cma_es, sep_cma_es, lm_ma_es, openai_es,
/// me_es.
std::vector<EmitterComponent> emitters();

}  // namespace cambrian
