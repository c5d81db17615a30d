// From the evaluations of a batch to its candidates' columns.
#pragma once

#include "cambrian/archive/descriptor.hpp"
#include "cambrian/genome/proposal.hpp"

namespace cambrian {

/// Writes objectives, descriptors, valid, solved and evaluations of proposal.candidates from what an
/// evaluator wrote into proposal.batch: job i is the run's evaluation first_evaluation + i.
/// @throws Error unless there is one evaluated job per candidate
void gather(Proposal& proposal, const Descriptor& descriptor);

/// The descriptors alone, for an archive of other axes. @param out  [candidates, D] written
void describe_candidates(const Proposal& proposal, const Descriptor& descriptor,
                         LargeColumn<double>& out);

}  // namespace cambrian
