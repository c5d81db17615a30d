#include "environments/process/reply.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

#include "cambrian/core/outside_program.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::json;

Json parsed(const std::string& line) {
  try {
    Json json = Json::parse(line);
    if (json.is_object()) return json;
  } catch (const Json::parse_error& error) {
    constexpr std::string_view kAdvice = R"(a result may be {"invalid": "why"})";
    throw ReplyError(why_not_json(line, error.byte, kAdvice), error.byte);
  } catch (const Json::out_of_range&) {
    throw ReplyError("has a number that is too large for double precision");
  }
  throw ReplyError("is not an object");
}

/// A list of so many entries.
const Json& read_list(const Json& json, const char* name, std::size_t size) {
  const auto found = json.find(name);
  if (found == json.end()) throw ReplyError("has no " + quoted(name));
  if (!found->is_array()) throw ReplyError("has something else than a list in " + quoted(name));
  if (found->size() != size) throw ReplyError(why_not_as_many(name, found->size(), size));
  return *found;
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
  const Json& list = read_list(json, name, to.size());
  for (std::size_t i = 0; i < to.size(); ++i) {
    const Json& number = list[i];
    if (!number.is_number()) throw ReplyError("has something else than numbers in " + quoted(name));
    to[i] = number.get<Number>();
    // A larger double is infinite as a float; no double in JSON is.
    if (!std::isfinite(to[i])) {
      throw ReplyError("has " + number.dump() + " in '" + name + "[" + std::to_string(i) +
                       "]', which is not finite in single precision");
    }
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
  const std::size_t n = rows.solved.size();
  const Json& results = read_list(json, "results", n);
  const std::size_t objectives = description.objectives.size();
  const std::size_t measures = description.measures.size();
  for (std::size_t i = 0; i < n; ++i) {
    const EvaluationRows row = {rows.objectives.subspan(i * objectives, objectives),
                                rows.measures.subspan(i * measures, measures),
                                rows.solved.subspan(i, 1),
                                {},
                                {},
                                rows.faults.subspan(i, 1)};
    read_result(results[i], description.can_be_solved, row);
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
