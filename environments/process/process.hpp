// An environment in any language: a program that is started beside Cambrian and spoken to by lines of JSON
// (PROCESS.md has the protocol and whole examples).
//
//   worker 0 ── genomes, or motors ─►  my_env.py        one process per worker, started when it is first
//   worker 1 ── genomes, or motors ─►  my_env.py        needed, and again when it dies or takes too long
//            ◄─ results, or sensors ──
//
// A block of vectors in which the process dies is asked again, vector by vector; an episode of a network
// is led to the same place in a new process. One at which the process dies or hangs twice is invalid.
// A process that answers with anything else than the protocol says ends the run.
#pragma once

#include "cambrian/core/outside_program.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

struct ProcessParameters final : OutsideProgramParameters {
  std::int64_t block = 0;
  void visit(ParameterVisitor& visitor) override;
};

/// Environments of one command share its description, so that making one starts no process but the first.
EnvironmentComponent process_environment();

}  // namespace cambrian
