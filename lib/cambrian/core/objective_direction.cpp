#include "cambrian/core/objective_direction.hpp"

#include <algorithm>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr const char* kDirections = "directions";

}  // namespace

std::string_view word_of(ObjectiveDirection direction) {
  return direction == ObjectiveDirection::minimise ? "minimise" : "maximise";
}

void turn_minimised(std::span<double> objectives, std::span<const ObjectiveDirection> directions) {
  const std::size_t width = directions.size();
  for (std::size_t c = 0; c < width; ++c) {
    if (directions[c] == ObjectiveDirection::maximise) continue;
    for (std::size_t i = c; i < objectives.size(); i += width) objectives[i] = 0.0 - objectives[i];
  }
}

void save_directions(StateWriter& table, std::span<const ObjectiveDirection> directions) {
  std::vector<std::string> words;
  for (const ObjectiveDirection one : directions) words.emplace_back(word_of(one));
  table.attribute(kDirections, words);
}

std::vector<ObjectiveDirection> load_directions(const StateReader& table, std::size_t objectives,
                                                std::string_view where) {
  std::vector<ObjectiveDirection> directions(objectives, ObjectiveDirection::maximise);
  if (!table.has_attribute(kDirections)) return directions;
  const std::string attribute = std::string(where) + ": its attribute 'directions' ";
  const auto words = table.attribute_as<std::vector<std::string>>(kDirections);
  if (words.size() != objectives) {
    throw Error(attribute + "has " + counted(words.size(), "entry", "entries") + ", but there " +
                (objectives == 1 ? "is " : "are ") + counted(objectives, "objective"));
  }
  for (std::size_t i = 0; i < objectives; ++i) {
    if (words[i] == word_of(ObjectiveDirection::minimise)) {
      directions[i] = ObjectiveDirection::minimise;
    } else if (words[i] != word_of(ObjectiveDirection::maximise)) {
      throw Error(attribute + "says " + quoted(words[i]) + "; expected 'maximise' or 'minimise'");
    }
  }
  return directions;
}

}  // namespace cambrian
