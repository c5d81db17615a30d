#include "cambrian/picture/canvas.hpp"

#include <algorithm>
#include <cmath>

#include "cambrian/picture/stroke_font.hpp"

namespace cambrian {
namespace {

/// Of p to the line from a to b, ends included.
double distance_to(ScenePoint p, ScenePoint a, ScenePoint b) {
  const double ex = b.x - a.x;
  const double ey = b.y - a.y;
  const double length2 = ex * ex + ey * ey;
  const double along =
      length2 > 0 ? std::clamp(((p.x - a.x) * ex + (p.y - a.y) * ey) / length2, 0.0, 1.0) : 0.0;
  return std::hypot(p.x - a.x - along * ex, p.y - a.y - along * ey);
}

/// A pixel's number, clamped while it is still a double: a shape may lie anywhere.
std::uint32_t pixel(double value, std::uint32_t count) {
  return static_cast<std::uint32_t>(std::clamp(value, 0.0, static_cast<double>(count)));
}

}  // namespace

template <class Distance>
void Canvas::fill(const Box& box, Colour colour, const Distance& distance) {
  const std::uint32_t left = pixel(std::floor(box.left - 1), image_.width);
  const std::uint32_t right = pixel(std::ceil(box.right + 1), image_.width);
  const std::uint32_t top = pixel(std::floor(box.top - 1), image_.height);
  const std::uint32_t bottom = pixel(std::ceil(box.bottom + 1), image_.height);
  for (std::uint32_t y = top; y < bottom; ++y) {
    for (std::uint32_t x = left; x < right; ++x) {
      const double covered = std::clamp(0.5 - distance(ScenePoint{x + 0.5, y + 0.5}), 0.0, 1.0);
      Colour& under = image_.at(x, y);
      if (covered > 0) under = mixed(under, colour, covered);
    }
  }
}

void Canvas::stroke(std::span<const ScenePoint> points, double width, Colour colour) {
  const double half = width / 2;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i + 1 == points.size() && i > 0) break;
    const ScenePoint a = points[i];
    const ScenePoint b = points[std::min(i + 1, points.size() - 1)];
    const Box box{std::min(a.x, b.x) - half, std::min(a.y, b.y) - half, std::max(a.x, b.x) + half,
                  std::max(a.y, b.y) + half};
    fill(box, colour, [&](ScenePoint p) { return distance_to(p, a, b) - half; });
  }
}

void Canvas::rectangle(ScenePoint corner, ScenePoint opposite, Colour colour) {
  const Box box{std::min(corner.x, opposite.x), std::min(corner.y, opposite.y),
                std::max(corner.x, opposite.x), std::max(corner.y, opposite.y)};
  fill(box, colour, [&](ScenePoint p) {
    return p.x >= box.left && p.x < box.right && p.y >= box.top && p.y < box.bottom ? -1.0 : 1.0;
  });
}

void Canvas::disc(ScenePoint centre, double radius, Colour colour) {
  const Box box{centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius};
  fill(box, colour,
       [&](ScenePoint p) { return std::hypot(p.x - centre.x, p.y - centre.y) - radius; });
}

void Canvas::ring(ScenePoint centre, double radius, double width, Colour colour) {
  const double outer = radius + width / 2;
  const Box box{centre.x - outer, centre.y - outer, centre.x + outer, centre.y + outer};
  fill(box, colour, [&](ScenePoint p) {
    return std::abs(std::hypot(p.x - centre.x, p.y - centre.y) - radius) - width / 2;
  });
}

void Canvas::text(ScenePoint left_middle, std::string_view words, double unit, double width,
                  Colour colour) {
  for (std::vector<ScenePoint>& points : text_strokes(words)) {
    for (ScenePoint& p : points) p = {left_middle.x + unit * p.x, left_middle.y + unit * p.y};
    stroke(points, width, colour);
  }
}

}  // namespace cambrian
