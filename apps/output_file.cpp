#include "apps/output_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "cambrian/core/error.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian::apps {

void refuse_in_the_way(const std::string& output, bool force) {
  if (std::filesystem::is_directory(output)) {
    throw ConfigError("-o " + output, "is a folder; name a file");
  }
  if (!force && std::filesystem::exists(output)) {
    throw ConfigError("-o " + output, "exists; --force replaces it");
  }
}

void refuse_foreign(const std::filesystem::path& output) {
  std::error_code unreadable;
  if (!std::filesystem::exists(output, unreadable)) return;
  try {
    const RunFileReader whole(output);
  } catch (const ForeignFile&) {
    throw ConfigError("-o " + output.string(),
                      "exists and is not a run file; --force replaces only run files");
  } catch (const FileError&) {
    return;  // a damaged one
  }
}

void write_file(const std::string& path, const std::string& bytes) {
  const std::string beside = path + ".tmp";
  errno = 0;
  std::ofstream file(beside, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error(errno, std::generic_category());
  if (file) {
    std::filesystem::rename(beside, path, error);
    if (!error) return;
  }
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  throw FileError(path, "cannot be written: " + error.message());
}

}  // namespace cambrian::apps
