// Memory on cache lines of its own. What a thread writes at each step of an episode must not share
// a line with what another one uses: each write would take the line from the other's cache. Rows
// that begin with a line are also read in whole packets.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace cambrian {

/// Bytes. A pair of lines, because processors fetch them in pairs.
inline constexpr std::size_t kCacheLines = 128;

template <class T>
struct CacheLineAllocator {
  using value_type = T;

  CacheLineAllocator() = default;
  template <class U>
  explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t n) {
    const std::size_t lines = (n * sizeof(T) + kCacheLines - 1) / kCacheLines;
    return static_cast<T*>(::operator new (lines* kCacheLines, std::align_val_t{kCacheLines}));
  }
  void deallocate(T* memory, std::size_t) {
    ::operator delete (memory, std::align_val_t{kCacheLines});
  }
  friend bool operator==(CacheLineAllocator, CacheLineAllocator) { return true; }
};

template <class T>
using CacheAligned = std::vector<T, CacheLineAllocator<T>>;

}  // namespace cambrian
