#include <algorithm>
#include <cassert>

#include "cambrian/algorithm/algorithm.hpp"

namespace cambrian {

void Outcomes::start(const Batch& batch, std::size_t dimensions) {
  const std::size_t n = batch.jobs.size();
  assert(n == batch.candidates);
  ids.resize(n);
  evaluations.resize(n);
  objectives.resize(n);
  descriptors.resize(n * dimensions);
  valid.assign(n, 1);
  solved.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    ids[i] = batch.jobs[i].id;
    evaluations[i] = batch.first_evaluation + i;
  }
}

void Outcomes::gather(const Batch& batch, std::span<const std::size_t> descriptor) {
  const Evaluations& rows = batch.evaluations;
  start(batch, descriptor.size());
  assert(size() == rows.size());
  valid = rows.valid;
  solved = rows.solved;
  for (std::size_t i = 0; i < size(); ++i) {
    objectives[i] = rows.objectives[i * rows.objectives_per_row];
    const double* measures = rows.measures.data() + i * rows.measures_per_row;
    double* out = descriptors.data() + i * descriptor.size();
    for (std::size_t d = 0; d < descriptor.size(); ++d) out[d] = measures[descriptor[d]];
  }
}

}  // namespace cambrian
