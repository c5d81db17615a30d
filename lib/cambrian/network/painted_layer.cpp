#include "cambrian/network/painted_layer.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cassert>
#include <utility>

namespace cambrian {
namespace {

// Matrices by columns, on memory of others.
template <class T>
using Columns = Eigen::Map<Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>>;
template <class T>
using ConstColumns = Eigen::Map<const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>>;

template <class T>
ConstColumns<T> read(const T* values, std::size_t rows, std::size_t columns) {
  return {values, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)};
}

template <class T>
Columns<T> write(T* values, std::size_t rows, std::size_t columns) {
  return {values, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)};
}

std::size_t numbers_in(std::span<const std::size_t> lengths) {
  std::size_t all = 1;
  for (const std::size_t length : lengths) all *= length;
  return all;
}

// Calls visit(size) with the numbers per lane before, and the multiply-adds and numbers after, each
// step of the product in factors.
template <class Visit>
void each_step(const CosineTransform& transform, std::size_t neuron_axes, const Visit& visit) {
  const std::vector<std::size_t>& axes = transform.axes();
  const std::vector<std::size_t>& box = transform.box();
  const std::size_t rows = numbers_in(std::span(box).first(neuron_axes));
  const std::size_t columns = numbers_in(std::span(box).subspan(neuron_axes));
  std::size_t size = numbers_in(std::span(axes).subspan(neuron_axes));
  for (std::size_t axis = axes.size(); axis-- > neuron_axes;) {
    const std::size_t multiply_adds = size * box[axis];
    size = multiply_adds / axes[axis];
    visit(multiply_adds, size);
  }
  size = rows;
  visit(rows * columns, size);
  for (std::size_t axis = 0; axis < neuron_axes; ++axis) {
    const std::size_t multiply_adds = size * axes[axis];
    size = multiply_adds / box[axis];
    visit(multiply_adds, size);
  }
}

}  // namespace

std::size_t dense_multiply_adds(const CosineTransform& transform) { return transform.size(); }

std::size_t factorised_multiply_adds(const CosineTransform& transform, std::size_t neuron_axes) {
  std::size_t sum = 0;
  each_step(transform, neuron_axes,
            [&](std::size_t multiply_adds, std::size_t) { sum += multiply_adds; });
  return sum;
}

bool is_factorised(const CosineTransform& transform, std::size_t neuron_axes,
                   PaintedProduct product) {
  if (product != PaintedProduct::automatic) return product == PaintedProduct::factorised;
  return 2 * factorised_multiply_adds(transform, neuron_axes) <= dense_multiply_adds(transform);
}

template <class T>
void PaintedLayer<T>::load(CosineTransform& transform, std::size_t neuron_axes,
                           std::span<const double> coefficients, PaintedProduct product_kind) {
  const std::vector<std::size_t>& axes = transform.axes();
  const std::vector<std::size_t>& box = transform.box();
  assert(neuron_axes > 0 && neuron_axes < axes.size());
  neurons_ = numbers_in(std::span(axes).first(neuron_axes));
  sources_ = numbers_in(std::span(axes).subspan(neuron_axes));
  factorised_ = is_factorised(transform, neuron_axes, product_kind);
  if (!factorised_) {
    painted_.resize(transform.size());
    transform.inverse(coefficients, painted_);
    dense_.assign(painted_.begin(), painted_.end());
    return;
  }
  rows_ = numbers_in(std::span(box).first(neuron_axes));
  columns_ = numbers_in(std::span(box).subspan(neuron_axes));
  painted_.resize(rows_ * columns_);
  transform.place(coefficients, painted_);
  box_.assign(painted_.begin(), painted_.end());
  neuron_axes_.resize(neuron_axes);
  source_axes_.resize(axes.size() - neuron_axes);
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    Axis& of = axis < neuron_axes ? neuron_axes_[axis] : source_axes_[axis - neuron_axes];
    of.length = axes[axis];
    of.waves = box[axis];
    const std::vector<double>& waves = transform.waves(axis);
    of.table.assign(waves.begin(),
                    waves.begin() + static_cast<std::ptrdiff_t>(of.waves * of.length));
  }
  std::size_t largest = sources_;
  each_step(transform, neuron_axes,
            [&](std::size_t, std::size_t size) { largest = std::max(largest, size); });
  from_.resize(std::max(from_.size(), kLanes * largest));
  to_.resize(from_.size());
}

// Each step takes the axis that lies innermost in memory and puts what becomes of it outermost, or the
// other way round, so that all are products of two matrices: from [lanes, sources] by the sources'
// axes, the last first, to [columns, lanes]; by G to [rows, lanes]; by the neurons' axes, the first
// first, to [lanes, neurons].
template <class T>
void PaintedLayer<T>::multiply(std::span<const T> x, std::size_t lanes, std::span<T> y) {
  assert(lanes <= kLanes && x.size() == lanes * sources_ && y.size() == lanes * neurons_);
  if (!factorised_) {
    write(y.data(), neurons_, lanes).noalias() =
        read(dense_.data(), sources_, neurons_).transpose() * read(x.data(), sources_, lanes);
    return;
  }
  const T* in = x.data();
  std::size_t size = x.size();
  for (std::size_t axis = source_axes_.size(); axis-- > 0;) {
    const Axis& of = source_axes_[axis];
    const std::size_t rest = size / of.length;
    write(to_.data(), rest, of.waves).noalias() =
        read(in, of.length, rest).transpose() * read(of.table.data(), of.length, of.waves);
    size = rest * of.waves;
    std::swap(from_, to_);
    in = from_.data();
  }
  write(to_.data(), lanes, rows_).noalias() =
      read(in, lanes, columns_) * read(box_.data(), columns_, rows_);
  size = lanes * rows_;
  for (std::size_t axis = 0; axis < neuron_axes_.size(); ++axis) {
    std::swap(from_, to_);
    const Axis& of = neuron_axes_[axis];
    const std::size_t rest = size / of.waves;
    T* out = axis + 1 == neuron_axes_.size() ? y.data() : to_.data();
    write(out, of.length, rest).noalias() =
        read(of.table.data(), of.length, of.waves) * read(from_.data(), rest, of.waves).transpose();
    size = rest * of.length;
  }
}

template class PaintedLayer<float>;
template class PaintedLayer<double>;

}  // namespace cambrian
