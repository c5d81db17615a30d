// Files that a configuration names: a maze, centroids.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

/// Files with their bytes, found beside the configuration, among the installed data, or in a run
/// file.
class Inputs {
 public:
  virtual ~Inputs() = default;
  /// @throws Error if there is none
  virtual std::string read(const std::string& name) const = 0;
  /// What `extract` takes out of a file that is too large to be kept whole. It is kept in the file's
  /// place: where that is read again, nothing is extracted. @throws Error as read(), and as `extract`
  virtual std::string read_part(
      const std::string& name,
      const std::function<std::string(const std::filesystem::path&)>& extract) const {
    static_cast<void>(extract);
    throw Error(name + ": parts of files cannot be read here");
  }
};

}  // namespace cambrian
