// What a user can cause and read: every message is one line that says where, what is, and what
// would be right.
#pragma once

#include <stdexcept>
#include <string>

namespace cambrian {

/// Anything that a user's input, files or environment can cause. What only we can cause is an
/// assertion.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A configuration or a call that cannot be carried out (exit status 2). `where` is the key, the
/// flag or file:line; the message reads "where: what".
class ConfigError : public Error {
 public:
  ConfigError(const std::string& where, const std::string& what) : Error(where + ": " + what) {}
};

/// A file that is missing, unreadable, foreign, damaged or in the way (exit status 1, or 2 when it
/// was named in the call).
class FileError : public Error {
 public:
  FileError(const std::string& path, const std::string& what) : Error(path + ": " + what) {}
};

}  // namespace cambrian
