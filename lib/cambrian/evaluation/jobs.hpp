// From the jobs that an algorithm asks for to those that are evaluated.
#pragma once

#include "cambrian/core/batch.hpp"
#include "cambrian/evaluation/evaluation_parameters.hpp"

namespace cambrian {

/// Every job becomes environments x samples jobs of its candidate, one after another: all samples in
/// the first environment, then all in the second, ... Sample s of a job becomes s * samples, ...,
/// s * samples + samples - 1, so that further samples are those of further jobs.
/// @throws ShapeError if there are several environments, and a job names one by itself
void expand(Batch& batch, std::size_t environments, std::size_t samples);

/// Names the streams that the jobs draw from: own leaves them as asked for, shared is the noise of
/// the first job, fixed is 0.
void name_noise(Batch& batch, Noise noise);

}  // namespace cambrian
