#include "cambrian/core/outside_program.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/stop_request.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kLongestQuote = 160;  // characters
constexpr int kKillsAtStart = 20;           // before it was asked for anything

/// A long answer around a character of it, counted from 1; at 0, its beginning and end.
std::string excerpt(std::string_view answer, std::size_t at) {
  if (at <= kLongestQuote / 2) return printable(answer, kLongestQuote);
  const std::string_view part = answer.substr(std::min(at - kLongestQuote / 2, answer.size()));
  return "..." + printable(part.substr(0, kLongestQuote), kLongestQuote) +
         (part.size() > kLongestQuote ? "..." : "");
}

/// Whether this is how a language writes what is no number: NaN, -inf, Infinity.
bool is_not_finite(std::string_view word) {
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  std::string lower(word);
  for (char& letter : lower) letter = static_cast<char>(std::tolower(letter));
  return lower == "nan" || lower == "inf" || lower == "infinity";
}

}  // namespace

void OutsideProgramParameters::visit(ParameterVisitor& visitor) {
  visitor.texts("command", command,
                {"the program, found as a shell finds it, and its arguments", "", "our choice"});
  visitor.text("folder", folder,
               {"where it runs; empty: where Cambrian is called", "", "our choice"});
  visitor.real("time_limit", time_limit, {0.0, 1e9},
               {"a process that does not answer a request for so long is killed and started "
                "again; 0: no limit",
                "s", "our choice"});
  visitor.real("start_limit", start_limit, {0.0, 1e9},
               {"a process that does not describe itself within so long ends the run; 0: no limit",
                "s", "our choice"});
}

ProcessCommand OutsideProgramParameters::program(std::string_view example) const {
  if (command.empty() || command.front().empty())
    throw ConfigError("command",
                      "names no program; expected one and its arguments, such as [\"python3\", \"" +
                          std::string(example) + "\"]");
  return {command, folder};
}

std::string OutsideProgram::name() const {
  return "process '" + printable(joined(command_.words, " "), 60) + "'";
}

void OutsideProgram::refuse(std::string_view answer, std::string_view what, std::size_t at) const {
  throw FatalError(name() + " answered what " + std::string(what) + ": " + excerpt(answer, at));
}

void OutsideProgram::refuse_length() const {
  throw FatalError(name() + " answered a line of more than " + std::to_string(kLongestLine >> 20U) +
                   " MiB");
}

void OutsideProgram::start(bool may_stop) {
  std::string line;
  for (Patience patience(kKillsAtStart);;) {
    process_.reset();  // its place is free before the next is there
    process_ = std::make_unique<LineProcess>(command_);
    switch (process_->ask(greeting_, start_limit_, line, may_stop)) {
      case LineProcess::Answer::line:
        if (description_.empty()) description_ = line;
        if (line == description_) return;
        throw FatalError(name() + " describes itself otherwise than when it was first started: " +
                         printable(line, kLongestQuote));
      case LineProcess::Answer::late:
        throw FatalError(name() + " did not describe itself within " + duration(start_limit_) +
                         "; does it flush its output?");
      case LineProcess::Answer::too_long:
        refuse_length();
      case LineProcess::Answer::stopped:
        throw Stopped();
      case LineProcess::Answer::ended:
        if (process_->was_killed() && patience.holds(*process_)) break;
        throw FatalError(name() + " " + process_->obituary() + " (before its description)");
    }
  }
}

const std::string& OutsideProgram::description() {
  if (description_.empty()) start(true);
  return description_;
}

bool OutsideProgram::ask(std::string_view request, double seconds, std::string& answer) {
  if (!alive()) start(false);  // the batch in flight is finished first
  // Otherwise it would be taken for the answer to this request, and each answer for the next one's.
  if (const std::string_view surplus = process_->unasked(); !surplus.empty())
    refuse(surplus, "it was not asked for");
  const LineProcess::Answer given = process_->ask(request, seconds, answer);
  if (given == LineProcess::Answer::too_long) refuse_length();
  return given == LineProcess::Answer::line;
}

void OutsideProgram::note_restart() {
  constexpr std::uint64_t kAllShown = 10, kShownEach = 100;
  if (++restarts_ > kAllShown && restarts_ % kShownEach != 0) return;
  const std::string times =
      restarts_ < kAllShown ? "" : ", for the " + std::to_string(restarts_) + "th time";
  show_aside("cambrian: " + name() + " " + process_->obituary() + "; it is started again" + times);
}

std::string why_not_json(std::string_view answer, std::size_t at, std::string_view advice) {
  constexpr std::string_view kEnds = "[]{}:, \t\r";
  const std::size_t before = at < 2 ? std::string_view::npos : answer.find_last_of(kEnds, at - 2);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(answer.find_first_of(kEnds, begin), answer.size());
  if (!is_not_finite(answer.substr(begin, end - begin))) return "is not JSON";
  return "is not JSON, which has no NaN and no Infinity (at character " +
         std::to_string(begin + 1) + (advice.empty() ? "" : "; " + std::string(advice)) + ")";
}

std::string why_not_as_many(std::string_view member, std::size_t entries, std::size_t expected) {
  return "has " + counted(entries, "entry", "entries") + " in '" + std::string(member) + "', but " +
         std::to_string(expected) + (expected == 1 ? " is" : " are") + " expected";
}

void append_seed(std::string& text, Stream& stream) {
  const std::uint64_t high = stream();
  text += std::to_string((high << 21U) | (stream() >> 11U));
}

void append_number(std::string& text, double number) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text.append(digits.data(), end);
}

}  // namespace cambrian
