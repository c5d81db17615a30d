// Short vectors of numbers that the compiler keeps in one register (GCC and clang vector
// extensions): comparisons give masks, `mask ? a : b` picks lane by lane.
#pragma once

#include <cstddef>
#include <cstring>

namespace cambrian::simd_vector {

#ifdef __AVX__
inline constexpr std::size_t kBytes = 32;
#else
inline constexpr std::size_t kBytes = 16;
#endif

template <class T>
struct VectorOf;
template <>
struct VectorOf<float> {
  using type __attribute__((vector_size(kBytes))) = float;
};
template <>
struct VectorOf<double> {
  using type __attribute__((vector_size(kBytes))) = double;
};

template <class T>
using Vector = typename VectorOf<T>::type;

/// Numbers in a vector.
template <class T>
inline constexpr std::size_t kLanes = kBytes / sizeof(T);

template <class T>
Vector<T> load(const T* from) {
  Vector<T> v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

template <class T>
Vector<T> fill(T value) {
  return Vector<T>{} + value;
}

/// Lane i of the result is lane i ^ distance: with distances lanes/2, ..., 1 every lane meets every
/// other. @param distance  a power of two below the lanes; known when compiled, or slow
template <class T>
Vector<T> exchange(Vector<T> v, std::size_t distance) {
  if constexpr (kLanes<T> == 8) {
    if (distance == 4) return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
    if (distance == 2) return __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5);
    return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
  } else if constexpr (kLanes<T> == 4) {
    if (distance == 2) return __builtin_shufflevector(v, v, 2, 3, 0, 1);
    return __builtin_shufflevector(v, v, 1, 0, 3, 2);
  } else {
    return __builtin_shufflevector(v, v, 1, 0);
  }
}

}  // namespace cambrian::simd_vector
