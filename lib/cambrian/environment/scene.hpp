// What an environment looks like at one moment, in its own coordinates: shaded cells, and lines,
// circles and labels, each with a role. An environment says what there is and where; colours, widths and paths over time are
// up to the renderer (picture/).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cambrian {

struct ScenePoint {
  double x = 0;
  double y = 0;
};

/// What a shape is. `agent` is what acts: a renderer draws the way that its circles have come.
enum class SceneRole : std::uint8_t { wall, start, goal, agent };

struct SceneLine {
  SceneRole role = SceneRole::wall;
  std::vector<ScenePoint> points;  ///< joined in order; at least one
};

struct SceneCircle {
  SceneRole role = SceneRole::agent;
  ScenePoint centre;
  double radius = 1;
};

/// A filled rectangle, such as a pixel of an image.
struct SceneCell {
  ScenePoint min, max;
  double shade = 1;                    ///< 0 (white) to 1 (black, or the colour of its role)
  std::optional<SceneRole> role = {};  ///< whose colour it has; none: grey
};

struct SceneLabel {
  SceneRole role = SceneRole::wall;
  ScenePoint centre;
  std::string text;  ///< ASCII
};

struct Scene {
  ScenePoint min, max;  ///< the box that is to be seen; max above min in both coordinates
  bool y_grows_downward = false;
  /// Agents have been put where they are, such as for another trial: no way leads there from where they were.
  bool begins = false;
  std::string legend = {};  ///< what marks mean, ASCII; room is made where the first moment has one
  std::vector<SceneCell> cells;  ///< below everything else, in order
  std::vector<SceneLine> lines;
  std::vector<SceneCircle> circles;  ///< the i-th agent of one moment is the i-th of the next
  std::vector<SceneLabel> labels;
};

}  // namespace cambrian
