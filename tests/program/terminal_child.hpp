// The program in a terminal of its own, to be read from and signalled while it runs.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/paths.hpp"

namespace cambrian {

/// What ends in the destructor: killed if it still runs.
class TerminalChild {
 public:
  /// Standard error and standard output are a terminal.
  /// Whether this system has pseudo-terminals: a bare container may have none.
  static bool possible();
  explicit TerminalChild(const std::vector<std::string>& arguments,
                         std::string program = program_path());
  ~TerminalChild();
  TerminalChild(const TerminalChild&) = delete;
  TerminalChild& operator=(const TerminalChild&) = delete;

  /// Reads until `text` has been printed. @return false if the program ended before
  bool wait_for(const std::string& text);
  void signal(int number) const;
  /// Closes the terminal, as a connection that drops does: SIGHUP, and writing to it fails.
  void hang_up();
  /// Reads on until the program ends. @return its exit status; 128 + signal where one ended it
  int wait();
  /// Sends a signal again and again until the program ends. @return as wait
  int insist(int number);
  pid_t process() const { return child_; }
  const std::string& output() const { return output_; }

 private:
  bool read_more(int milliseconds);

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string output_;
};

}  // namespace cambrian
