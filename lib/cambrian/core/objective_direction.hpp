// Whether the higher or the lower objective is the better one. Within the library the higher one is
// always better; a minimised objective is negated where an evaluator hands out its rows, and negated
// back where it is stored or shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cambrian/core/state.hpp"

namespace cambrian {

enum class ObjectiveDirection : std::uint8_t { maximise, minimise };

std::string_view word_of(ObjectiveDirection direction);

/// An objective as the user gave it, such that the higher one is better. A subtraction and not a
/// negation, because the negative of 0 prints as -0.
inline double higher_is_better(double given, ObjectiveDirection direction) {
  return direction == ObjectiveDirection::minimise ? 0.0 - given : given;
}

/// The inverse of higher_is_better.
inline double as_given(double objective, ObjectiveDirection direction) {
  return higher_is_better(objective, direction);
}

/// The same for whole rows. @param objectives  [n, O], changed in place  @param directions  [O], or
/// empty: all maximised
void turn_minimised(std::span<double> objectives, std::span<const ObjectiveDirection> directions);

/// The attribute `directions` of a table or of the root of a run file: a word per objective.
void save_directions(StateWriter& table, std::span<const ObjectiveDirection> directions);
/// All are maximised where the attribute is absent. @param where  the table's name, for messages
/// @return [objectives]  @throws Error for another number of words, or unknown ones
std::vector<ObjectiveDirection> load_directions(const StateReader& table, std::size_t objectives,
                                                std::string_view where);

}  // namespace cambrian
