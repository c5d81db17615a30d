// Images and labels in IDX files, as the MNIST database has them.
//
//   images   00 00 08 03, count, rows, columns (4 bytes each, the highest first), then a byte per pixel, row by row
//   labels   00 00 08 01, count, then a byte per label
//
// Source: LeCun, Cortes & Burges, "The MNIST database of handwritten digits".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cambrian {

struct IdxImages {
  std::size_t count = 0, rows = 0, columns = 0;
  std::vector<std::uint8_t> pixels;  ///< [count, rows, columns]
  std::size_t pixels_each() const { return rows * columns; }
};

/// @param bytes  of the whole file  @param name  the file's, for messages
/// @throws FileError if it is not such a file, holds no images, images of more than 1,024 rows or columns, or
/// more or fewer bytes than it says
IdxImages parse_idx_images(const std::string& bytes, const std::string& name);
/// @throws FileError likewise, and if a label is above 9
std::vector<std::uint8_t> parse_idx_labels(const std::string& bytes, const std::string& name);

}  // namespace cambrian
