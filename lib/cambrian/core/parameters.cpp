#include "cambrian/core/parameters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/nearest_word.hpp"
#include "cambrian/core/quoted.hpp"

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

template <class T>
void check_number(const Parameter& parameter, T value, const std::string& subject = {}) {
  const std::string wanted = expected(value, std::get<Range<T>>(parameter.range));
  if (wanted.empty()) return;
  throw ConfigError(std::string(parameter.name),
                    subject + "is " + number_text(value) + ", but " + wanted + " is expected");
}

void check_word(const Parameter& parameter, const std::string& word,
                const std::string& subject = {}) {
  const std::vector<std::string_view>& words = parameter.words;
  if (words.empty() || std::ranges::find(words, word) != words.end()) return;
  throw ConfigError(std::string(parameter.name),
                    subject + "is " + quoted(word) + ", but " + expected_word(words, word));
}

std::string entry(std::size_t i) { return "entry " + std::to_string(i + 1) + " "; }

class CheckVisitor final : public ParameterVisitor {
  void meet(const Parameter& parameter) override { check(parameter); }
};

struct ValueCheck {
  const Parameter& parameter;
  void operator()(const bool*) const {}
  void operator()(const std::string* word) const { check_word(parameter, *word); }
  void operator()(const std::vector<std::string>* words) const {
    for (std::size_t i = 0; i < words->size(); ++i) check_word(parameter, (*words)[i], entry(i));
  }
  template <class T>
  void operator()(const T* number) const {
    check_number(parameter, *number);
  }
  template <class T>
  void operator()(const std::vector<T>* numbers) const {
    for (std::size_t i = 0; i < numbers->size(); ++i)
      check_number(parameter, (*numbers)[i], entry(i));
  }
};

}  // namespace

std::string expected_word(const std::vector<std::string_view>& words, std::string_view word) {
  std::string wanted = words.size() == 1 ? "" : "one of ";
  for (const std::string_view choice : words)
    wanted.append(choice == words.front() ? "'" : ", '").append(choice).append("'");
  const std::string near = nearest_word(word, {words.begin(), words.end()});
  return wanted + " is expected" + (near.empty() ? "" : "; did you mean '" + near + "'?");
}

void check(const Parameter& parameter) {
  std::visit([&](const auto* value) { ValueCheck{parameter}(value); }, parameter.value);
}

void check_parameters(Parameters& parameters) {
  CheckVisitor visitor;
  parameters.visit(visitor);
}

}  // namespace cambrian
