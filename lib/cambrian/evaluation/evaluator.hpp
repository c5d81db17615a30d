// Sends batches through encoding and environment; results go into the row of their job. A proposal
// is submitted, and asked for again when its evaluations are there; the local evaluator uses all
// cores.
//
//   algorithm.ask ─► submit ─► [each job: decode ─► episode, or a block of vectors] ─► next ─► gather
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/environment/environment.hpp"
#include "cambrian/evaluation/batch_progress.hpp"
#include "cambrian/evaluation/evaluation_parameters.hpp"
#include "cambrian/genome/proposal.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

/// One environment of a run, of several in a suite.
struct SuiteMember {
  std::string name;  ///< for messages; each once
  std::function<std::unique_ptr<Environment>()> make;
  const Encoding* encoding = nullptr;  ///< null: the environment takes the genomes as bare vectors
  /// Of its objectives, where that is not what the environment declares.
  std::optional<ObjectiveDirection> direction = {};
};

class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// How many there are in the suite, at least 1.
  virtual std::size_t environments() const = 0;
  /// What the rows of one hold: the environment's description, for networks with network_measures().
  virtual const EnvironmentDescription& description(std::size_t environment = 0) const = 0;
  /// How wide rows are, the same for all environments.
  virtual EvaluationShape shape() const = 0;

  /// Memory that will be taken when networks live (Decoder::bytes_per_lane), on all workers together.
  virtual std::uint64_t life_bytes() const = 0;

  /// Takes a batch. Each of its jobs becomes one per environment and sample (jobs.hpp), and draws
  /// from the streams that EvaluationParameters::noise says. Where evaluations are lamarckian, what the
  /// lives have learned is written into the genomes of the proposal, except where a candidate is
  /// invalid. @throws as evaluate()
  virtual void submit(std::unique_ptr<Proposal> proposal) = 0;
  /// The next batch that is done, in order of submission, with one row of evaluations per job.
  /// @throws Error if none was submitted
  virtual std::unique_ptr<Proposal> next() = 0;

  /// Fills batch.evaluations for the jobs as they stand: objectives such that higher is better, those
  /// that are minimised being negated once here (as are their gradients); with gradients of every row if some job
  /// wants them. A candidate whose environment throws, gives a number that is not finite or beyond
  /// 1e100 (failure.hpp), or takes longer than the limits, is invalid. Bare vectors are handed out in
  /// blocks as large as the environment says; where one throws, all of its block are evaluated once
  /// more, one by one.
  /// @param trace  not null: the jobs one after another, with their trace: a row before the first step
  /// and one after each
  /// @throws ConfigError if the environment takes bare vectors of another length, or gives no
  /// gradients that a job wants; ShapeError if a job is of no candidate, or of an environment that
  /// there is not
  virtual void evaluate(const Population& candidates, Batch& batch,
                        const TraceSink* trace = nullptr) = 0;

  /// The network of a job's candidate laid open as its evaluation begins: born, with the weights that
  /// it draws. @throws ConfigError if the environment takes bare vectors; Error where the network
  /// cannot be laid open
  virtual Wiring wiring(const Population& candidates, const Job& job) = 0;
  /// The network of the job that was last evaluated with a trace in an environment, as its life has left it, in its
  /// first lane; of several scenarios, as the last one has.
  /// @throws Error if there are no networks, or they cannot be shown (Decoder::wiring)
  virtual Wiring lived(std::size_t environment = 0) const = 0;

  /// Invalid evaluations so far, and what the first of them said.
  virtual std::uint64_t invalid() const = 0;
  virtual const std::string& first_failure() const = 0;
  /// How many of these took too many steps, and how many too long.
  virtual std::uint64_t over_max_steps() const = 0;
  virtual std::uint64_t over_time_limit() const = 0;
  /// The batch in flight, for observers on other threads.
  virtual const BatchProgress& progress() const = 0;
};

/// On all cores of this machine: submit() evaluates at once. One environment and one decoder per
/// worker and member are made here.
/// @param environments  at least one, all with the same names of objectives and measures
/// @param noise         key of the streams that evaluations draw from: (key, job.noise, job.sample)
/// @param space         whose bounds clip what lives write back into genomes, whatever they do with genes that
///                      variation makes; null: nothing does. It must outlive the evaluator
/// @throws ConfigError if encoding and environment do not fit, evaluations are to be lamarckian but
/// nothing is learned that can be written back, or a candidate has several, environments differ in what they
/// measure, or an environment's description is not right (environment/check.hpp)
std::unique_ptr<Evaluator> make_evaluator(Executor& executor, std::vector<SuiteMember> environments,
                                          const EvaluationParameters& parameters, StreamKey noise,
                                          const RealSpace* space = nullptr);

}  // namespace cambrian
