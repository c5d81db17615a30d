// Room-private: where a run file really stands, and what stands beside it.
#pragma once

#include <filesystem>
#include <string>
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

/// The file that is to be replaced: behind links.
/// @throws FileError unless it is a file or not there
std::filesystem::path destination(const std::filesystem::path& path);
std::filesystem::path folder_of(const std::filesystem::path& file);
/// ".NAME.suffix" in the folder of a file.
std::filesystem::path beside(const std::filesystem::path& file, const char* suffix);

}  // namespace cambrian::disk
