#include "tests/picture/decode.hpp"

#include <gif_lib.h>
#include <png.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace cambrian {

Image decode_png(const std::string& bytes) {
  png_image png = {};
  png.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()) == 0) return {};
  png.format = PNG_FORMAT_RGB;
  Image image(png.width, png.height, {});
  if (png_image_finish_read(&png, nullptr, image.pixels.data(), 0, nullptr) == 0) return {};
  return image;
}

std::vector<Frame> decode_gif(const std::string& bytes) {
  std::string rest = bytes;
  int error = 0;
  GifFileType* gif = DGifOpen(
      &rest,
      [](GifFileType* file, GifByteType* data, int size) {
        auto& from = *static_cast<std::string*>(file->UserData);
        const std::size_t count = std::min(from.size(), static_cast<std::size_t>(size));
        std::memcpy(data, from.data(), count);
        from.erase(0, count);
        return static_cast<int>(count);
      },
      &error);
  std::vector<Frame> frames;
  if (gif == nullptr) return frames;
  if (DGifSlurp(gif) == GIF_OK) {
    Image shown(static_cast<std::uint32_t>(gif->SWidth), static_cast<std::uint32_t>(gif->SHeight),
                {});
    for (int f = 0; f < gif->ImageCount; ++f) {
      const SavedImage& saved = gif->SavedImages[f];
      GraphicsControlBlock control = {};
      DGifSavedExtensionToGCB(gif, f, &control);
      const GifImageDesc& box = saved.ImageDesc;
      for (int y = 0; y < box.Height; ++y) {
        for (int x = 0; x < box.Width; ++x) {
          const int index = saved.RasterBits[y * box.Width + x];
          if (index == control.TransparentColor) continue;
          const GifColorType& colour = gif->SColorMap->Colors[index];
          shown.at(static_cast<std::uint32_t>(box.Left + x),
                   static_cast<std::uint32_t>(box.Top + y)) = {colour.Red, colour.Green,
                                                               colour.Blue};
        }
      }
      frames.push_back({shown, control.DelayTime});
    }
  }
  DGifCloseFile(gif, &error);
  return frames;
}

double difference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height || a.pixels.empty()) return 255;
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    sum += std::abs(a.pixels[i].red - b.pixels[i].red) +
           std::abs(a.pixels[i].green - b.pixels[i].green) +
           std::abs(a.pixels[i].blue - b.pixels[i].blue);
  }
  return sum / (3 * static_cast<double>(a.pixels.size()));
}

int largest_difference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height || a.pixels.empty()) return 255;
  int most = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    most = std::max({most, std::abs(a.pixels[i].red - b.pixels[i].red),
                     std::abs(a.pixels[i].green - b.pixels[i].green),
                     std::abs(a.pixels[i].blue - b.pixels[i].blue)});
  }
  return most;
}

}  // namespace cambrian
