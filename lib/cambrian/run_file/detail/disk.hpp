// Room-private: where a run file really stands, what stands beside it, and how its bytes are read
// and written.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <utility>

namespace cambrian::disk {

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

/// Reads in as many pieces as the system makes of it. @return how many bytes: fewer where the file
/// ends; -1: errno says why
ssize_t read_at(int descriptor, void* to, std::size_t bytes, std::uint64_t offset);
/// Writes all of it. @return false: errno says why
bool write_at(int descriptor, const void* from, std::size_t bytes, std::uint64_t offset);

/// What the system says of the last call, errno in words.
std::string last_error();

/// The file that is to be replaced: behind links.
/// @throws FileError unless it is a file or not there
std::filesystem::path destination(const std::filesystem::path& path);
std::filesystem::path folder_of(const std::filesystem::path& file);
/// ".NAME.suffix" in the folder of a file.
std::filesystem::path beside(const std::filesystem::path& file, const char* suffix);

}  // namespace cambrian::disk
