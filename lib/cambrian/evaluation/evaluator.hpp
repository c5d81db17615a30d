// A batch through encoding and environment, on all cores, results into the row of their job.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/environment/environment.hpp"
#include "cambrian/evaluation/batch_progress.hpp"
#include "cambrian/evaluation/evaluation_parameters.hpp"

namespace cambrian {

/// Called with one trace row a step (and one before the first); see EnvironmentDescription::trace.
using TraceSink = std::function<void(std::span<const double>)>;

class Evaluator {
 public:
  using MakeEnvironment = std::function<std::unique_ptr<Environment>()>;

  /// @param encoding  null: the environment takes the genomes as bare vectors
  /// @param noise     key of the streams that evaluations draw from: (key, job.noise, job.sample)
  /// @param limits    what an evaluation may take; longer ones are invalid
  /// One environment and one decoder a worker are made here. @throws ConfigError if encoding and
  /// environment do not fit, or an environment's description is not right (environment/check.hpp)
  Evaluator(Executor& executor, const MakeEnvironment& make_environment, const Encoding* encoding,
            StreamKey noise, const EvaluationParameters& limits = {});
  ~Evaluator();

  /// What its rows hold: the environment's description, for networks with network_measures().
  const EnvironmentDescription& description() const { return description_; }

  /// Fills batch.evaluations. A candidate whose environment throws, gives a number that is not
  /// finite or beyond 1e100 (failure.hpp), or takes longer than the limits, is invalid. Bare vectors
  /// are handed out in blocks of up to 128, the fewer the longer they take; where one throws, all
  /// of its block are evaluated once more, one by one.
  /// @throws ConfigError if the environment takes bare vectors of another length; ShapeError if a job
  /// is of no candidate, or of an environment that there is not
  void evaluate(const Population& candidates, Batch& batch);
  /// The jobs again, one after another, with their trace (networks only; otherwise without).
  void evaluate(const Population& candidates, Batch& batch, const TraceSink& trace);

  /// Invalid evaluations so far, and what the first of them said.
  std::uint64_t invalid() const { return invalid_; }
  const std::string& first_failure() const { return first_failure_; }
  /// How many of these took too many steps, and how many too long.
  std::uint64_t over_max_steps() const;
  std::uint64_t over_time_limit() const;

  /// The batch in flight, for whoever watches from another thread.
  const BatchProgress& progress() const { return progress_; }

 private:
  struct Worker;
  struct NoiseKeys {
    StreamKey environment, birth;
  };
  static constexpr std::uint32_t kBirthPart = 1;  // of the noise key: networks at their birth
  void evaluate_networks(const Population& candidates, Batch& batch);
  void evaluate_vectors(const Population& candidates, Batch& batch);
  /// Makes room for the results. @throws ShapeError if the jobs are not of these candidates, or of
  /// environments that there are not
  void prepare(const Population& candidates, Batch& batch) const;
  void count_failures(const Batch& batch);

  Executor& executor_;
  const Encoding* encoding_;
  NoiseKeys noise_;
  EvaluationParameters limits_;
  EnvironmentDescription description_;
  std::vector<std::unique_ptr<Worker>> workers_;
  BatchProgress progress_;
  std::uint64_t invalid_ = 0;
  std::string first_failure_;
};

}  // namespace cambrian
