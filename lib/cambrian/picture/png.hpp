// An image as the bytes of a PNG file.
#pragma once

#include <string>

#include "cambrian/picture/image.hpp"

namespace cambrian {

/// @throws Error where libpng cannot
std::string encode_png(const Image& image);

}  // namespace cambrian
