// Draws on an image, anti-aliased: a pixel is covered by how far its centre lies inside a shape,
// over a border of one pixel. Coordinates are pixels, (0, 0) the image's upper left corner, so
// that the first pixel's centre is (0.5, 0.5). What lies outside the image is left out.
#pragma once

#include <span>
#include <string_view>

#include "cambrian/environment/scene.hpp"
#include "cambrian/picture/image.hpp"

namespace cambrian {

class Canvas {
 public:
  Canvas(std::uint32_t width, std::uint32_t height, Colour background)
      : image_(width, height, background) {}

  /// With round ends and joints; one point is a dot.
  void stroke(std::span<const ScenePoint> points, double width, Colour colour);
  /// All pixels whose centres it holds, without a border, so that rectangles that touch leave no seam.
  /// @param corner, opposite  any two that face each other
  void rectangle(ScenePoint corner, ScenePoint opposite, Colour colour);
  void disc(ScenePoint centre, double radius, Colour colour);
  /// @param radius  of the ring's middle
  void ring(ScenePoint centre, double radius, double width, Colour colour);
  /// Text by strokes; see stroke_font.hpp. @param unit  pixels a step of the font's grid
  void text(ScenePoint left_middle, std::string_view words, double unit, double width,
            Colour colour);

  const Image& image() const { return image_; }

 private:
  struct Box {
    double left, top, right, bottom;
  };
  /// distance(point) is negative inside; box holds everything that is inside.
  template <class Distance>
  void fill(const Box& box, Colour colour, const Distance& distance);

  Image image_;
};

}  // namespace cambrian
