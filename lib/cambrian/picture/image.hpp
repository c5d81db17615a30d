// Pictures of environments: a scene and the paths of its agents become pixels, pixels become a PNG
// or GIF. The only room that knows libpng and giflib.
//
//   scenes, one per trace row ──► ScenePainter ──► Image ──► encode_png, GifFilm ──► bytes of a file
#pragma once

#include <cstdint>
#include <vector>

namespace cambrian {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};

struct Image {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<Colour> pixels;  ///< [height, width], from the top

  Image() = default;
  Image(std::uint32_t columns, std::uint32_t rows, Colour colour)
      : width(columns), height(rows), pixels(std::size_t{columns} * rows, colour) {}
  Colour& at(std::uint32_t x, std::uint32_t y) { return pixels[std::size_t{y} * width + x]; }
  const Colour& at(std::uint32_t x, std::uint32_t y) const {
    return pixels[std::size_t{y} * width + x];
  }
};

/// From a to b. @param share  of b, 0..1
Colour mixed(Colour a, Colour b, double share);

/// The colour map viridis. @param t  0..1; outside: the nearer end
/// Source: van der Walt & Smith 2015, matplotlib; ten of its colours, linear in between.
Colour viridis(double t);

}  // namespace cambrian
