#include "cambrian/evaluation/jobs.hpp"

#include <string>
#include <utility>

#include "cambrian/core/shape.hpp"

namespace cambrian {

void expand(Batch& batch, std::size_t environments, std::size_t samples) {
  if (environments == 0 || samples == 0) {
    throw ShapeError("a job in " + std::to_string(environments) + " environments, " +
                     std::to_string(samples) + " times, is none");
  }
  if (environments * samples == 1) return;
  std::vector<Job> jobs;
  jobs.reserve(batch.jobs.size() * environments * samples);
  for (Job job : batch.jobs) {
    if (environments > 1 && job.environment != 0) {
      throw ShapeError("a job names environment " + std::to_string(job.environment) +
                       ", but each candidate is evaluated in all " + std::to_string(environments));
    }
    const std::size_t first = job.sample * samples;
    for (std::size_t environment = 0; environment < environments; ++environment) {
      if (environments > 1) job.environment = static_cast<std::uint32_t>(environment);
      for (std::size_t sample = 0; sample < samples; ++sample) {
        job.sample = static_cast<std::uint32_t>(first + sample);
        jobs.push_back(job);
      }
    }
  }
  batch.jobs = std::move(jobs);
}

void name_noise(Batch& batch, Noise noise) {
  if (noise == Noise::own || batch.jobs.empty()) return;
  const std::uint64_t ordinal = noise == Noise::shared ? batch.jobs.front().noise : 0;
  for (Job& job : batch.jobs) job.noise = ordinal;
}

}  // namespace cambrian
