#include "cambrian/evaluation/detail/worker.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/evaluation/deadline.hpp"
#include "cambrian/evaluation/network_measures.hpp"

namespace cambrian {
namespace {

/// Calls body(); what it throws goes to failed(text), unless it is to end the run.
template <class Body, class Failed>
void guarded(const Body& body, const Failed& failed) {
  try {
    body();
  } catch (const FatalError&) {
    throw;
  } catch (const std::exception& error) {
    failed(error.what());
  } catch (...) {
    failed("something that is not an exception was thrown");
  }
}

}  // namespace

EvaluationWorker::EvaluationWorker(const std::vector<SuiteMember>& members,
                                   const EvaluationParameters& limits,
                                   const EnvironmentDescription& names)
    : limits_(limits), names_(names) {
  for (const SuiteMember& member : members) {
    Place place;
    place.environment = member.make();
    if (member.encoding != nullptr) {
      place.decoder = member.encoding->make_decoder(place.environment->description().body);
      place.episode.emplace(*place.environment, limits_);
    }
    places_.push_back(std::move(place));
  }
}

void EvaluationWorker::fail(Evaluations& evaluations, std::size_t row, std::string_view text) {
  failure.note(row, text);
  // The numbers mean nothing; zeros are the same in every run.
  const EvaluationRows rows = evaluations.rows(row, 1);
  std::ranges::fill(rows.objectives, 0.0);
  std::ranges::fill(rows.measures, 0.0);
  std::ranges::fill(rows.gradients, 0.0F);
  rows.solved[0] = 0;
  evaluations.valid[row] = 0;
}

void EvaluationWorker::cut_off(Evaluations& evaluations, std::size_t row, EpisodeEnd end) {
  if (end == EpisodeEnd::by_max_steps) {
    ++over_max_steps;
    fail(evaluations, row,
         fmt::format("the episode is not over after evaluation.max_steps = {}", limits_.max_steps));
  } else {
    ++over_time_limit;
    fail(evaluations, row,
         fmt::format("takes longer than evaluation.time_limit = {:g} s", limits_.time_limit));
  }
}

/// Marks a row as valid if its numbers are usable, otherwise notes what is not.
void EvaluationWorker::settle(Evaluations& evaluations, std::size_t row, std::span<float> learned,
                              const std::string& fault) {
  if (!fault.empty()) return fail(evaluations, row, fault);
  EvaluationRows numbers = evaluations.rows(row, 1);
  numbers.learned = learned;
  const std::string unusable = find_unusable(names_, numbers);
  if (!unusable.empty()) return fail(evaluations, row, unusable);
  evaluations.valid[row] = 1;
}

void EvaluationWorker::run_network(const Population& candidates, Population* learned, Batch& batch,
                                   std::size_t job, const NoiseKeys& noise,
                                   const TraceSink* trace) {
  Evaluations& evaluations = batch.evaluations;
  const Job& what = batch.jobs[job];
  guarded(
      [&] {
        Place& place = places_[what.environment];
        Network& network = place.decoder->decode(candidates, what.candidate);
        Stream stream(noise.environment, what.noise, what.sample);
        Stream birth(noise.birth, what.noise, what.sample);
        const EvaluationRows row = evaluations.rows(job, 1);
        const std::size_t of_environment = place.environment->description().measures.size();
        const EpisodeEnd end = place.episode->run(
            network, birth, stream,
            {row.objectives, row.measures.first(of_environment), row.solved, {}}, trace);
        if (end != EpisodeEnd::by_itself) return cut_off(evaluations, job, end);
        measure_network(network, *place.decoder, limits_.network_measures,
                        row.measures.subspan(of_environment));
        settle(evaluations, job);
        if (learned != nullptr && evaluations.valid[job] != 0) {
          place.decoder->write_back(*learned, what.candidate);
        }
      },
      [&](std::string_view text) { fail(evaluations, job, text); });
}

Wiring EvaluationWorker::born(const Population& candidates, const Job& job,
                              const NoiseKeys& noise) {
  Place& place = places_[job.environment];
  Stream birth(noise.birth, job.noise, job.sample);
  place.decoder->decode(candidates, job.candidate)
      .reset(place.environment->description().lanes, birth);
  return place.decoder->wiring();
}

/// The candidates of jobs first..first+count-1 as one block, copied only if they do not lie so.
VectorBlock EvaluationWorker::block(const RealPopulation& candidates, const Batch& batch,
                                    std::size_t first, std::size_t count) {
  const std::size_t length = candidates.length();
  const std::uint32_t start = batch.jobs[first].candidate;
  bool in_order = true;
  for (std::size_t i = 1; i < count; ++i) in_order &= batch.jobs[first + i].candidate == start + i;
  if (in_order) return {candidates.row(start).data(), count, length};
  gathered_.resize(count * length);
  for (std::size_t i = 0; i < count; ++i) {
    const auto genes = candidates.row(batch.jobs[first + i].candidate);
    std::copy(genes.begin(), genes.end(), gathered_.data() + i * length);
  }
  return {gathered_.data(), count, length};
}

void EvaluationWorker::run_block(Environment& environment, VectorBlock vectors,
                                 const VectorJobs& jobs, std::size_t first) {
  Evaluations& evaluations = jobs.batch.evaluations;
  EvaluationRows rows = evaluations.rows(first, vectors.rows);
  if (environment.description().noisy) {
    streams_.clear();
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const Job& job = jobs.batch.jobs[first + i];
      streams_.emplace_back(jobs.noise.environment, job.noise, job.sample);
    }
    vectors.streams = streams_;
  }
  if (jobs.learned != nullptr) {
    learned_.assign(vectors.data, vectors.data + vectors.rows * vectors.length);
    rows.learned = learned_;
  }
  faults_.resize(std::max(faults_.size(), vectors.rows));
  rows.faults = std::span(faults_).first(vectors.rows);
  for (std::string& fault : rows.faults) fault.clear();
  environment.evaluate(vectors, rows);
  if (std::ranges::all_of(rows.faults, &std::string::empty) && all_usable(rows.objectives) &&
      all_usable(rows.measures) && all_finite(rows.gradients) && all_finite(rows.learned)) {
    std::fill_n(evaluations.valid.data() + first, vectors.rows, std::uint8_t{1});
  } else {
    const std::size_t width = rows.learned.size() / vectors.rows;
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      settle(evaluations, first + i, rows.learned.subspan(i * width, width), rows.faults[i]);
    }
  }
  if (jobs.learned != nullptr) write_back(jobs.batch, first, *jobs.learned);
}

/// The candidates of a block, which begins with job `first`, become what their lives have made of
/// them. An invalid one stays what it was.
void EvaluationWorker::write_back(const Batch& batch, std::size_t first,
                                  RealPopulation& learned) const {
  const std::size_t length = learned.length();
  for (std::size_t i = 0; i * length < learned_.size(); ++i) {
    if (batch.evaluations.valid[first + i] == 0) continue;
    const auto from = std::span(learned_).subspan(i * length, length);
    std::ranges::copy(from, learned.row(batch.jobs[first + i].candidate).begin());
  }
}

void EvaluationWorker::run_vectors(const RealPopulation& candidates, const VectorJobs& jobs,
                                   std::size_t first, std::size_t count) {
  const Batch& batch = jobs.batch;
  // Neighbouring jobs of one environment make a block.
  while (count > 0) {
    const std::uint32_t member = batch.jobs[first].environment;
    std::size_t same = 1;
    while (same < count && batch.jobs[first + same].environment == member) ++same;
    run_in_one(*places_[member].environment, block(candidates, batch, first, same), jobs, first);
    first += same;
    count -= same;
  }
}

void EvaluationWorker::trace_vector(const RealPopulation& candidates, const Job& job,
                                    const NoiseKeys& noise, const TraceSink& trace) const {
  Stream stream(noise.environment, job.noise, job.sample);
  places_[job.environment].environment->trace_vector(candidates.row(job.candidate), stream, trace);
}

void EvaluationWorker::run_in_one(Environment& environment, const VectorBlock& vectors,
                                  const VectorJobs& jobs, std::size_t first) {
  if (vectors.rows == 1) return run_vector(environment, vectors, jobs, first);
  bool failed = false;
  guarded([&] { run_block(environment, vectors, jobs, first); },
          [&](std::string_view) { failed = true; });
  if (!failed) return;
  // One of them threw: each alone, so that the others keep their results.
  for (std::size_t i = 0; i < vectors.rows; ++i) {
    run_vector(environment, {vectors.row(i).data(), 1, vectors.length}, jobs, first + i);
  }
}

void EvaluationWorker::run_vector(Environment& environment, const VectorBlock& one,
                                  const VectorJobs& jobs, std::size_t job) {
  const Deadline deadline(limits_.time_limit);
  guarded([&] { run_block(environment, one, jobs, job); },
          [&](std::string_view text) { fail(jobs.batch.evaluations, job, text); });
  if (deadline.passed()) cut_off(jobs.batch.evaluations, job, EpisodeEnd::by_time_limit);
}

}  // namespace cambrian
