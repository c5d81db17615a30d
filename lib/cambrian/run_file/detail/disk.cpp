#include "cambrian/run_file/detail/disk.hpp"

#include <unistd.h>

#include "cambrian/core/error.hpp"

namespace cambrian::disk {

namespace fs = std::filesystem;

Descriptor::~Descriptor() {
  if (value_ >= 0) close(value_);
}

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
  std::string name(1, '.');
  name += file.filename().string();
  name += suffix;
  return folder_of(file) / name;
}

}  // namespace cambrian::disk
