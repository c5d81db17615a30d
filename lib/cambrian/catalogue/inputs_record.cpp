#include "cambrian/catalogue/inputs_record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/core/fnv1a.hpp"
#include "cambrian/core/text_file.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;

/// Files that are looked at for a suggestion.
constexpr std::size_t kMostListed = 10'000;
/// Characters of a file's name in messages.
constexpr std::size_t kFileNameShown = 400;

/// The files of a folder and of the folders in it, as named from there. At most kMostListed.
void collect(const fs::path& folder, const fs::path& prefix, bool deeper,
             std::vector<std::string>& names) {
  std::error_code error;
  fs::directory_iterator entries(folder.empty() ? "." : folder, error);
  for (; !error && entries != fs::directory_iterator() && names.size() < kMostListed;
       entries.increment(error)) {
    std::error_code unreadable;
    const fs::path name = prefix / entries->path().filename();
    if (entries->is_regular_file(unreadable)) {
      names.push_back(name.string());
    } else if (deeper && entries->is_directory(unreadable)) {
      collect(entries->path(), name, false, names);
    }
  }
}

/// Where a file was looked for, and the nearest name that is there.
std::string advice(const std::string& name, const std::vector<fs::path>& folders) {
  std::vector<std::string> looked, files;
  for (const fs::path& folder : folders) {
    const fs::path place = fs::path(name).is_absolute() ? fs::path(name).parent_path() : folder;
    const std::string shown = place.empty() ? "." : place.string();
    if (std::ranges::find(looked, shown) != looked.end()) continue;
    looked.push_back(shown);
    collect(place, fs::path(name).is_absolute() ? place : fs::path(), true, files);
  }
  // By the name alone: it is what one remembers, wherever the file lies.
  std::vector<std::string> last;
  last.reserve(files.size());
  for (const std::string& file : files) last.push_back(fs::path(file).filename().string());
  std::string near = nearest_word(name, files);
  if (near.empty()) {
    near = nearest_word(fs::path(name).filename().string(), last);
    const auto at = std::ranges::find(last, near) - last.begin();
    if (!near.empty()) near = files[static_cast<std::size_t>(at)];
  }
  return " in " + joined(looked, ", ", " or ") +
         (near.empty() ? "" : "; did you mean " + quoted(near) + "?");
}

}  // namespace

std::vector<std::filesystem::path> input_folders(const std::filesystem::path& configuration_folder,
                                                 const std::vector<std::filesystem::path>& data) {
  // Files of the working directory are named as a call names them: r.h5, not ./r.h5.
  std::vector<std::filesystem::path> folders = {
      configuration_folder == "." ? "" : configuration_folder, ""};
  folders.insert(folders.end(), data.begin(), data.end());
  return folders;
}

std::string configuration_file(const std::string& name, const std::vector<fs::path>& data) {
  std::error_code ignored, unreachable;
  // What cannot be looked at may be there: whoever opens it says why it cannot be read.
  if (fs::exists(name, unreachable) || unreachable) return name;
  for (const fs::path& folder : data) {
    if (fs::is_regular_file(folder / name, ignored)) return (folder / name).string();
  }
  throw ConfigError(printable(name, kFileNameShown),
                    "there is no such file" + advice(name, input_folders("", data)));
}

std::string content_hash(const std::string& bytes) {
  return fmt::format("fnv1a64:{:016x}", fnv1a(bytes));
}

RecordedInputs::RecordedInputs(const StateReader& inputs) {
  for (const std::string& group : inputs.groups()) {
    const auto input = inputs.group(group);
    const auto bytes = input->column<std::uint8_t>("bytes");
    const auto name = input->attribute_as<std::string>("name");
    std::string text(bytes.begin(), bytes.end());
    if (content_hash(text) != input->attribute_as<std::string>("hash")) {
      throw Error("/inputs/" + group + ": is damaged: its hash does not fit");
    }
    read_.emplace(name, std::move(text));
  }
}

std::string RecordedInputs::read(const std::string& name) const {
  return read_part(name, [](const fs::path& path) { return read_text_file(path); });
}

std::string RecordedInputs::read_part(
    const std::string& name, const std::function<std::string(const fs::path&)>& extract) const {
  const auto known = read_.find(name);
  if (known != read_.end()) return known->second;
  for (const std::filesystem::path& folder : folders_) {
    const std::filesystem::path path = folder / name;
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
      throw ConfigError(printable(name, kFileNameShown), "is a folder, not a file");
    if (!fs::is_regular_file(path, ignored)) continue;
    return read_.emplace(name, extract(path)).first->second;
  }
  if (folders_.empty()) throw FileError(name, "is not among the run file's inputs");
  throw ConfigError(printable(name, kFileNameShown),
                    "there is no such file" + advice(name, folders_));
}

void RecordedInputs::save(StateWriter& writer) const {
  for (const auto& [name, bytes] : read_) {
    std::string group = std::filesystem::path(name).filename().string();
    const auto input = writer.group(group);
    input->attribute("name", name);
    input->attribute("hash", content_hash(bytes));
    input->column<std::uint8_t>("bytes",
                                {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                                {"the file's bytes as they were read"});
  }
}

std::string RecordedInputs::first_difference(const RecordedInputs& other) const {
  const auto [mine, theirs] = std::ranges::mismatch(read_, other.read_);
  if (mine != read_.end()) return mine->first;
  return theirs == other.read_.end() ? "" : theirs->first;
}

}  // namespace cambrian
