#include "cambrian/evaluation/gather.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "cambrian/core/shape.hpp"

namespace cambrian {
namespace {

bool one_job_each(const Batch& batch) {
  if (batch.jobs.size() != batch.candidates) return false;
  for (std::size_t i = 0; i < batch.candidates; ++i) {
    if (batch.jobs[i].candidate != i) return false;
  }
  return true;
}

void check_rows(const Batch& batch) {
  const Evaluations& rows = batch.evaluations;
  const std::size_t n = batch.jobs.size();
  check_count("evaluations of a batch", rows.size(), n);
  check_count("objectives of a batch", rows.objectives.size(), n * rows.shape.objectives);
  check_count("measures of a batch", rows.measures.size(), n * rows.shape.measures);
  check_count("solved of a batch", rows.solved.size(), n);
}

/// The jobs by their candidates, those of one in their order.
std::vector<std::size_t> sorted_jobs(const Batch& batch) {
  std::vector<std::size_t> sorted(batch.jobs.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::ranges::stable_sort(sorted, {}, [&](std::size_t job) { return batch.jobs[job].candidate; });
  return sorted;
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Of an even number the mean of the two in the middle. Orders the values.
double median(std::span<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle - 1] + values[middle]) / 2;
}

std::size_t worst_of(const Evaluations& from, std::span<const std::size_t> jobs) {
  const auto first_objective = [&](std::size_t job) {
    return from.objectives[job * from.shape.objectives];
  };
  return *std::ranges::min_element(jobs, {}, first_objective);
}

/// One row of `width` columns into `to`.
void reduce_columns(const std::vector<double>& from, std::size_t width,
                    std::span<const std::size_t> jobs, Reduction reduction, double* to) {
  std::vector<double> values(jobs.size());
  for (std::size_t c = 0; c < width; ++c) {
    for (std::size_t i = 0; i < jobs.size(); ++i) values[i] = from[jobs[i] * width + c];
    to[c] = reduction == Reduction::median ? median(values) : mean(values);
  }
}

void reduce_row(const Evaluations& from, std::span<const std::size_t> jobs, Reduction reduction,
                Evaluations& to, std::size_t row) {
  const auto all = [&](const std::vector<std::uint8_t>& flags) {
    return std::ranges::all_of(jobs, [&](std::size_t job) { return flags[job] != 0; });
  };
  if (!all(from.valid)) return;  // as resize() left it
  to.valid[row] = 1;
  to.solved[row] = all(from.solved) ? 1 : 0;
  const std::size_t worst = worst_of(from, jobs);
  const std::span one(&worst, 1);
  const auto of = reduction == Reduction::worst ? one : jobs;
  const auto [objectives, measures, gradient] = from.shape;
  reduce_columns(from.objectives, objectives, of, reduction,
                 to.objectives.data() + row * objectives);
  reduce_columns(from.measures, measures, of, reduction, to.measures.data() + row * measures);
}

void describe(const Evaluations& rows, const Descriptor& descriptor, LargeColumn<double>& out) {
  const std::size_t dimensions = descriptor.measures.size();
  for (const std::size_t measure : descriptor.measures) {
    if (measure >= rows.shape.measures) {
      throw ShapeError("the descriptor names measure " + std::to_string(measure) +
                       ", but evaluations have " + std::to_string(rows.shape.measures) +
                       ", counted from 0");
    }
  }
  out.resize(rows.size() * dimensions);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double* measures = rows.measures.data() + i * rows.shape.measures;
    double* row = out.data() + i * dimensions;
    for (std::size_t d = 0; d < dimensions; ++d) row[d] = measures[descriptor.measures[d]];
  }
}

/// Which evaluation of the run each candidate's is, and how many are behind it.
void number(const Batch& batch, Individuals& candidates) {
  const std::size_t n = batch.candidates;
  candidates.evaluations.resize(n);
  candidates.samples.clear();
  if (batch.jobs.size() > n) candidates.samples.assign(n, 0);
  for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
    const std::uint32_t candidate = batch.jobs[i].candidate;
    candidates.evaluations[candidate] = batch.first_evaluation + i;
    if (!candidates.samples.empty()) ++candidates.samples[candidate];
  }
}

}  // namespace

const Evaluations& reduce(const Batch& batch, Reduction reduction, Evaluations& room) {
  check_rows(batch);
  if (one_job_each(batch)) return batch.evaluations;
  require_candidates(batch);
  const std::vector<std::size_t> jobs = sorted_jobs(batch);
  room.resize(batch.candidates, batch.evaluations.shape);
  std::size_t first = 0;
  for (std::size_t i = 0; i < batch.candidates; ++i) {
    std::size_t end = first;
    while (end < jobs.size() && batch.jobs[jobs[end]].candidate == i) ++end;
    if (end == first) throw ShapeError("candidate " + std::to_string(i) + " has no job");
    reduce_row(batch.evaluations, std::span(jobs).subspan(first, end - first), reduction, room, i);
    first = end;
  }
  return room;
}

void gather(Proposal& proposal, const Descriptor& descriptor, Reduction reduction) {
  Individuals& to = proposal.candidates;
  check_count("candidates of a batch", to.size(), proposal.batch.candidates);
  Evaluations room;
  const Evaluations& rows = reduce(proposal.batch, reduction, room);
  to.objectives_per_row = rows.shape.objectives;
  to.objectives.assign(rows.objectives.begin(), rows.objectives.end());
  to.valid.assign(rows.valid.begin(), rows.valid.end());
  to.solved.assign(rows.solved.begin(), rows.solved.end());
  to.dimensions = descriptor.measures.size();
  describe(rows, descriptor, to.descriptors);
  number(proposal.batch, to);
}

void describe_candidates(const Proposal& proposal, const Descriptor& descriptor,
                         Reduction reduction, LargeColumn<double>& out) {
  Evaluations room;
  describe(reduce(proposal.batch, reduction, room), descriptor, out);
}

}  // namespace cambrian
