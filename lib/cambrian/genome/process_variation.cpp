#include "cambrian/genome/process_variation.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/genome/detail/process_variation.hpp"

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

/// The list of n children in a program's answer. @throws FatalError if it is none
Json children_in(const std::string& answer, std::size_t n, const OutsideProgram& program) {
  Json json;
  try {
    json = Json::parse(answer);
  } catch (const Json::parse_error& error) {
    program.refuse(answer, why_not_json(answer, error.byte), error.byte);
  } catch (const Json::out_of_range&) {
    program.refuse(answer, "has a number that is too large for double precision");
  }
  if (!json.is_object()) program.refuse(answer, "is not an object");
  for (const auto& [name, value] : json.items()) {
    if (name != "children") program.refuse(answer, "has an unknown member " + quoted(name));
  }
  if (!json.contains("children")) program.refuse(answer, "has no 'children'");
  Json& children = json["children"];
  if (!children.is_array()) program.refuse(answer, "has something else than a list in 'children'");
  if (children.size() != n) program.refuse(answer, why_not_as_many("children", children.size(), n));
  return std::move(children);
}

}  // namespace

void ProcessVariationParameters::visit(ParameterVisitor& visitor) {
  OutsideProgramParameters::visit(visitor);
  visitor.integer("max_genes", max_genes, {1, 1'000'000'000},
                  {"graphs: a child with more nodes and links ends the run", "", "our choice"});
  visit_distance(visitor);
}

std::unique_ptr<Variation> make_process_variation(const ProcessVariationParameters& parameters,
                                                  const GenomeSpace& space) {
  const ProcessVariationParameters valid = checked(parameters);
  if (const auto* graphs = dynamic_cast<const GraphSpace*>(&space))
    return make_process_of(valid, *graphs);
  if (const auto* ragged = dynamic_cast<const RaggedSpace*>(&space))
    return make_process_of(valid, *ragged);
  return make_process_of(valid, space_of<RealSpace>(space, "process"));
}

ProcessVariation::ProcessVariation(const ProcessVariationParameters& parameters, std::string form)
    : time_limit_(parameters.time_limit),
      program_(std::make_unique<OutsideProgram>(parameters.program("my_variation.py"),
                                                parameters.start_limit, std::move(form))) {
  try {
    mating_share_ = read_description(program_->description());
  } catch (const FatalError& error) {
    throw ConfigError("command", error.what());
  }
}

std::string ProcessVariation::request_for(const Population& parents,
                                          std::span<const Mating> matings, StreamKey key,
                                          std::uint64_t first_id) const {
  std::string mothers, fathers, seeds;
  for (std::size_t i = 0; i < matings.size(); ++i) {
    for (std::string* list : {&mothers, &fathers, &seeds}) *list += i == 0 ? '[' : ',';
    append_parent(mothers, parents, matings[i].mother);
    if (matings[i].father == Mating::kNone) {
      fathers += "null";
    } else {
      append_parent(fathers, parents, matings[i].father);
    }
    Stream stream(key, first_id + i);
    append_seed(seeds, stream);
  }
  return R"({"request":"vary","mothers":)" + mothers + R"(],"fathers":)" + fathers +
         R"(],"seeds":)" + seeds + "]}\n";
}

void ProcessVariation::vary_rows(const Population& parents, std::span<const Mating> matings,
                                 Population& children, RowRange range, StreamKey key,
                                 std::uint64_t first_id) const {
  const std::size_t n = range.size();
  if (n == 0) return;
  const std::string request = request_for(parents, matings, key, first_id + range.begin);
  std::string answer;
  const std::scoped_lock lock(one_at_a_time_);
  for (Patience patience; !program_->ask(request, time_limit_, answer);) {
    program_->note_restart();
    if (!patience.holds(program_->process()))
      throw FatalError(program_->name() + " " + program_->process().obituary() +
                       ", twice at the same request");
  }
  const Json list = children_in(answer, n, *program_);
  for (std::size_t i = 0; i < n; ++i) {
    const Json& child = list[i];
    Stream stream(key, first_id + range.begin + i);
    try {
      read_child(JsonValue("is wrong", child, "children[" + std::to_string(i) + "]"), parents,
                 matings[i], children, range.begin + i, stream);
    } catch (const ConfigError& error) {
      program_->refuse(child.dump(-1, ' ', false, Json::error_handler_t::replace), error.what());
    }
  }
}

}  // namespace cambrian
