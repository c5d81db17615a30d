// The product W x of a layer whose weights W are painted by cosine coefficients, without W where that
// is cheaper: the transform is separable, so with G the box of coefficients
//
//   W x = D1^T (G (D2 x)),   D1, D2 the first waves along the neurons' and the sources' axes,
//
// each of them applied axis after axis. A layer of 256 neurons and 4,096 sources with 14 x 14
// coefficients takes 61,000 multiply-adds instead of 1,048,576.
// Source: Koutnik, Gomez & Schmidhuber 2010 (the encoding); the product follows from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/network/cosine_transform.hpp"

namespace cambrian {

/// How the product is computed: as is cheaper (auto: in factors where they take at most half the
/// multiply-adds), or as it is told.
enum class PaintedProduct : std::uint8_t { automatic, dense, factorised };

/// Multiply-adds of one product: dense, and in factors. @param neuron_axes  how many of the
/// transform's axes, the first, are the neurons'; the others are the sources'
std::size_t dense_multiply_adds(const CosineTransform& transform);
std::size_t factorised_multiply_adds(const CosineTransform& transform, std::size_t neuron_axes);
/// Whether a product is computed in factors.
bool is_factorised(const CosineTransform& transform, std::size_t neuron_axes,
                   PaintedProduct product);

/// @tparam T  float in life; double where the factors are held against the dense product
template <class T>
class PaintedLayer {
 public:
  /// Inputs that are multiplied together.
  static constexpr std::size_t kLanes = 32;

  /// @param transform  axes of the neurons, then of the sources; kept no longer than the call
  void load(CosineTransform& transform, std::size_t neuron_axes,
            std::span<const double> coefficients, PaintedProduct product);
  std::size_t neurons() const { return neurons_; }
  std::size_t sources() const { return sources_; }
  bool factorised() const { return factorised_; }
  /// @param lanes  at most kLanes   @param x  [lanes, sources]   @param y  [lanes, neurons], written
  void multiply(std::span<const T> x, std::size_t lanes, std::span<T> y);

 private:
  struct Axis {
    std::size_t length, waves;
    std::vector<T> table;  // [waves, length]
  };
  std::size_t neurons_ = 0, sources_ = 0;
  bool factorised_ = false;
  std::vector<Axis> neuron_axes_, source_axes_;
  std::size_t rows_ = 0, columns_ = 0;  // of G
  std::vector<T> box_;                  // [rows, columns]
  std::vector<T> dense_;                // [neurons, sources]
  std::vector<double> painted_;
  std::vector<T> from_, to_;
};

extern template class PaintedLayer<float>;
extern template class PaintedLayer<double>;

}  // namespace cambrian
