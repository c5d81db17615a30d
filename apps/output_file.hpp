// Files that a verb writes with -o.
#pragma once

#include <filesystem>
#include <string>

namespace cambrian::apps {

/// @throws ConfigError "-o FILE: ..." for a folder, or a file that is there unless `force`
void refuse_in_the_way(const std::string& output, bool force);

/// For verbs that write run files, with --force: only run files, whole or damaged, are replaced.
/// @throws ConfigError "-o FILE: ..." for a file of another kind
void refuse_foreign(const std::filesystem::path& output);

/// Beside its place first, so that a full disk leaves what was there.
/// @throws FileError
void write_file(const std::string& path, const std::string& bytes);

}  // namespace cambrian::apps
