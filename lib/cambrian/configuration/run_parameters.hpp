// The tables of a configuration that belong to no component: `[run]` and what the archive tables
// add.
#pragma once

#include "cambrian/core/objective_direction.hpp"
#include "cambrian/core/parameters.hpp"

namespace cambrian {

enum class StopRule { budget, solved };
/// What /lineage holds: all that are held now and their ancestors, all that ever entered, nothing.
enum class KeptLineage { ancestors, all, none };

/// `[run]`.
struct RunParameters final : Parameters {
  std::int64_t seed = 1;
  std::int64_t evaluations = 100'000;  ///< 0: until stopped
  StopRule stop = StopRule::budget;
  std::int64_t threads = 0;           ///< 0: all cores
  std::int64_t log_interval = 1'000;  ///< evaluations between two rows of /history
  double checkpoint_interval = 60.0;  ///< seconds between two checkpoints
  KeptLineage lineage = KeptLineage::ancestors;
  void visit(ParameterVisitor& visitor) override;
};

/// `[start]`: genomes with which a run begins, before random ones.
struct StartParameters final : Parameters {
  std::string from;        ///< a run file, whose elites they are
  std::string genomes;     ///< or a file of genomes
  std::int64_t limit = 0;  ///< 0: all
  void visit(ParameterVisitor& visitor) override;
};

/// The key `descriptor` of `[archive]` and `[result_archive]`: measures by name; empty: the
/// environment's choice.
struct DescriptorParameters final : Parameters {
  std::vector<std::string> descriptor;
  void visit(ParameterVisitor& visitor) override;
};

/// The key `direction` of `[environment]` and of each of `[[environments]]`.
struct DirectionParameters final : Parameters {
  ObjectiveDirection direction = ObjectiveDirection::maximise;
  void visit(ParameterVisitor& visitor) override;
};

/// `[[algorithm.emitters]]`, beside the keys of the emitter that it names.
struct EmitterCopies final : Parameters {
  std::int64_t count = 1;
  void visit(ParameterVisitor& visitor) override;
};

/// `qd_offset` of the archive that is reported.
struct ScoreParameters final : Parameters {
  double qd_offset = 0.0;
  void visit(ParameterVisitor& visitor) override;
};

}  // namespace cambrian
