// Who follows a run: each row of its history, written when it is logged, for programs that plot or track runs
// while they last (apps/FOLLOW.md has an example).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "cambrian/record/history.hpp"

namespace cambrian {

class Follower {
 public:
  virtual ~Follower() = default;
  /// Takes the last row. @throws FileError if it cannot be written; nothing is written any more then
  virtual void row(const History& history) = 0;
};

/// A line per row: {"evaluations":1000,"generations":10,...}, with the columns of /history, null for what is
/// not a number.
/// @param file    "-": standard output
/// @param append  whether what is there stays, as for a run that continues
/// @throws FileError if it cannot be written
std::unique_ptr<Follower> follow_as_json_lines(const std::string& file, bool append);

/// TensorBoard's event files: a scalar per column, at the step that is the number of evaluations. A folder
/// is a run to TensorBoard, and may hold the files of several calls.
/// Source: the format of TensorFlow's TFRecord and event.proto.
/// @throws FileError if it cannot be written
std::unique_ptr<Follower> follow_as_event_file(const std::filesystem::path& folder);

}  // namespace cambrian
