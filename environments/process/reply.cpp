#include "environments/process/reply.hpp"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::json;

Json parsed(const std::string& line) {
  Json json = Json::parse(line, nullptr, false);
  if (json.is_object()) return json;
  if (!json.is_discarded()) throw ReplyError("is not an object");
  if (line.find("NaN") != std::string::npos || line.find("Infinity") != std::string::npos)
    throw ReplyError(
        "is not JSON, which has no NaN and no Infinity (a result may be {\"invalid\": \"why\"})");
  throw ReplyError("is not JSON");
}

/// @throws ReplyError if there are other members, which are probably misspelt
void expect_members(const Json& json, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : json.items()) {
    if (std::ranges::find(known, name) == known.end())
      throw ReplyError("has an unknown member " + quoted(name));
  }
}

template <class Number>
void read_numbers(const Json& json, const char* name, std::span<Number> to) {
  const auto found = json.find(name);
  if (found == json.end()) throw ReplyError("has no " + quoted(name));
  if (!found->is_array() || found->size() != to.size())
    throw ReplyError("has not " + std::to_string(to.size()) + " numbers in " + quoted(name));
  for (std::size_t i = 0; i < to.size(); ++i) {
    const Json& number = (*found)[i];
    if (!number.is_number()) throw ReplyError("has something else than numbers in " + quoted(name));
    to[i] = number.get<Number>();
  }
}

bool read_flag(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end()) return false;
  if (!found->is_boolean()) throw ReplyError("has neither true nor false in " + quoted(name));
  return found->get<bool>();
}

void read_result(const Json& json, bool can_be_solved, const EvaluationRows& row) {
  if (!json.is_object()) throw ReplyError("has a result that is not an object");
  if (const auto invalid = json.find("invalid"); invalid != json.end()) {
    expect_members(json, {"invalid"});
    if (!invalid->is_string()) throw ReplyError("has no text in 'invalid'");
    row.faults[0] = "the process calls it invalid: " + invalid->get<std::string>();
    return;
  }
  expect_members(json, {"objectives", "measures", "solved"});
  read_numbers(json, "objectives", row.objectives);
  if (!row.measures.empty() || json.contains("measures"))
    read_numbers(json, "measures", row.measures);
  row.solved[0] = read_flag(json, "solved") ? 1 : 0;
  if (row.solved[0] != 0 && !can_be_solved)
    throw ReplyError("is solved, although the description has no 'solved_when'");
}

}  // namespace

void read_results(const std::string& line, const EnvironmentDescription& description,
                  const EvaluationRows& rows) {
  const Json json = parsed(line);
  expect_members(json, {"results"});
  const auto results = json.find("results");
  const std::size_t n = rows.solved.size();
  if (results == json.end() || !results->is_array() || results->size() != n)
    throw ReplyError("has not " + std::to_string(n) + " results in 'results'");
  const std::size_t objectives = description.objectives.size();
  const std::size_t measures = description.measures.size();
  for (std::size_t i = 0; i < n; ++i) {
    const EvaluationRows row = {rows.objectives.subspan(i * objectives, objectives),
                                rows.measures.subspan(i * measures, measures),
                                rows.solved.subspan(i, 1),
                                {},
                                {},
                                rows.faults.subspan(i, 1)};
    read_result((*results)[i], description.can_be_solved, row);
  }
}

StepReply read_step(const std::string& line, const EnvironmentDescription& description,
                    bool may_end, std::span<float> observation, std::span<double> trace,
                    const EvaluationRows& result_row) {
  StepReply reply;
  const Json json = parsed(line);
  expect_members(json, {"observation", "next_scenario", "result", "trace"});
  const auto result = json.find("result");
  reply.over = result != json.end();
  reply.next_scenario = read_flag(json, "next_scenario");
  if (!may_end && (reply.over || reply.next_scenario))
    throw ReplyError("ends the episode, which has only been reset");
  if (reply.over) {
    read_result(*result, description.can_be_solved, result_row);
  } else {
    read_numbers(json, "observation", observation);
  }
  if (!trace.empty()) read_numbers(json, "trace", trace);
  return reply;
}

}  // namespace cambrian
