#include "cambrian/picture/scene_painter.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/picture/canvas.hpp"
#include "cambrian/picture/stroke_font.hpp"

namespace cambrian {
namespace {

constexpr Colour kGround{255, 255, 255};
constexpr Colour kInk{0x22, 0x22, 0x22};
/// In the order of SceneRole: wall, start, goal, agent.
constexpr std::array<Colour, 4> kRoleColours = {
    {kInk, {0x1f, 0x77, 0xb4}, {0xd6, 0x27, 0x28}, {0xff, 0x7f, 0x0e}}};

Colour colour_of(SceneRole role) { return kRoleColours[static_cast<std::size_t>(role)]; }

/// Viridis without its palest end, which white ground would swallow.
Colour time_colour(double share) { return viridis(0.93 * share); }

/// White, and as much of the cell's colour as its shade says.
Colour shaded(const SceneCell& cell) {
  const Colour full = cell.role ? colour_of(*cell.role) : Colour{0, 0, 0};
  const double shade = std::clamp(cell.shade, 0.0, 1.0);
  const auto mixed = [&](std::uint8_t channel) {
    return static_cast<std::uint8_t>(std::lround(255 - shade * (255 - channel)));
  };
  return {mixed(full.red), mixed(full.green), mixed(full.blue)};
}

std::vector<ScenePoint> agents_of(const Scene& scene) {
  std::vector<ScenePoint> centres;
  for (const SceneCircle& circle : scene.circles) {
    if (circle.role == SceneRole::agent) centres.push_back(circle.centre);
  }
  return centres;
}

}  // namespace

/// Draws one moment: the environment's coordinates become pixels here.
class ScenePainter::Brush {
 public:
  explicit Brush(const ScenePainter& painter)
      : painter_(painter), canvas_(painter.width_, painter.height_, kGround) {}

  void paths(std::size_t moment) {
    const std::vector<Scene>& scenes = painter_.scenes_;
    const double last = std::max<double>(1, static_cast<double>(scenes.size() - 1));
    std::vector<ScenePoint> before = agents_of(scenes.front());
    for (std::size_t i = 1; i <= moment; ++i) {
      std::vector<ScenePoint> now = agents_of(scenes[i]);
      const std::size_t moved = scenes[i].begins ? 0 : std::min(before.size(), now.size());
      for (std::size_t agent = 0; agent < moved; ++agent) {
        const std::vector<ScenePoint> step = {pixel(before[agent]), pixel(now[agent])};
        canvas_.stroke(step, 2.6 * line(), time_colour(static_cast<double>(i) / last));
      }
      before = std::move(now);
    }
  }

  void cells(const Scene& scene) {
    for (const SceneCell& cell : scene.cells) {
      canvas_.rectangle(pixel(cell.min), pixel(cell.max), shaded(cell));
    }
  }

  void lines(const Scene& scene, bool agents) {
    for (const SceneLine& shape : scene.lines) {
      if ((shape.role == SceneRole::agent) != agents) continue;
      std::vector<ScenePoint> points;
      for (const ScenePoint& point : shape.points) points.push_back(pixel(point));
      canvas_.stroke(points, 2.4 * line(), agents ? kInk : colour_of(shape.role));
    }
  }

  /// Start: a ring; goal and agent: filled, the agent with a dark edge.
  void circles(const Scene& scene, bool agents) {
    for (const SceneCircle& circle : scene.circles) {
      if ((circle.role == SceneRole::agent) != agents) continue;
      const ScenePoint centre = pixel(circle.centre);
      const double radius = circle.radius * painter_.scale_;
      const Colour colour = colour_of(circle.role);
      if (circle.role == SceneRole::goal || agents) canvas_.disc(centre, radius, colour);
      if (circle.role != SceneRole::goal) {
        canvas_.ring(centre, radius - 0.8 * line(), 1.6 * line(), agents ? kInk : colour);
      }
    }
  }

  void labels(const Scene& scene) {
    for (const SceneLabel& label : scene.labels) {
      const ScenePoint centre = pixel(label.centre);
      const ScenePoint left = {centre.x - text_width(label.text) * painter_.text_ / 2, centre.y};
      canvas_.text(left, label.text, painter_.text_, 5 * line(), kGround);
      write(left, label.text, colour_of(label.role));
    }
  }

  void caption(std::size_t moment) {
    write({painter_.margin_, painter_.margin_}, painter_.caption_, kInk);
    constexpr Colour kQuiet{0x6b, 0x6b, 0x6b};
    const double below = painter_.margin_ + 15 * painter_.text_;
    write({painter_.margin_, below}, painter_.scenes_[moment].legend, kQuiet);
  }

  /// Time, as far as it has come: 0 to the last moment.
  void time_bar(std::size_t moment) {
    const std::size_t last = painter_.scenes_.size() - 1;
    const std::string now = "step " + std::to_string(moment);
    const std::string all = "of " + std::to_string(last);
    const double y = painter_.height_ - painter_.margin_;
    const double widest = painter_.text_ * text_width("step " + std::to_string(last));
    const double left = painter_.margin_ + widest + painter_.margin_ / 2;
    const double right =
        painter_.width_ - 1.5 * painter_.margin_ - painter_.text_ * text_width(all);
    write({painter_.margin_, y}, now, kInk);
    write({painter_.width_ - painter_.margin_ - painter_.text_ * text_width(all), y}, all, kInk);
    constexpr Colour kEmpty{0xe6, 0xe6, 0xe6};
    const double width = 6 * line();
    const std::vector<ScenePoint> whole = {{left, y}, {right, y}};
    canvas_.stroke(whole, width, kEmpty);
    const double share = last == 0 ? 0 : static_cast<double>(moment) / static_cast<double>(last);
    const auto pieces = static_cast<int>(std::lround(share * (right - left)));
    for (int i = 0; i < pieces; ++i) {
      const std::vector<ScenePoint> piece = {{left + i, y}, {left + i + 1, y}};
      canvas_.stroke(piece, width, time_colour(i / (right - left)));
    }
  }

  const Image& image() const { return canvas_.image(); }

 private:
  ScenePoint pixel(ScenePoint place) const {
    const Scene& box = painter_.scenes_.front();
    const double down = box.y_grows_downward ? place.y - box.min.y : box.max.y - place.y;
    return {painter_.margin_ + (place.x - box.min.x) * painter_.scale_,
            painter_.top_ + down * painter_.scale_};
  }

  /// Pixels of a thin line.
  double line() const { return painter_.text_ * 0.75; }

  void write(ScenePoint left_middle, std::string_view words, Colour colour) {
    canvas_.text(left_middle, words, painter_.text_, 1.05 * line(), colour);
  }

  const ScenePainter& painter_;
  Canvas canvas_;
};

ScenePainter::ScenePainter(std::vector<Scene> scenes, std::string caption, std::uint32_t size)
    : scenes_(std::move(scenes)), caption_(std::move(caption)) {
  const Scene& box = scenes_.front();
  const double across = box.max.x - box.min.x;
  const double down = box.max.y - box.min.y;
  const double longer = std::max(across, down);
  if (!(across > 0) || !(down > 0) || !std::isfinite(longer)) {
    throw Error("the environment cannot be drawn: its box is empty or not finite");
  }
  scale_ = size / longer;
  margin_ = std::round(size / 20.0);
  text_ = size / 400.0;
  top_ = 2 * margin_ + (box.legend.empty() ? 0 : std::round(15 * text_));
  width_ = static_cast<std::uint32_t>(std::ceil(across * scale_ + 2 * margin_));
  height_ = static_cast<std::uint32_t>(std::ceil(down * scale_ + top_ + 2 * margin_));
}

Image ScenePainter::paint(std::size_t moment) const {
  const Scene& scene = scenes_[moment];
  Brush brush(*this);
  brush.cells(scene);
  brush.paths(moment);
  brush.lines(scene, false);
  brush.circles(scene, false);
  brush.labels(scene);
  brush.circles(scene, true);
  brush.lines(scene, true);
  brush.caption(moment);
  brush.time_bar(moment);
  return brush.image();
}

}  // namespace cambrian
