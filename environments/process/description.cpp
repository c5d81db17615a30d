#include "environments/process/description.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestQuote = 160;  // characters

/// Reads members into variables; each error names where it stands.
class Reader {
 public:
  explicit Reader(const std::string& line) : line_(line) {}

  [[noreturn]] void refuse(const std::string& what) const {
    throw ConfigError("command", "the process describes itself by " + what + ": " +
                                     printable(line_, kLongestQuote));
  }

  using Take = std::function<void(const Json& value, const std::string& place)>;
  using Members = std::map<std::string, Take>;

  /// Calls what belongs to each member. @param needed  those that must be there
  void object(const Json& json, const std::string& place, const Members& members,
              const std::vector<std::string>& needed) const {
    if (!json.is_object())
      refuse(place.empty() ? "no JSON object" : place + ", which is no object");
    std::vector<std::string> known;
    for (const auto& [name, take] : members) known.push_back(name);
    for (const auto& [name, value] : json.items()) {
      const auto found = members.find(name);
      if (found == members.end())
        refuse("an unknown member " + quoted(inside(place, name)) + did_you_mean(name, known));
      found->second(value, inside(place, name));
    }
    for (const std::string& name : needed) {
      if (!json.contains(name)) refuse("an object without " + quoted(inside(place, name)));
    }
  }

  Take text(std::string& to) const {
    return [&to, this](const Json& json, const std::string& place) {
      if (!json.is_string()) wrong(place, "a text");
      to = json.get<std::string>();
    };
  }
  Take flag(bool& to) const {
    return [&to, this](const Json& json, const std::string& place) {
      if (!json.is_boolean()) wrong(place, "true or false");
      to = json.get<bool>();
    };
  }
  template <class Number>
  Take number(Number& to) const {
    return [&to, this](const Json& json, const std::string& place) {
      if (!json.is_number()) wrong(place, "a number");
      to = json.get<Number>();
    };
  }
  template <class Count>
  Take count(Count& to, std::uint64_t least) const {
    return [&to, least, this](const Json& json, const std::string& place) {
      constexpr std::uint64_t kMost = 1'000'000'000;
      if (!json.is_number_unsigned() || json.get<std::uint64_t>() < least ||
          json.get<std::uint64_t>() > kMost)
        wrong(place, "a whole number of at least " + std::to_string(least));
      to = static_cast<Count>(json.get<std::uint64_t>());
    };
  }
  /// A list whose entries are read one by one into new ones at its end.
  template <class T, class TakeOne>
  Take list(std::vector<T>& to, const TakeOne& take_one) const {
    return [&to, take_one, this](const Json& json, const std::string& place) {
      if (!json.is_array()) wrong(place, "a list");
      for (std::size_t i = 0; i < json.size(); ++i)
        take_one(to.emplace_back())(json[i], place + "[" + std::to_string(i) + "]");
    };
  }
  Take texts(std::vector<std::string>& to) const {
    return list(to, [this](std::string& one) { return text(one); });
  }

  [[noreturn]] void wrong(const std::string& place, const std::string& expected) const {
    refuse(quoted(place) + ", which is not " + expected);
  }

 private:
  static std::string inside(const std::string& place, const std::string& name) {
    return place.empty() ? name : place + "." + name;
  }
  const std::string& line_;
};

Reader::Take objective(const Reader& read, Objective& to) {
  return [&](const Json& json, const std::string& place) {
    read.object(json, place,
                {{"name", read.text(to.name)},
                 {"unit", read.text(to.unit)},
                 {"worst", read.number(to.worst)},
                 {"meaning", read.text(to.meaning)}},
                {"name"});
  };
}

Reader::Take measure(const Reader& read, Measure& to) {
  return [&](const Json& json, const std::string& place) {
    read.object(json, place,
                {{"name", read.text(to.name)},
                 {"unit", read.text(to.unit)},
                 {"min", read.number(to.min)},
                 {"max", read.number(to.max)},
                 {"meaning", read.text(to.meaning)}},
                {"name", "min", "max"});
  };
}

Reader::Take terminal(const Reader& read, Terminal& to) {
  return [&](const Json& json, const std::string& place) {
    read.object(json, place,
                {{"name", read.text(to.name)},
                 {"kind", read.text(to.kind)},
                 {"min", read.number(to.range.min)},
                 {"max", read.number(to.range.max)},
                 {"position", read.list(to.position, [&](double& x) { return read.number(x); })}},
                {"name", "min", "max"});
  };
}

Reader::Take direction(const Reader& read, ObjectiveDirection& to) {
  return [&](const Json& json, const std::string& place) {
    std::string word;
    read.text(word)(json, place);
    if (word != "maximise" && word != "minimise") read.wrong(place, "'maximise' or 'minimise'");
    to = word == "minimise" ? ObjectiveDirection::minimise : ObjectiveDirection::maximise;
  };
}

/// What is said by what is not there.
void complete(EnvironmentDescription& to, ObjectiveDirection direction, bool has_descriptor) {
  for (Objective& objective : to.objectives) objective.direction = direction;
  if (!has_descriptor)
    for (const Measure& one : to.measures) to.descriptor.push_back(one.name);
  to.takes_vectors = to.vector_length > 0;
  to.takes_networks = !to.body.sensors.empty() || !to.body.motors.empty();
  to.can_be_solved = !to.solved_when.empty();
}

}  // namespace

EnvironmentDescription read_process_description(const std::string& line) {
  const Reader read(line);
  const Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded()) read.refuse("a line that is not JSON");
  EnvironmentDescription to;
  std::uint64_t version = 0;
  ObjectiveDirection best = ObjectiveDirection::maximise;
  const auto list = [&](auto& of, auto take) {
    return read.list(of, [&read, take](auto& one) { return take(read, one); });
  };
  read.object(json, "",
              {{"cambrian", read.count(version, 1)},
               {"objectives", list(to.objectives, objective)},
               {"direction", direction(read, best)},
               {"measures", list(to.measures, measure)},
               {"descriptor", read.texts(to.descriptor)},
               {"vector_length", read.count(to.vector_length, 1)},
               {"block", read.count(to.block, 1)},
               {"sensors", list(to.body.sensors, terminal)},
               {"motors", list(to.body.motors, terminal)},
               {"lanes", read.count(to.lanes, 1)},
               {"warm_up", read.count(to.warm_up, 0)},
               {"updates_per_step", read.count(to.updates_per_step, 1)},
               {"noisy", read.flag(to.noisy)},
               {"solved_when", read.text(to.solved_when)},
               {"trace", read.texts(to.trace)},
               {"warnings", read.texts(to.warnings)}},
              {"cambrian", "objectives"});
  if (version != 1)
    read.refuse("version " + std::to_string(version) + " of the protocol, of which 1 is known");
  complete(to, best, json.contains("descriptor"));
  return to;
}

}  // namespace cambrian
