// Reads pictures back by the libraries themselves.
#pragma once

#include <string>
#include <vector>

#include "cambrian/picture/image.hpp"

namespace cambrian {

/// An empty image if the bytes are no PNG.
Image decode_png(const std::string& bytes);

struct Frame {
  Image image;  ///< as a viewer shows it
  int hundredths = 0;
};
/// No frames if the bytes are no GIF.
std::vector<Frame> decode_gif(const std::string& bytes);

/// Mean difference of a channel, 0..255; 255 where the sizes differ.
double difference(const Image& a, const Image& b);
/// Largest difference of a channel.
int largest_difference(const Image& a, const Image& b);

}  // namespace cambrian
