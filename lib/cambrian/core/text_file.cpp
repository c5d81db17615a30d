#include "cambrian/core/text_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "cambrian/core/error.hpp"

namespace cambrian {

std::string read_text_file(const std::filesystem::path& path, std::size_t most) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown))
    throw FileError(path.string(), "is a folder, but a file is expected");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> block(std::size_t{1} << 16U);
  while (file && text.size() <= most) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (text.size() > most) {
    throw FileError(path.string(), "holds more than " + std::to_string(most >> 20U) +
                                       " MiB, the largest size of a text file");
  }
  if (!file.is_open() || file.bad()) {
    throw FileError(path.string(), std::string("cannot be read: ") +
                                       (errno != 0 ? std::strerror(errno) : "unknown reason"));
  }
  return text;
}

}  // namespace cambrian
