#include "cambrian/experiment/inputs_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "cambrian/core/error.hpp"

namespace cambrian {

std::vector<std::filesystem::path> input_folders(const std::filesystem::path& configuration_folder,
                                                 const std::vector<std::filesystem::path>& data) {
  std::vector<std::filesystem::path> folders = {configuration_folder, ""};
  folders.insert(folders.end(), data.begin(), data.end());
  return folders;
}

std::string content_hash(const std::string& bytes) {
  std::uint64_t value = 0xcbf29ce484222325ULL;
  for (const char c : bytes) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return fmt::format("fnv1a64:{:016x}", value);
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
  const auto known = read_.find(name);
  if (known != read_.end()) return known->second;
  for (const std::filesystem::path& folder : folders_) {
    const std::filesystem::path path = folder / name;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) continue;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) throw FileError(path.string(), "cannot be read");
    return read_.emplace(name, bytes.str()).first->second;
  }
  std::string where;
  for (const std::filesystem::path& folder : folders_) {
    where += (where.empty() ? "" : ", ") + (folder.empty() ? std::string(".") : folder.string());
  }
  throw FileError(name, folders_.empty() ? "is not among the run file's inputs"
                                         : "there is no such file (looked in: " + where + ")");
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
