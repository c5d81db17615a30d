// Another program as a partner that answers line by line: a request is a line on its standard input, an
// answer one on its standard output. What it says on its standard error is shown on ours, line by line
// behind its process number, up to kShownLines lines of each process.
//
// It runs in a process group of its own, so that a terminal's Ctrl-C does not reach it, and it sees the end
// of its input when this program ends, however that happens. Safe to use from many threads, one object each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cambrian {

/// An answer of more bytes is none: the process runs away.
constexpr std::size_t kLongestLine = std::size_t{256} << 20U;

/// Lines of a process's standard error that are shown. The rest is read, so that it need not wait.
constexpr int kShownLines = 100;

struct ProcessCommand {
  std::vector<std::string> words;  ///< the program, found as a shell finds it, and its arguments
  std::string folder;              ///< where it runs; empty: where this program does
};

class LineProcess {
 public:
  enum class Answer {
    line,      ///< it answered
    ended,     ///< it ended, or closed its input or its output, without a whole line
    late,      ///< it took longer than it may, and was killed
    too_long,  ///< its line had more than kLongestLine bytes, and it was killed
    stopped    ///< the user wants the program to stop, and it was killed
  };

  /// Starts it. @throws FatalError if it cannot be: "'pyhton3' cannot be started: No such file or directory"
  explicit LineProcess(const ProcessCommand& command);
  /// Closes its input, by which it knows that it is to end. What is still there a second later, and
  /// what it has started and left behind, is killed.
  ~LineProcess();
  LineProcess(const LineProcess&) = delete;
  LineProcess& operator=(const LineProcess&) = delete;

  /// @param request  a line with its end, or nothing: then only its next line is waited for
  /// @param seconds  within which the whole answer is expected; 0: no limit
  /// @param answer   the line without its end; after `ended` what there was of one
  /// @param may_stop whether a stop of the program (stop_request.hpp) ends this wait at once
  Answer ask(std::string_view request, double seconds, std::string& answer, bool may_stop = false);

  /// What it has said since its last answer, without having been asked; empty: nothing.
  std::string_view unasked();

  bool ended() const { return process_ == 0; }
  bool was_late() const { return late_; }
  /// Whether someone else ended it, by a signal that no program raises by a fault of its own.
  bool was_killed() const;
  /// How it ended, with the last line of its standard error: "exited with status 1: KeyError: 'x'".
  std::string obituary() const;

 private:
  bool send(std::string_view& request) const;
  bool take_line(std::string& answer);
  bool receive(int& pipe, std::string& into) const;
  bool wait(bool writing, int milliseconds);
  void hear();
  void show(std::string_view line);
  Answer killed(Answer why);
  void end(int milliseconds);
  void close_all();

  int process_ = 0;
  int requests_ = -1, answers_ = -1, errors_ = -1;
  std::string received_;      // of its output, not yet an answer
  std::size_t searched_ = 0;  // of that, without an end of a line
  std::string said_;          // of its standard error, not yet a line
  std::string last_words_;    // the last line that was not empty
  std::string prefix_;
  int shown_ = 0;   // lines of its standard error
  int status_ = 0;  // as waitpid gives it
  bool late_ = false;
  bool reads_ = true;     // its standard input
  bool stopped_ = false;  // by us, because it neither answered nor ended
};

/// Puts text to standard error as lines of their own, although a progress line may stand there.
void show_aside(std::string_view line);

}  // namespace cambrian
