#include "cambrian/core/parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

std::string number_text(std::int64_t value) { return std::to_string(value); }

/// The shortest text that reads back as the same number.
std::string number_text(double value) {
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.begin(), digits.end(), value).ptr};
}

bool is_finite(std::int64_t) { return true; }
bool is_finite(double value) { return std::isfinite(value); }

/// What is expected instead; empty where the number is right. Infinity is right only where the
/// range includes it.
template <class T>
std::string expected(T value, const Range<T>& range) {
  if (value >= range.min && value <= range.max) return {};
  if (!is_finite(value)) return "a finite number";
  return value < range.min ? "at least " + number_text(range.min)
                           : "at most " + number_text(range.max);
}

/// What is wrong with a value of a parameter; empty where nothing is.
struct FaultOf {
  const Parameter& parameter;
  std::string operator()(bool) const { return {}; }
  std::string operator()(const std::string& word) const {
    const std::vector<std::string>& words = parameter.words;
    if (words.empty() || std::ranges::find(words, word) != words.end()) return {};
    return "is " + quoted(word) + ", but " + one_of_expected(word, words);
  }
  std::string operator()(const std::vector<std::int64_t>& shape) const {
    if (shape.empty()) return "is empty, but a number or a list of numbers is expected";
    for (const std::int64_t number : shape) {
      std::string fault = (*this)(number);
      if (!fault.empty()) return fault;
    }
    return {};
  }
  template <class T>
  std::string operator()(T number) const {
    const std::string wanted = expected(number, std::get<Range<T>>(parameter.range));
    if (wanted.empty()) return {};
    return "is " + number_text(number) + ", but " + wanted + " is expected";
  }
};

template <class T>
Fault fault_in(const FaultOf& fault_of, const T& value) {
  return {0, fault_of(value)};
}

template <class T>
Fault fault_in(const FaultOf& fault_of, const std::vector<T>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string fault = fault_of(values[i]);
    if (!fault.empty()) return {i + 1, "entry " + std::to_string(i + 1) + " " + fault};
  }
  return {};
}

}  // namespace

Fault first_fault(const Parameter& parameter) {
  return std::visit([&](const auto* value) { return fault_in(FaultOf{parameter}, *value); },
                    parameter.value);
}

void check(const Parameter& parameter) {
  const Fault fault = first_fault(parameter);
  if (!fault.reason.empty()) throw ConfigError(std::string(parameter.name), fault.reason);
}

void check_parameters(Parameters& parameters) { for_each_parameter(parameters, check); }

void refuse_idle(std::string_view key, bool is_set, std::string_view when) {
  if (is_set)
    throw ConfigError(std::string(key), "has no effect " + std::string(when) + "; leave it out");
}

}  // namespace cambrian
