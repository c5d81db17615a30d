// Short vectors of numbers that the compiler keeps in one register (GCC and clang vector
// extensions): comparisons give masks, `mask ? a : b` picks lane by lane.
#pragma once

#include <array>
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

/// Folds two vectors into one, which holds the higher of each two lanes that meet. After round 0,
/// 1, .. log2(lanes) - 1, each with what the one before gave for its neighbours, lane i is the
/// highest of vector i.
template <class T, int Round>
[[gnu::always_inline]] inline Vector<T> fold_highest(Vector<T> a, Vector<T> b) {
  Vector<T> one, other;
  if constexpr (kLanes<T> == 2) {
    one = __builtin_shufflevector(a, b, 0, 2);
    other = __builtin_shufflevector(a, b, 1, 3);
  } else if constexpr (kLanes<T> == 4 && Round == 0) {
    one = __builtin_shufflevector(a, b, 0, 4, 2, 6);
    other = __builtin_shufflevector(a, b, 1, 5, 3, 7);
  } else if constexpr (kLanes<T> == 4) {
    one = __builtin_shufflevector(a, b, 0, 1, 4, 5);
    other = __builtin_shufflevector(a, b, 2, 3, 6, 7);
  } else if constexpr (Round == 0) {
    one = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
    other = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
  } else if constexpr (Round == 1) {
    one = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
    other = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
  } else {
    one = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
    other = __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
  }
  return one > other ? one : other;
}

/// The highest of each of seven vectors, in order, over as many vectors as that takes; the lane
/// behind is the last of them again.
template <class T>
[[gnu::always_inline]] inline auto highest_of(Vector<T> a, Vector<T> b, Vector<T> c, Vector<T> d,
                                              Vector<T> e, Vector<T> f, Vector<T> g) {
  const Vector<T> ab = fold_highest<T, 0>(a, b);
  const Vector<T> cd = fold_highest<T, 0>(c, d);
  const Vector<T> ef = fold_highest<T, 0>(e, f);
  const Vector<T> gg = fold_highest<T, 0>(g, g);
  if constexpr (kLanes<T> == 2) {
    return std::array{ab, cd, ef, gg};
  } else {
    const Vector<T> abcd = fold_highest<T, 1>(ab, cd);
    const Vector<T> efgg = fold_highest<T, 1>(ef, gg);
    if constexpr (kLanes<T> == 4) {
      return std::array{abcd, efgg};
    } else {
      return std::array{fold_highest<T, 2>(abcd, efgg)};
    }
  }
}

}  // namespace cambrian::simd_vector
