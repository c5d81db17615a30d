// From the evaluations of a batch to its candidates' columns: one row per candidate, whatever the
// number of its jobs.
#pragma once

#include "cambrian/archive/descriptor.hpp"
#include "cambrian/evaluation/evaluation_parameters.hpp"
#include "cambrian/genome/proposal.hpp"

namespace cambrian {

/// One row per candidate: valid and solved only if all its jobs are; objectives and measures as
/// `reduction` says, of worst the whole row of the job with the lowest first objective, the first of
/// equals. Gradients are not reduced.
/// @param room  for rows that are not those of the batch
/// @return the batch's own evaluations where job i is the only one of candidate i, otherwise room
/// @throws ShapeError unless there is a row per job and a job per candidate
const Evaluations& reduce(const Batch& batch, Reduction reduction, Evaluations& room);

/// Writes objectives, descriptors, valid, solved, evaluations and samples of proposal.candidates from
/// what an evaluator wrote into proposal.batch: job i is the run's evaluation first_evaluation + i, and
/// a candidate's is that of its last job. There are samples only where some candidate has several jobs.
/// @throws ShapeError as reduce(), or if a measure of the descriptor is not among the batch's
void gather(Proposal& proposal, const Descriptor& descriptor,
            Reduction reduction = Reduction::mean);

/// The descriptors alone, for an archive of other axes. @param out  [candidates, D] written
void describe_candidates(const Proposal& proposal, const Descriptor& descriptor,
                         Reduction reduction, LargeColumn<double>& out);

}  // namespace cambrian
