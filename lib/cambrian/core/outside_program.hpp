// A program of the user's that speaks a protocol of JSON lines, kept alive: its first line describes it, and
// where it dies or takes too long, a new process takes its place and is asked the same once more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/line_process.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

/// How often something is asked again that the program did not answer. What it dies of by itself twice is to
/// blame; a signal from outside (kill, or the kernel short of memory) is given more chances.
class Patience {
 public:
  /// @param kills  signals from outside that are one too many
  explicit Patience(int kills = 5) : kills_(kills) {}
  /// Counts a process that has ended without an answer. @return whether to ask once more
  bool holds(const LineProcess& ended) {
    return ended.was_killed() ? ++killed_ < kills_ : ++died_ < 2;
  }
  /// Takes one death for granted.
  void tire() { ++died_; }

 private:
  int kills_, died_ = 0, killed_ = 0;
};

/// The keys of every component that is such a program.
struct OutsideProgramParameters : Parameters {
  std::vector<std::string> command;
  std::string folder;
  double time_limit = 0;    ///< s per request; 0: no limit
  double start_limit = 60;  ///< s until its description; 0: no limit
  void visit(ParameterVisitor& visitor) override;
  /// @param example  of a script: "my_env.py"  @throws ConfigError "command" if no program is named
  ProcessCommand program(std::string_view example) const;
};

class OutsideProgram {
 public:
  /// Starts nothing yet. @param start_limit  seconds until its description; 0: no limit
  /// @param greeting  with the end of its line: what each process is sent first, to which its description
  ///                  is the answer; empty: it describes itself unasked
  OutsideProgram(ProcessCommand command, double start_limit, std::string greeting = {})
      : command_(std::move(command)), start_limit_(start_limit), greeting_(std::move(greeting)) {}

  /// What messages call it: the command as a line.
  std::string name() const;
  /// The first line of the first process. Starts it if it has not been.
  /// @throws FatalError if there is none: with what the program said at last
  /// @throws Stopped if the user wants the program to stop meanwhile
  const std::string& description();
  /// That of another process of the same command, to which a new one is held.
  void expect(std::string description) { description_ = std::move(description); }

  /// @param request  with the end of its line
  /// @return false if the process ended or was late; obituary() says how, and the next call starts another.
  /// @throws FatalError if none can be started, or it describes itself otherwise than the first, or its
  ///         answer is longer than any may be
  bool ask(std::string_view request, double seconds, std::string& answer);
  /// Whether the process that was asked last is still there, with the state that it has.
  bool alive() const { return process_ && !process_->ended(); }
  const LineProcess& process() const { return *process_; }  ///< once asked
  /// A line for standard error: what has happened to the process, and that it is asked again. Of many
  /// restarts only the first, and then each hundredth.
  void note_restart();
  /// @param at  the character to quote from its surroundings, counted from 1; 0: its beginning and end
  /// @throws FatalError that quotes an answer, shortened: it `what`, such as "is not JSON"
  [[noreturn]] void refuse(std::string_view answer, std::string_view what,
                           std::size_t at = 0) const;

 private:
  void start(bool may_stop);
  [[noreturn]] void refuse_length() const;

  ProcessCommand command_;
  double start_limit_;
  std::string greeting_;
  std::string description_;
  std::unique_ptr<LineProcess> process_;
  std::uint64_t restarts_ = 0;
};

/// What is wrong with an answer that a parser of JSON refused: "is not JSON". A NaN or an infinity, as
/// Python and C write them, is named with its place.
/// @param at      the character at which it was refused, counted from 1
/// @param advice  what to answer instead of a NaN; may be empty
std::string why_not_json(std::string_view answer, std::size_t at, std::string_view advice = {});
/// What is wrong with a list that has not as many entries as are expected.
std::string why_not_as_many(std::string_view member, std::size_t entries, std::size_t expected);

/// Appends a number such that it is read as exactly this double: 0.10000000149011612.
void append_number(std::string& text, double number);
/// Appends what a stream names for a generator of another program: a whole number below 2^53, which every
/// language holds exactly.
void append_seed(std::string& text, Stream& stream);
/// Appends [0.5,-1,2].
template <class Numbers>
void append_numbers(std::string& text, const Numbers& numbers) {
  char before = '[';
  for (const auto number : numbers) {
    text += before;
    append_number(text, static_cast<double>(number));
    before = ',';
  }
  if (before == '[') text += before;
  text += ']';
}

}  // namespace cambrian
