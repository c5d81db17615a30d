#include "cambrian/genome/real/process_variation.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::json;

/// The share of children with a father, by the line with which a program describes itself.
double read_description(const std::string& line) {
  const auto refuse = [&](const std::string& what) {
    throw ConfigError("command",
                      "the process describes itself by " + what + ": " + printable(line, 160));
  };
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) refuse("no JSON object");
  if (json.value("cambrian", Json()) != 1) refuse("an object without 'cambrian': 1");
  double share = 0;
  for (const auto& [name, value] : json.items()) {
    if (name == "mating_share") {
      if (!value.is_number() || !(value >= 0) || !(value <= 1))
        refuse("a 'mating_share' that is not a number from 0 to 1");
      share = value.get<double>();
    } else if (name != "cambrian") {
      refuse("an unknown member " + quoted(name));
    }
  }
  return share;
}

std::string request_of(const RealPopulation& parents, std::span<const Mating> matings,
                       StreamKey key, std::uint64_t first_id) {
  std::string mothers, fathers, seeds;
  for (std::size_t i = 0; i < matings.size(); ++i) {
    for (std::string* list : {&mothers, &fathers, &seeds}) *list += i == 0 ? '[' : ',';
    append_numbers(mothers, parents.row(matings[i].mother));
    if (matings[i].father == Mating::kNone) {
      fathers += "null";
    } else {
      append_numbers(fathers, parents.row(matings[i].father));
    }
    Stream stream(key, first_id + i);
    append_seed(seeds, stream);
  }
  return R"({"request":"vary","mothers":)" + mothers + R"(],"fathers":)" + fathers +
         R"(],"seeds":)" + seeds + "]}\n";
}

/// Writes one child. @return whether it is a list of as many numbers that are finite in single precision
bool read_child(const Json& json, std::span<float> child) {
  if (!json.is_array() || json.size() != child.size()) return false;
  for (std::size_t g = 0; g < child.size(); ++g) {
    if (!json[g].is_number()) return false;
    child[g] = json[g].get<float>();
    if (!std::isfinite(child[g])) return false;
  }
  return true;
}

}  // namespace

ProcessVariation::ProcessVariation(const ProcessVariationParameters& parameters,
                                   const GenomeSpace& space)
    : space_(space_of<RealSpace>(space, "process")), time_limit_(checked(parameters).time_limit) {
  program_ = std::make_unique<OutsideProgram>(parameters.program("my_variation.py"),
                                              parameters.start_limit);
  try {
    mating_share_ = read_description(program_->description());
  } catch (const FatalError& error) {
    throw ConfigError("command", error.what());
  }
}

void ProcessVariation::vary_rows(const Population& parents, std::span<const Mating> matings,
                                 Population& children, RowRange range, StreamKey key,
                                 std::uint64_t first_id) const {
  const std::size_t n = range.size();
  if (n == 0) return;
  const RealPopulation& from = vectors_of(parents, space_.length());
  RealPopulation& to = vectors_of(children, space_.length());
  const std::string request = request_of(from, matings, key, first_id + range.begin);
  std::string answer;
  const std::scoped_lock lock(one_at_a_time_);
  for (Patience patience; !program_->ask(request, time_limit_, answer);) {
    program_->note_restart();
    if (!patience.holds(program_->process()))
      throw FatalError(program_->name() + " " + program_->process().obituary() +
                       ", twice at the same request");
  }
  const Json json = Json::parse(answer, nullptr, false);
  if (!json.is_object()) program_->refuse(answer, "is not a JSON object");
  if (json.size() != 1 || !json.contains("children") || !json["children"].is_array() ||
      json["children"].size() != n)
    program_->refuse(answer, "has not " + std::to_string(n) + " children in 'children' alone");
  for (std::size_t i = 0; i < n; ++i) {
    const std::span<float> child = to.row(range.begin + i);
    if (!read_child(json["children"][i], child))
      program_->refuse(
          answer, "has a child that is not " + std::to_string(child.size()) + " finite numbers");
    Stream stream(key, first_id + range.begin + i);
    space_.keep_within(child, stream);
  }
}

}  // namespace cambrian
