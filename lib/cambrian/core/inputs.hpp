// Files that a configuration names: a maze, centroids.
#pragma once

#include <string>

namespace cambrian {

/// Files with their bytes, found beside the configuration, among the installed data, or in a run
/// file.
class Inputs {
 public:
  virtual ~Inputs() = default;
  /// @throws Error if there is none
  virtual std::string read(const std::string& name) const = 0;
};

}  // namespace cambrian
