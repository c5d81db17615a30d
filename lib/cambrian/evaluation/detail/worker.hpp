// One worker's environments, decoders and buffers: a job, or a block of them, into its rows.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/evaluation/episode.hpp"
#include "cambrian/evaluation/evaluator.hpp"
#include "cambrian/evaluation/failure.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

/// Keys of what an evaluation draws from, each with (job.noise, job.sample).
struct NoiseKeys {
  StreamKey environment;
  StreamKey birth;  ///< of networks that draw when they begin to live
};

/// Where bare vectors are evaluated: the batch of their jobs, and what is needed beside it.
struct VectorJobs {
  Batch& batch;
  const NoiseKeys& noise;
  RealPopulation* learned =
      nullptr;  ///< what their lives make of the candidates, row by row; null:
                ///< not asked for
};

class alignas(kCacheLines) EvaluationWorker {
 public:
  /// Makes its environments and decoders. @param names  those of objectives and measures, for messages
  EvaluationWorker(const std::vector<SuiteMember>& members, const EvaluationParameters& limits,
                   const EnvironmentDescription& names);

  const EnvironmentDescription& environment(std::size_t member) const {
    return places_[member].environment->description();
  }
  /// @param learned  the population that valid lives write back into; null: they do not
  void run_network(const Population& candidates, Population* learned, Batch& batch, std::size_t job,
                   const NoiseKeys& noise, const TraceSink* trace);
  /// The member's last network as it now is. @throws Error as Decoder::wiring
  Wiring lived(std::size_t member) const { return places_[member].decoder->wiring(); }
  /// The network of a job when it is born.
  Wiring born(const Population& candidates, const Job& job, const NoiseKeys& noise);
  /// Whether the networks of a member can.
  bool writes_back(std::size_t member) const { return places_[member].decoder->writes_back(); }
  /// What the lives of a member's networks take (Decoder::bytes_per_lane).
  std::uint64_t life_bytes(std::size_t member) const {
    const Place& place = places_[member];
    return place.decoder ? place.decoder->bytes_per_lane() * environment(member).lanes : 0;
  }
  /// Jobs first, ..., first + count - 1; no more than the environment's block.
  void run_vectors(const RealPopulation& candidates, const VectorJobs& jobs, std::size_t first,
                   std::size_t count);
  /// What happens in a job's evaluation, once more.
  void trace_vector(const RealPopulation& candidates, const Job& job, const NoiseKeys& noise,
                    const TraceSink& trace) const;

  Failure failure;
  std::uint64_t over_max_steps = 0;
  std::uint64_t over_time_limit = 0;

 private:
  struct Place {
    std::unique_ptr<Environment> environment;
    std::unique_ptr<Decoder> decoder;  // null: bare vectors
    std::optional<Episode> episode;
  };
  void fail(Evaluations& evaluations, std::size_t row, std::string_view text);
  void cut_off(Evaluations& evaluations, std::size_t row, EpisodeEnd end);
  void settle(Evaluations& evaluations, std::size_t row, std::span<float> learned = {},
              const std::string& fault = {});
  VectorBlock block(const RealPopulation& candidates, const Batch& batch, std::size_t first,
                    std::size_t count);
  void run_block(Environment& environment, VectorBlock vectors, const VectorJobs& jobs,
                 std::size_t first);
  void run_vector(Environment& environment, const VectorBlock& one, const VectorJobs& jobs,
                  std::size_t job);
  void run_in_one(Environment& environment, const VectorBlock& vectors, const VectorJobs& jobs,
                  std::size_t first);
  void write_back(const Batch& batch, std::size_t first, RealPopulation& learned) const;

  std::vector<Place> places_;
  std::vector<float> gathered_;      // [block, length] vectors that do not lie in job order
  std::vector<float> learned_;       // [block, length] what lives have made of them
  std::vector<std::string> faults_;  // [block] why they are invalid
  std::vector<Stream> streams_;      // [block] where the environment is noisy
  const EvaluationParameters& limits_;
  const EnvironmentDescription& names_;
};

}  // namespace cambrian
