#include <algorithm>
#include <cassert>

#include "cambrian/algorithm/algorithm.hpp"

namespace cambrian {

void Outcomes::gather(const Batch& batch, std::span<const std::size_t> descriptor) {
  const Evaluations& rows = batch.evaluations;
  const std::size_t n = batch.jobs.size();
  assert(n == batch.candidates && n == rows.size());
  ids.resize(n);
  evaluations.resize(n);
  objectives.resize(n);
  descriptors.resize(n * descriptor.size());
  valid = rows.valid;
  solved = rows.solved;
  for (std::size_t i = 0; i < n; ++i) {
    ids[i] = batch.jobs[i].id;
    evaluations[i] = batch.first_evaluation + i;
    objectives[i] = rows.objectives[i * rows.objectives_per_row];
    const double* measures = rows.measures.data() + i * rows.measures_per_row;
    double* out = descriptors.data() + i * descriptor.size();
    for (std::size_t d = 0; d < descriptor.size(); ++d) out[d] = measures[descriptor[d]];
  }
}

}  // namespace cambrian
