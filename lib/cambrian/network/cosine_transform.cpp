#include "cambrian/network/cosine_transform.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace cambrian {
namespace {

std::size_t product(std::span<const std::size_t> lengths) {
  std::size_t all = 1;
  for (const std::size_t length : lengths) all *= length;
  return all;
}

// Row-major in an array of these axes.
std::size_t row_major(std::span<const std::size_t> indices, std::span<const std::size_t> axes) {
  std::size_t at = 0;
  for (std::size_t axis = 0; axis < axes.size(); ++axis) at = at * axes[axis] + indices[axis];
  return at;
}

// Adds the places whose indices begin with these and go on with the sum `sum`, in lexicographic order,
// until there are `count`.
void fill_simplex(std::span<const std::size_t> axes, std::span<const std::size_t> corner,
                  std::size_t sum, std::size_t count, std::vector<std::size_t>& indices,
                  std::vector<std::uint32_t>& places) {
  const std::size_t axis = indices.size();
  const bool last = axis + 1 == axes.size();
  for (std::size_t i = last ? sum : 0; i <= sum && i < corner[axis]; ++i) {
    if (places.size() == count) return;
    indices.push_back(i);
    if (last) {
      places.push_back(static_cast<std::uint32_t>(row_major(indices, axes)));
    } else {
      fill_simplex(axes, corner, sum - i, count, indices, places);
    }
    indices.pop_back();
  }
}

// One axis: in [outer, count, inner] frequencies, out [outer, length, inner].
void transform_axis(const std::vector<double>& waves, std::size_t count, std::size_t length,
                    std::size_t outer, std::size_t inner, const double* in, double* out) {
  std::fill_n(out, outer * length * inner, 0.0);
  for (std::size_t o = 0; o < outer; ++o, in += count * inner, out += length * inner) {
    if (inner == 1) {
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t m = 0; m < length; ++m) out[m] += in[i] * waves[i * length + m];
      }
      continue;
    }
    for (std::size_t m = 0; m < length; ++m) {
      for (std::size_t i = 0; i < count; ++i) {
        const double wave = waves[i * length + m];
        for (std::size_t n = 0; n < inner; ++n) out[m * inner + n] += wave * in[i * inner + n];
      }
    }
  }
}

}  // namespace

std::vector<double> cosine_waves(std::size_t count, std::size_t length, std::size_t first) {
  std::vector<double> table(count * length);
  const auto n = static_cast<double>(length);
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t i = first + row;
    const double scale = std::sqrt((i == 0 ? 1.0 : 2.0) / n);
    for (std::size_t m = 0; m < length; ++m) {
      // The phase in units of pi / 2n, reduced exactly: one period is 4n.
      const auto phase = static_cast<double>((2 * m + 1) * i % (4 * length));
      table[row * length + m] = scale * std::cos(std::numbers::pi * phase / (2.0 * n));
    }
  }
  return table;
}

std::vector<std::uint32_t> lowest_frequencies(std::span<const std::size_t> axes,
                                              std::span<const std::size_t> corner,
                                              std::size_t count) {
  assert(corner.size() == axes.size() && count >= 1 && count <= product(corner));
  std::vector<std::uint32_t> places;
  std::vector<std::size_t> indices;
  for (std::size_t sum = 0; places.size() < count; ++sum) {
    fill_simplex(axes, corner, sum, count, indices, places);
  }
  return places;
}

CosineTransform::CosineTransform(std::vector<std::size_t> axes)
    : axes_(std::move(axes)), size_(product(axes_)), waves_(axes_.size()) {
  assert(!axes_.empty());
  hold({});
}

CosineTransform::CosineTransform(std::size_t rows, std::size_t columns, std::size_t coefficients)
    : CosineTransform({rows, columns}) {
  hold(lowest_frequencies(axes_, axes_, coefficients));
}

void CosineTransform::hold(std::span<const std::uint32_t> places) {
  box_.assign(axes_.size(), 1);
  for (std::size_t at : places) {
    assert(at < size_);
    for (std::size_t axis = axes_.size(); axis-- > 0; at /= axes_[axis]) {
      box_[axis] = std::max(box_[axis], at % axes_[axis] + 1);
    }
  }
  boxed_.clear();
  for (std::size_t at : places) {
    std::size_t boxed = 0;
    std::size_t stride = 1;
    for (std::size_t axis = axes_.size(); axis-- > 0; at /= axes_[axis]) {
      boxed += at % axes_[axis] * stride;
      stride *= box_[axis];
    }
    boxed_.push_back(static_cast<std::uint32_t>(boxed));
  }
  std::size_t largest = product(box_);
  std::size_t inner = 1;
  for (std::size_t axis = axes_.size(); axis-- > 0;) {
    const std::size_t known = waves_[axis].size() / axes_[axis];
    if (known < box_[axis]) {
      const auto more = cosine_waves(box_[axis] - known, axes_[axis], known);
      waves_[axis].insert(waves_[axis].end(), more.begin(), more.end());
    }
    inner *= axes_[axis];
    if (axis > 0) largest = std::max(largest, product(std::span(box_).first(axis)) * inner);
  }
  from_.resize(std::max(from_.size(), largest));
  to_.resize(from_.size());
}

void CosineTransform::place(std::span<const double> coefficients, std::span<double> box) const {
  assert(coefficients.size() == boxed_.size() && box.size() == product(box_));
  std::ranges::fill(box, 0.0);
  for (std::size_t c = 0; c < boxed_.size(); ++c) box[boxed_[c]] = coefficients[c];
}

void CosineTransform::inverse(std::span<const double> coefficients, std::span<double> array) {
  assert(array.size() == size_);
  std::size_t outer = product(box_);
  place(coefficients, std::span(from_).first(outer));
  std::size_t inner = 1;
  for (std::size_t axis = axes_.size(); axis-- > 0; inner *= axes_[axis]) {
    outer /= box_[axis];
    transform_axis(waves_[axis], box_[axis], axes_[axis], outer, inner, from_.data(),
                   axis == 0 ? array.data() : to_.data());
    std::swap(from_, to_);
  }
}

}  // namespace cambrian
