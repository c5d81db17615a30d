// What a process answers, taken apart: numbers into columns, checked as they come.
#pragma once

#include <span>
#include <string>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

/// An answer that is not what the protocol says. what() says why: "has no 'results'".
class ReplyError : public Error {
 public:
  explicit ReplyError(const std::string& what, std::size_t at = 0) : Error(what), at_(at) {}
  std::size_t at() const { return at_; }  ///< its character, counted from 1; 0: not known

 private:
  std::size_t at_;
};

/// {"results": [{"objectives": [...], "measures": [...], "solved": true}, {"invalid": "..."}, ...]}
/// @param rows  [n] written where valid, otherwise its fault
/// @throws ReplyError
void read_results(const std::string& line, const EnvironmentDescription& description,
                  const EvaluationRows& rows);

/// What follows a step or a reset.
struct StepReply {
  bool over = false;           ///< the evaluation, with a result
  bool next_scenario = false;  ///< the episode, but another begins with this observation
};

/// {"observation": [...]}, with "next_scenario": true where another episode begins, or {"result": {...}}; with
/// "trace": [...] where the description has columns of one.
/// @param may_end      false for the answer to a reset
/// @param observation  [lanes, sensors]   @param trace  [columns], written
/// @param result       [1], written where the evaluation is over
/// @throws ReplyError, also for an observation that is not finite in single precision
StepReply read_step(const std::string& line, const EnvironmentDescription& description,
                    bool may_end, std::span<float> observation, std::span<double> trace,
                    const EvaluationRows& result);

}  // namespace cambrian
