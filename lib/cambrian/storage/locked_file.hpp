// Room-private: where a run file really stands, and files beside it that one process holds at a
// time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace cambrian::locked_file {

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor();
  int get() const { return value_; }

 private:
  int value_;
};

/// The file that is to be replaced: behind links.
/// @throws FileError unless it is a file or not there
std::filesystem::path destination(const std::filesystem::path& path);
std::filesystem::path folder_of(const std::filesystem::path& file);
/// ".NAME.suffix" in the folder of a file.
std::filesystem::path beside(const std::filesystem::path& file, const char* suffix);

/// Opens (or makes) and locks a file; the lock ends with the descriptor or the process. A file
/// system without locks gives it unlocked.
/// @param run_file  for messages
/// @return none: another holds it
/// @throws FileError if it cannot be opened
std::optional<Descriptor> open_locked(const std::filesystem::path& file,
                                      const std::string& run_file);

}  // namespace cambrian::locked_file
