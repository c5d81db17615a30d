#include "cambrian/environment/inputs.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code ignored;  // what cannot be looked at is not found
  return fs::is_regular_file(path, ignored);
}

std::vector<fs::path> subfolders(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) found.push_back(entry->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

fs::path FileInputs::find(const std::string& name) const {
  if (name.empty()) throw FileError("''", "is no file name");
  if (fs::path(name).is_absolute()) {
    if (is_file(name)) return name;
    throw FileError(name, "there is no such file");
  }
  std::string searched;
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    if (is_file(folders_[i] / name)) return folders_[i] / name;
    if (i > 0) {
      for (const fs::path& folder : subfolders(folders_[i])) {
        if (is_file(folder / name)) return folder / name;
      }
    }
    searched += (i == 0 ? "" : ", ") + (folders_[i].empty() ? "." : folders_[i].string());
  }
  throw FileError(name, "there is no such file in " + (searched.empty() ? "no folder" : searched));
}

std::string FileInputs::read(const std::string& name) const {
  const fs::path path = find(name);
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) throw FileError(path.string(), "cannot be read");
  return bytes;
}

std::string MemoryInputs::read(const std::string& name) const {
  const auto found = files_.find(name);
  if (found == files_.end()) throw FileError(name, "is not among the inputs of the run file");
  return found->second;
}

std::string RecordingInputs::read(const std::string& name) const {
  const auto found = files_.find(name);
  if (found != files_.end()) return found->second;
  return files_.emplace(name, source_.read(name)).first->second;
}

}  // namespace cambrian
