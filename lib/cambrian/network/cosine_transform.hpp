// The inverse cosine transform of an array of which only the lowest frequencies are given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cambrian {

/// [count, length] basis functions of an axis, the lowest frequency first, of unit length and orthogonal:
/// a_i cos(pi (2m+1) i / 2 length), a_0 = sqrt(1 / length), a_i = sqrt(2 / length).
/// @param first  of the functions
std::vector<double> cosine_waves(std::size_t count, std::size_t length, std::size_t first = 0);

/// The lowest frequencies of an array of these axes, as places in it, row-major: along simplexes, places
/// of one sum of indices 0, 1, ..; within one, in lexicographic order (our choice: published orders
/// differ). With two axes: along anti-diagonals i + j from the corner, i rising.
/// @param corner  1 .. the axis's length, for each axis: only frequencies below
/// @param count   1 .. the product of corner
std::vector<std::uint32_t> lowest_frequencies(std::span<const std::size_t> axes,
                                              std::span<const std::size_t> corner,
                                              std::size_t count);

/// Type III, orthonormal along all axes. With two, M by N:
///   W[m,n] = sum_ij a_i a_j G[i,j] cos(pi (2m+1) i / 2M) cos(pi (2n+1) j / 2N),
///   a_0 = sqrt(1/M), a_i = sqrt(2/M), and with N for the second axis.
/// Source: Koutnik, Gomez & Schmidhuber 2010.
class CosineTransform {
 public:
  /// Holds no coefficient yet: paints zeros. @param axes  lengths, at least 1 each
  explicit CosineTransform(std::vector<std::size_t> axes);
  /// Of a matrix, the lowest frequencies.
  CosineTransform(std::size_t rows, std::size_t columns, std::size_t coefficients);

  /// Which frequencies have coefficients, in the order in which these are given.
  /// @param places  in the array, row-major, none twice; may be empty
  void hold(std::span<const std::uint32_t> places);
  std::size_t coefficients() const { return boxed_.size(); }
  const std::vector<std::size_t>& axes() const { return axes_; }
  /// Numbers in the array.
  std::size_t size() const { return size_; }
  /// Of each axis, the frequencies from 0 on that hold all coefficients: the box; at least 1.
  const std::vector<std::size_t>& box() const { return box_; }
  /// [box()[axis], axes()[axis]], or more rows
  const std::vector<double>& waves(std::size_t axis) const { return waves_[axis]; }
  /// The coefficients in their places, 0 in the others. @param box  [box()] row-major, written
  void place(std::span<const double> coefficients, std::span<double> box) const;
  /// @param coefficients  [coefficients()]   @param array  [axes] row-major, written. Allocates
  /// nothing.
  void inverse(std::span<const double> coefficients, std::span<double> array);

 private:
  std::vector<std::size_t> axes_;
  std::vector<std::size_t> box_;
  std::size_t size_ = 1;
  std::vector<std::uint32_t> boxed_;        // [coefficients] places in the box, row-major
  std::vector<std::vector<double>> waves_;  // of each axis
  std::vector<double> from_, to_;           // while axis after axis is transformed
};

}  // namespace cambrian
