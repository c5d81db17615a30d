#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {

void Outcomes::start(const Batch& batch, std::size_t dimensions) {
  const std::size_t n = batch.jobs.size();
  check_count("jobs of candidates", n, batch.candidates);
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
  check_count("evaluations of a batch", rows.size(), size());
  valid = rows.valid;
  solved = rows.solved;
  for (std::size_t i = 0; i < size(); ++i) {
    objectives[i] = rows.objectives[i * rows.shape.objectives];
    const double* measures = rows.measures.data() + i * rows.shape.measures;
    double* out = descriptors.data() + i * descriptor.size();
    for (std::size_t d = 0; d < descriptor.size(); ++d) out[d] = measures[descriptor[d]];
  }
}

}  // namespace cambrian
