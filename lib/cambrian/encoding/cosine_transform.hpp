// The inverse cosine transform of a matrix of which only the lowest frequencies are given.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace cambrian {

/// Type III, orthonormal along both axes:
///   W[m,n] = sum_ij a_i a_j G[i,j] cos(pi (2m+1) i / 2M) cos(pi (2n+1) j / 2N),
///   a_0 = sqrt(1/M), a_i = sqrt(2/M), and with N for the second axis.
/// Coefficients fill G from its corner (0, 0) along anti-diagonals i + j = 0, 1, ..; within one, i
/// rises (our choice: published orders differ).
/// Source: Koutnik, Gomez & Schmidhuber 2010.
class CosineTransform {
 public:
  /// @param coefficients  1 .. rows * columns
  CosineTransform(std::size_t rows, std::size_t columns, std::size_t coefficients);
  std::size_t coefficients() const { return places_.size(); }
  /// @param coefficients  [coefficients()]   @param matrix  [rows, columns] row-major, written.
  /// Allocates nothing.
  void inverse(std::span<const double> coefficients, std::span<double> matrix);

 private:
  struct Place {
    std::size_t i, j;
  };
  std::size_t rows_;
  std::size_t columns_;
  std::size_t used_rows_ = 0;         // rows of G that hold coefficients
  std::vector<Place> places_;         // [coefficients]
  std::vector<double> row_waves_;     // [used rows, rows]
  std::vector<double> column_waves_;  // [used columns, columns]
  std::vector<double> half_;          // [used rows, columns]: transformed along the second axis
};

}  // namespace cambrian
