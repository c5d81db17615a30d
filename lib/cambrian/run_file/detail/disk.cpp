#include "cambrian/run_file/detail/disk.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cambrian/core/error.hpp"

namespace cambrian::disk {

namespace fs = std::filesystem;

namespace {

/// Repeats `piece`, pread or pwrite, until all is done, it gives nothing, or it fails.
ssize_t in_pieces(auto piece, int descriptor, auto* data, std::size_t bytes, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t now =
        piece(descriptor, data + done, bytes - done, static_cast<off_t>(offset + done));
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) return -1;
    if (now == 0) break;
    done += static_cast<std::size_t>(now);
  }
  return static_cast<ssize_t>(done);
}

}  // namespace

ssize_t read_at(int descriptor, void* to, std::size_t bytes, std::uint64_t offset) {
  return in_pieces(pread, descriptor, static_cast<char*>(to), bytes, offset);
}

bool write_at(int descriptor, const void* from, std::size_t bytes, std::uint64_t offset) {
  const ssize_t done = in_pieces(pwrite, descriptor, static_cast<const char*>(from), bytes, offset);
  if (done >= 0 && static_cast<std::size_t>(done) < bytes) errno = EIO;
  return done == static_cast<ssize_t>(bytes);
}

Descriptor::~Descriptor() {
  if (value_ >= 0) close(value_);
}

std::string last_error() { return std::strerror(errno); }

fs::path destination(const fs::path& path) {
  std::error_code none;
  fs::path target = path;  // a link may name what is not there yet, which canonical() cannot follow
  for (int links = 0; links < 40 && fs::is_symlink(target, none); ++links)
    target = target.parent_path() / fs::read_symlink(target, none);
  const fs::file_status status = fs::status(target, none);
  if (fs::is_directory(status)) throw FileError(path.string(), "is a folder, not a run file");
  if (fs::exists(status) && !fs::is_regular_file(status))
    throw FileError(path.string(), "is not a regular file, and a run file cannot replace it");
  if (target.filename().empty()) throw FileError(path.string(), "names no file");
  if (!fs::is_directory(folder_of(target), none))
    throw FileError(path.string(),
                    "cannot be written: there is no folder " + folder_of(target).string());
  return target;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

fs::path beside(const fs::path& file, const char* suffix) {
  return folder_of(file) / ("." + file.filename().string() + suffix);
}

}  // namespace cambrian::disk
