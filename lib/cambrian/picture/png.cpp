#include "cambrian/picture/png.hpp"

#include <png.h>

#include "cambrian/core/error.hpp"

namespace cambrian {

std::string encode_png(const Image& image) {
  static_assert(sizeof(Colour) == 3, "libpng reads the pixels as they lie");
  png_image png = {};
  png.version = PNG_IMAGE_VERSION;
  png.width = image.width;
  png.height = image.height;
  png.format = PNG_FORMAT_RGB;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(png), '\0');
  png_alloc_size_t size = bytes.size();
  if (png_image_write_to_memory(&png, bytes.data(), &size, 0, image.pixels.data(), 0, nullptr) ==
      0) {
    throw Error(std::string("PNG: ") + png.message);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace cambrian
