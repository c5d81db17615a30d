#include "cambrian/encoding/cosine_transform.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace cambrian {
namespace {

// [count, length] the first `count` basis functions of an axis.
std::vector<double> waves(std::size_t count, std::size_t length) {
  std::vector<double> table(count * length);
  const auto n = static_cast<double>(length);
  for (std::size_t i = 0; i < count; ++i) {
    const double scale = std::sqrt((i == 0 ? 1.0 : 2.0) / n);
    for (std::size_t m = 0; m < length; ++m) {
      // The phase in units of pi / 2n, reduced exactly: one period is 4n.
      const auto phase = static_cast<double>((2 * m + 1) * i % (4 * length));
      table[i * length + m] = scale * std::cos(std::numbers::pi * phase / (2.0 * n));
    }
  }
  return table;
}

}  // namespace

CosineTransform::CosineTransform(std::size_t rows, std::size_t columns, std::size_t coefficients)
    : rows_(rows), columns_(columns) {
  assert(coefficients >= 1 && coefficients <= rows * columns);
  std::size_t used_columns = 0;
  for (std::size_t sum = 0; places_.size() < coefficients; ++sum) {
    for (std::size_t i = 0; i <= sum && places_.size() < coefficients; ++i) {
      if (i >= rows || sum - i >= columns) continue;
      places_.push_back({i, sum - i});
      used_rows_ = std::max(used_rows_, i + 1);
      used_columns = std::max(used_columns, sum - i + 1);
    }
  }
  row_waves_ = waves(used_rows_, rows);
  column_waves_ = waves(used_columns, columns);
  half_.resize(used_rows_ * columns);
}

void CosineTransform::inverse(std::span<const double> coefficients, std::span<double> matrix) {
  assert(coefficients.size() == places_.size() && matrix.size() == rows_ * columns_);
  std::fill(half_.begin(), half_.end(), 0.0);
  for (std::size_t c = 0; c < places_.size(); ++c) {
    const Place place = places_[c];
    for (std::size_t n = 0; n < columns_; ++n) {
      half_[place.i * columns_ + n] += coefficients[c] * column_waves_[place.j * columns_ + n];
    }
  }
  std::fill(matrix.begin(), matrix.end(), 0.0);
  for (std::size_t m = 0; m < rows_; ++m) {
    for (std::size_t i = 0; i < used_rows_; ++i) {
      const double wave = row_waves_[i * rows_ + m];
      for (std::size_t n = 0; n < columns_; ++n) {
        matrix[m * columns_ + n] += wave * half_[i * columns_ + n];
      }
    }
  }
}

}  // namespace cambrian
