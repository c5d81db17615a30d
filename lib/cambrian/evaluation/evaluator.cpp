#include "cambrian/evaluation/evaluator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/environment/check.hpp"
#include "cambrian/evaluation/deadline.hpp"
#include "cambrian/evaluation/episode.hpp"
#include "cambrian/evaluation/failure.hpp"
#include "cambrian/evaluation/network_measures.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

/// Its numbers mean nothing; zeros are the same in every run.
void make_invalid(Evaluations& evaluations, std::size_t row) {
  const EvaluationRows rows = evaluations.rows(row, 1);
  std::ranges::fill(rows.objectives, 0.0);
  std::ranges::fill(rows.measures, 0.0);
  std::ranges::fill(rows.gradients, 0.0F);
  rows.solved[0] = 0;
  evaluations.valid[row] = 0;
}

bool usable(const EvaluationRows& rows) {
  return all_usable(rows.objectives) && all_usable(rows.measures);
}

/// Every worker makes its own environment of the same parameters. @throws ShapeError if they disagree
void check_same(const EnvironmentDescription& one, const EnvironmentDescription& first) {
  check_count("objectives of an environment made anew", one.objectives.size(),
              first.objectives.size());
  check_count("measures of an environment made anew", one.measures.size(), first.measures.size());
  check_count("numbers in a vector of an environment made anew", one.vector_length,
              first.vector_length);
}

/// Calls body(); what it throws goes to failed(text).
template <class Body, class Failed>
void guarded(const Body& body, const Failed& failed) {
  try {
    body();
  } catch (const std::exception& error) {
    failed(error.what());
  } catch (...) {
    failed("something that is not an exception was thrown");
  }
}

}  // namespace

struct alignas(kCacheLines) Evaluator::Worker {
  Worker(const EnvironmentDescription& of_evaluations, const EvaluationParameters& of_limits)
      : description(of_evaluations), limits(of_limits) {}

  std::unique_ptr<Environment> environment;
  std::unique_ptr<Decoder> decoder;  // null: bare vectors
  std::optional<Episode> episode;
  std::vector<float> gathered;  // [chunk, length] vectors that do not lie in job order
  Failure failure;
  const EnvironmentDescription& description;  // the evaluator's
  const EvaluationParameters& limits;         // the evaluator's
  std::uint64_t over_max_steps = 0;
  std::uint64_t over_time_limit = 0;

  void fail(Evaluations& rows, std::size_t row, std::string_view text) {
    failure.note(row, text);
    make_invalid(rows, row);
  }

  void cut_off(Evaluations& rows, std::size_t row, EpisodeEnd end) {
    if (end == EpisodeEnd::by_max_steps) {
      ++over_max_steps;
      fail(
          rows, row,
          fmt::format("the episode is not over after evaluation.max_steps = {}", limits.max_steps));
    } else {
      ++over_time_limit;
      fail(rows, row,
           fmt::format("takes longer than evaluation.time_limit = {:g} s", limits.time_limit));
    }
  }

  /// Marks a row as valid if its numbers are usable, otherwise notes what is not.
  void settle(Evaluations& evaluations, std::size_t row) {
    const EvaluationRows one = evaluations.rows(row, 1);
    if (usable(one)) {
      evaluations.valid[row] = 1;
      return;
    }
    fail(evaluations, row, find_unusable(description, one.objectives, one.measures));
  }

  void run_network(const Population& candidates, Batch& batch, std::size_t job,
                   const NoiseKeys& noise, const TraceSink* trace) {
    Evaluations& rows = batch.evaluations;
    const Job& what = batch.jobs[job];
    guarded(
        [&] {
          Network& network = decoder->decode(candidates, what.candidate);
          Stream stream(noise.environment, what.noise, what.sample);
          Stream birth(noise.birth, what.noise, what.sample);
          const EvaluationRows row = rows.rows(job, 1);
          const std::size_t of_environment = environment->description().measures.size();
          const EpisodeEnd end = episode->run(
              network, birth, stream,
              {row.objectives, row.measures.first(of_environment), row.solved, {}}, trace);
          if (end != EpisodeEnd::by_itself) return cut_off(rows, job, end);
          measure_network(network, row.measures.subspan(of_environment));
          settle(rows, job);
        },
        [&](std::string_view text) { fail(rows, job, text); });
  }

  /// The candidates of jobs first..first+count-1 as one block, copied only if they do not lie so.
  VectorBlock block(const RealPopulation& candidates, const Batch& batch, std::size_t first,
                    std::size_t count) {
    const std::size_t length = candidates.length();
    const std::uint32_t start = batch.jobs[first].candidate;
    bool in_order = true;
    for (std::size_t i = 1; i < count; ++i) {
      in_order &= batch.jobs[first + i].candidate == start + i;
    }
    if (in_order) return {candidates.row(start).data(), count, length};
    gathered.resize(description.block * length);
    for (std::size_t i = 0; i < count; ++i) {
      const auto genes = candidates.row(batch.jobs[first + i].candidate);
      std::copy(genes.begin(), genes.end(), gathered.data() + i * length);
    }
    return {gathered.data(), count, length};
  }

  void run_block(const VectorBlock& vectors, Evaluations& evaluations, std::size_t first) {
    const EvaluationRows rows = evaluations.rows(first, vectors.rows);
    environment->evaluate(vectors, rows);
    if (usable(rows)) {
      std::fill_n(evaluations.valid.data() + first, vectors.rows, std::uint8_t{1});
      return;
    }
    for (std::size_t i = 0; i < vectors.rows; ++i) settle(evaluations, first + i);
  }

  void run_vectors(const RealPopulation& candidates, Batch& batch, std::size_t first,
                   std::size_t count) {
    Evaluations& rows = batch.evaluations;
    const VectorBlock vectors = block(candidates, batch, first, count);
    if (count == 1) return run_vector(vectors, rows, first);
    bool failed = false;
    guarded([&] { run_block(vectors, rows, first); }, [&](std::string_view) { failed = true; });
    if (!failed) return;
    // One of them threw: each alone, so that the others keep their results.
    for (std::size_t i = 0; i < count; ++i) {
      run_vector({vectors.row(i).data(), 1, vectors.length}, rows, first + i);
    }
  }

  void run_vector(const VectorBlock& one, Evaluations& rows, std::size_t row) {
    const Deadline deadline(limits.time_limit);
    guarded([&] { run_block(one, rows, row); },
            [&](std::string_view text) { fail(rows, row, text); });
    if (deadline.passed()) cut_off(rows, row, EpisodeEnd::by_time_limit);
  }
};

Evaluator::Evaluator(Executor& executor, const MakeEnvironment& make_environment,
                     const Encoding* encoding, StreamKey noise, const EvaluationParameters& limits)
    : executor_(executor),
      encoding_(encoding),
      noise_{noise, part_key(noise, kBirthPart)},
      limits_(limits),
      progress_(executor.workers()) {
  for (std::size_t i = 0; i < executor.workers(); ++i) {
    auto worker = std::make_unique<Worker>(description_, limits_);
    worker->environment = make_environment();
    const EnvironmentDescription& environment = worker->environment->description();
    check_description(environment, "");
    if (i == 0)
      description_ = encoding == nullptr ? environment : with_network_measures(environment);
    check_same(environment,
               workers_.empty() ? environment : workers_[0]->environment->description());
    if (encoding == nullptr && !environment.takes_vectors) {
      throw ConfigError("encoding", "is 'none', but the environment takes networks");
    }
    if (encoding != nullptr && !environment.takes_networks) {
      throw ConfigError("encoding",
                        "makes networks, but the environment takes bare vectors; use 'none'");
    }
    if (encoding != nullptr) {
      worker->decoder = encoding->make_decoder(environment.body);
      worker->episode.emplace(*worker->environment, limits_);
    }
    workers_.push_back(std::move(worker));
  }
}

Evaluator::~Evaluator() = default;

void Evaluator::prepare(const Population& candidates, Batch& batch) const {
  check_count("genomes of a batch", candidates.size(), batch.candidates);
  for (const Job& job : batch.jobs) {
    if (job.candidate >= batch.candidates) {
      throw ShapeError(fmt::format("a job is of candidate {}, but the batch has {}, from 0",
                                   job.candidate, batch.candidates));
    }
    if (job.environment != 0) {
      throw ShapeError(
          fmt::format("a job is of environment {}, but there is one, number 0", job.environment));
    }
  }
  batch.evaluations.resize(batch.jobs.size(), {.objectives = description().objectives.size(),
                                               .measures = description().measures.size()});
}

void Evaluator::evaluate(const Population& candidates, Batch& batch) {
  prepare(candidates, batch);
  progress_.start(batch.jobs.size());
  if (encoding_ == nullptr) {
    evaluate_vectors(candidates, batch);
  } else {
    evaluate_networks(candidates, batch);
  }
  count_failures(batch);
}

void Evaluator::evaluate(const Population& candidates, Batch& batch, const TraceSink& trace) {
  if (encoding_ == nullptr) return evaluate(candidates, batch);
  prepare(candidates, batch);
  for (std::size_t job = 0; job < batch.jobs.size(); ++job) {
    workers_.front()->run_network(candidates, batch, job, noise_, &trace);
  }
  count_failures(batch);
}

void Evaluator::evaluate_networks(const Population& candidates, Batch& batch) {
  executor_.for_each(batch.jobs.size(), [&](std::size_t job, std::size_t worker) {
    workers_[worker]->run_network(candidates, batch, job, noise_, nullptr);
    progress_.add(worker, 1);
  });
}

void Evaluator::evaluate_vectors(const Population& candidates, Batch& batch) {
  const auto* vectors = dynamic_cast<const RealPopulation*>(&candidates);
  if (vectors == nullptr) {
    throw ConfigError("encoding", "is 'none', which takes real vectors, but the genomes are '" +
                                      std::string(candidates.kind()) + "'");
  }
  if (vectors->length() != description().vector_length) {
    throw ConfigError("genome.length", "is " + std::to_string(vectors->length()) +
                                           ", but the environment takes vectors of " +
                                           std::to_string(description().vector_length));
  }
  const std::size_t block = limits_.time_limit > 0 ? 1 : description().block;
  for_each_chunk(&executor_, batch.jobs.size(), block,
                 [&](std::size_t begin, std::size_t end, std::size_t worker) {
                   workers_[worker]->run_vectors(*vectors, batch, begin, end - begin);
                   progress_.add(worker, end - begin);
                 });
}

std::uint64_t Evaluator::over_max_steps() const {
  std::uint64_t sum = 0;
  for (const auto& worker : workers_) sum += worker->over_max_steps;
  return sum;
}

std::uint64_t Evaluator::over_time_limit() const {
  std::uint64_t sum = 0;
  for (const auto& worker : workers_) sum += worker->over_time_limit;
  return sum;
}

void Evaluator::count_failures(const Batch& batch) {
  const auto& valid = batch.evaluations.valid;
  const auto failed = std::count(valid.begin(), valid.end(), std::uint8_t{0});
  if (failed == 0) return;
  if (invalid_ == 0) {
    const auto first = std::min_element(
        workers_.begin(), workers_.end(),
        [](const auto& a, const auto& b) { return a->failure.job < b->failure.job; });
    first_failure_ = (*first)->failure.text;
  }
  for (const auto& worker : workers_) worker->failure.clear();
  invalid_ += static_cast<std::uint64_t>(failed);
}

}  // namespace cambrian
