// What a user can cause and read: every message is one line that says where, what is, and what
// would be right.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace cambrian {

/// Anything that a user's input, files or environment can cause. What only we can cause is an
/// assertion.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A configuration or a call that cannot be carried out (exit status 2). A component names its own
/// key alone, ("shape", "has 3 numbers, but ..."); the configuration puts table, file and line
/// before it. what() is "key: reason".
class ConfigError : public Error {
 public:
  ConfigError(std::string key, std::string reason)
      : Error(key + ": " + reason), key_(std::move(key)), reason_(std::move(reason)) {}
  const std::string& key() const {
    return key_;
  }  ///< or the flag, or "file:line:column: table.key"
  const std::string& reason() const { return reason_; }

 private:
  std::string key_, reason_;
};

/// A file that is missing, unreadable, foreign, damaged or in the way (exit status 1, or 2 when it
/// was named in the call). what() is "path: reason".
class FileError : public Error {
 public:
  FileError(std::string path, std::string reason)
      : Error(path + ": " + reason), path_(std::move(path)), reason_(std::move(reason)) {}
  const std::string& path() const { return path_; }
  const std::string& reason() const { return reason_; }

 private:
  std::string path_, reason_;
};

/// Thrown in an evaluation, it ends the run; anything else makes the candidate invalid. Such as a program
/// that does not keep to its protocol: its other answers cannot be relied on either.
class FatalError : public Error {
 public:
  using Error::Error;
};

}  // namespace cambrian
