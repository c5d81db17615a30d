#include "cambrian/picture/image.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cambrian {

Colour mixed(Colour a, Colour b, double share) {
  const auto between = [share](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(std::lround(from + share * (to - from)));
  };
  return {between(a.red, b.red), between(a.green, b.green), between(a.blue, b.blue)};
}

Colour viridis(double t) {
  constexpr std::array<Colour, 10> kStops = {{{0x44, 0x01, 0x54},
                                              {0x48, 0x28, 0x78},
                                              {0x3e, 0x49, 0x89},
                                              {0x31, 0x68, 0x8e},
                                              {0x26, 0x82, 0x8e},
                                              {0x1f, 0x9e, 0x89},
                                              {0x35, 0xb7, 0x79},
                                              {0x6e, 0xce, 0x58},
                                              {0xb5, 0xde, 0x2b},
                                              {0xfd, 0xe7, 0x25}}};
  const double place = std::clamp(t, 0.0, 1.0) * (kStops.size() - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), kStops.size() - 2);
  return mixed(kStops[below], kStops[below + 1], place - static_cast<double>(below));
}

}  // namespace cambrian
