// The look of all environments: white ground, dark walls, every agent's path in viridis by time,
// start and goal marked, the agent on top; a line of text above, with a legend under it where the
// environment has one, a bar of time below.
#pragma once

#include <string>
#include <vector>

#include "cambrian/environment/scene.hpp"
#include "cambrian/picture/image.hpp"

namespace cambrian {

class ScenePainter {
 public:
  /// @param scenes   one a moment, in order; at least one; the first gives the box that is seen
  /// @param caption  printed above, as far as it fits
  /// @param size     of the environment's longer side, pixels; at least 64
  /// @throws Error if the box is empty or not finite
  ScenePainter(std::vector<Scene> scenes, std::string caption, std::uint32_t size);

  std::size_t moments() const { return scenes_.size(); }
  /// The scene of one moment, with the ways that its agents have come until then.
  Image paint(std::size_t moment) const;

 private:
  class Brush;

  std::vector<Scene> scenes_;
  std::string caption_;
  double scale_;   // pixels a unit of the environment
  double margin_;  // pixels
  double top_;     // pixels above the box
  double text_;    // pixels a step of the font's grid
  std::uint32_t width_, height_;
};

}  // namespace cambrian
