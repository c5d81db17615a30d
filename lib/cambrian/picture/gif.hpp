// Images as the bytes of an animated GIF that repeats for ever.
#pragma once

#include <memory>
#include <string>

#include "cambrian/picture/image.hpp"

namespace cambrian {

class GifFilm {
 public:
  /// @param typical  all frames have its size and are shown in its most frequent colours
  explicit GifFilm(const Image& typical);
  ~GifFilm();
  GifFilm(const GifFilm&) = delete;
  GifFilm& operator=(const GifFilm&) = delete;

  /// Only what differs from the frame before is stored. @param hundredths  of a second that it
  /// stays. @throws Error where giflib cannot
  void add(const Image& frame, int hundredths);
  /// The whole file; nothing may be added after it. @throws Error where giflib cannot
  std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cambrian
