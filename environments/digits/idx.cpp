#include "environments/digits/idx.hpp"

#include <algorithm>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr std::uint32_t kImages = 0x803, kLabels = 0x801;
constexpr std::uint32_t kMostAcross = 1024;

/// Reads numbers from the head of a file.
class Head {
 public:
  Head(const std::string& bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  void magic(std::uint32_t expected, const char* what) {
    if (bytes_.starts_with("\x1f\x8b")) {
      throw FileError(name_, "is compressed; expected an IDX file as gunzip unpacks it");
    }
    if (bytes_.size() < 4 || number() != expected) {
      throw FileError(name_, std::string("is not an IDX file of ") + what +
                                 ": it does not begin with the bytes 00 00 08 0" +
                                 (expected == kImages ? "3" : "1"));
    }
  }
  std::uint32_t number() {
    if (at_ + 4 > bytes_.size()) throw FileError(name_, "ends within its head");
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8U | static_cast<std::uint8_t>(bytes_[at_++]);
    return value;
  }
  /// What follows the head. @param expected  how many bytes, at most 2^53
  std::vector<std::uint8_t> rest(std::uint64_t expected) {
    const std::uint64_t held = bytes_.size() - at_;
    if (held != expected) {
      throw FileError(name_, "holds " + std::to_string(held) +
                                 " bytes of data, but its head says " + std::to_string(expected));
    }
    return {bytes_.begin() + static_cast<std::ptrdiff_t>(at_), bytes_.end()};
  }

 private:
  const std::string& bytes_;
  const std::string& name_;
  std::size_t at_ = 0;
};

}  // namespace

IdxImages parse_idx_images(const std::string& bytes, const std::string& name) {
  Head head(bytes, name);
  head.magic(kImages, "images");
  const std::uint64_t count = head.number(), rows = head.number(), columns = head.number();
  if (count == 0 || rows == 0 || columns == 0) throw FileError(name, "holds no images");
  if (rows > kMostAcross || columns > kMostAcross) {
    throw FileError(name, "holds images of " + std::to_string(rows) + " x " +
                              std::to_string(columns) + " pixels; expected at most " +
                              std::to_string(kMostAcross) + " rows and columns");
  }
  return {count, rows, columns, head.rest(count * rows * columns)};
}

std::vector<std::uint8_t> parse_idx_labels(const std::string& bytes, const std::string& name) {
  Head head(bytes, name);
  head.magic(kLabels, "labels");
  const std::uint64_t count = head.number();
  if (count == 0) throw FileError(name, "holds no labels");
  std::vector<std::uint8_t> labels = head.rest(count);
  const auto strange = std::ranges::find_if(labels, [](std::uint8_t label) { return label > 9; });
  if (strange != labels.end()) {
    throw FileError(name, "holds the label " + std::to_string(*strange) + "; expected 0 to 9");
  }
  return labels;
}

}  // namespace cambrian
