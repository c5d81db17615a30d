#include "cambrian/run/followers.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

/// A file that is written row by row, each of them at once.
class RowFile {
 public:
  /// @param mode  of fopen
  RowFile(std::string name, const char* mode)
      : name_(std::move(name)), file_(name_ == "-" ? stdout : opened(mode)) {
    if (file_ == nullptr) fail();
  }
  RowFile(const RowFile&) = delete;
  RowFile& operator=(const RowFile&) = delete;
  ~RowFile() {
    if (file_ != stdout) std::fclose(file_);
  }
  void write(const std::string& row) const {
    if (std::fwrite(row.data(), 1, row.size(), file_) != row.size() || std::fflush(file_) != 0)
      fail();
  }

 private:
  /// A pipe that nobody reads is an error at once, rather than waited for.
  std::FILE* opened(const char* mode) const {
    const int how = *mode == 'a' ? O_APPEND : O_TRUNC;
    const int place = open(name_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | how, 0666);
    if (place < 0) return nullptr;
    fcntl(place, F_SETFL, fcntl(place, F_GETFL) & ~O_NONBLOCK);
    return fdopen(place, mode);
  }
  [[noreturn]] void fail() const {
    const std::string reason = errno == ENXIO ? "nobody reads this pipe" : std::strerror(errno);
    throw FileError(name_ == "-" ? "standard output" : name_, "cannot be written: " + reason);
  }
  std::string name_;
  std::FILE* file_;
};

/// Such that it is read as the same double.
std::string json_number(double value) {
  if (!std::isfinite(value)) return "null";
  std::array<char, 32> digits;
  const bool whole = value == std::floor(value) && std::abs(value) < 0x1p53;
  const auto end = whole ? std::to_chars(digits.data(), digits.data() + digits.size(),
                                         static_cast<std::int64_t>(value))
                         : std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}

class JsonLines final : public Follower {
 public:
  JsonLines(const std::string& file, bool append) : file_(file, append ? "a" : "w") {}
  void row(const History& history) override {
    std::string line;
    for (const std::string& name : history.columns())
      line += (line.empty() ? "{\"" : ",\"") + name + "\":" + json_number(history.last(name));
    file_.write(line + "}\n");
  }

 private:
  RowFile file_;
};

/// CRC-32C (Castagnoli), as TFRecord masks it.
std::uint32_t masked_crc(const std::string& bytes) {
  std::uint32_t crc = 0xffffffffU;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0x82f63b78U : 0U);
  }
  crc = ~crc;
  return ((crc >> 15U) | (crc << 17U)) + 0xa282ead8U;
}

/// The bytes of a value in this machine's order, which is little-endian as the format's.
template <class T>
std::string bytes_of(T value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80U; value >>= 7U) bytes += static_cast<char>((value & 0x7fU) | 0x80U);
  return bytes + static_cast<char>(value);
}

// Fields of protocol buffers: number and wire type, then the value.
std::string field(unsigned id, double value) { return varint(id << 3U | 1U) + bytes_of(value); }
std::string field(unsigned id, float value) { return varint(id << 3U | 5U) + bytes_of(value); }
std::string field(unsigned id, std::uint64_t value) { return varint(id << 3U) + varint(value); }
std::string field(unsigned id, const std::string& bytes) {
  return varint(id << 3U | 2U) + varint(bytes.size()) + bytes;
}

std::string framed(const std::string& data) {
  const std::string length = bytes_of(std::uint64_t{data.size()});
  return length + bytes_of(masked_crc(length)) + data + bytes_of(masked_crc(data));
}

double unix_seconds() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string event_file_in(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw FileError(folder.string(), "this folder cannot be made: " + error.message());
  // TensorBoard reads the files of a folder in the order of their names.
  char name[80];
  std::snprintf(name, sizeof name, "events.out.tfevents.%.0f.cambrian.%d",
                std::floor(unix_seconds()), static_cast<int>(getpid()));
  return (folder / name).string();
}

// Of event.proto and summary.proto.
enum Field : unsigned { kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5 };
enum SummaryField : unsigned { kValue = 1, kTag = 1, kSimpleValue = 2 };

class EventFile final : public Follower {
 public:
  explicit EventFile(const std::filesystem::path& folder) : file_(event_file_in(folder), "w") {
    file_.write(framed(field(kWallTime, unix_seconds()) +
                       field(kFileVersion, std::string("brain.Event:2"))));
  }
  void row(const History& history) override {
    std::string values;
    for (const std::string& name : history.columns()) {
      const double value = history.last(name);
      if (name == "evaluations" || !std::isfinite(value)) continue;
      values += field(kValue, field(kTag, name) + field(kSimpleValue, static_cast<float>(value)));
    }
    file_.write(framed(field(kWallTime, unix_seconds()) +
                       field(kStep, static_cast<std::uint64_t>(history.last("evaluations"))) +
                       field(kSummary, values)));
  }

 private:
  RowFile file_;
};

}  // namespace

std::unique_ptr<Follower> follow_as_json_lines(const std::string& file, bool append) {
  return std::make_unique<JsonLines>(file, append);
}

std::unique_ptr<Follower> follow_as_event_file(const std::filesystem::path& folder) {
  return std::make_unique<EventFile>(folder);
}

}  // namespace cambrian
