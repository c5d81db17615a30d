#include "cambrian/evaluation/gather.hpp"

#include <algorithm>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

void gather(Proposal& proposal, const Descriptor& descriptor) {
  const Evaluations& from = proposal.batch.evaluations;
  Individuals& to = proposal.candidates;
  const std::size_t n = to.size();
  if (from.size() != n) {
    throw Error("a batch of " + std::to_string(n) + " candidates has " +
                std::to_string(from.size()) + " evaluations; expected one per candidate");
  }
  to.objectives_per_row = from.shape.objectives;
  to.objectives.assign(from.objectives.begin(), from.objectives.end());
  to.valid.assign(from.valid.begin(), from.valid.end());
  to.solved.assign(from.solved.begin(), from.solved.end());
  to.dimensions = descriptor.measures.size();
  for (std::size_t i = 0; i < n; ++i) to.evaluations[i] = proposal.batch.first_evaluation + i;
  describe_candidates(proposal, descriptor, to.descriptors);
}

void describe_candidates(const Proposal& proposal, const Descriptor& descriptor,
                         LargeColumn<double>& out) {
  const Evaluations& from = proposal.batch.evaluations;
  const std::size_t dimensions = descriptor.measures.size();
  out.resize(from.size() * dimensions);
  for (std::size_t i = 0; i < from.size(); ++i) {
    const double* measures = from.measures.data() + i * from.shape.measures;
    double* row = out.data() + i * dimensions;
    for (std::size_t d = 0; d < dimensions; ++d) row[d] = measures[descriptor.measures[d]];
  }
}

}  // namespace cambrian
