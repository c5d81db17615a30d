// Columns that are read at random rows. In pages of 4 KiB most reads of a column of several MiB
// also miss the processor's table of pages, which costs more than the read itself; in pages of
// 2 MiB they do not.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace cambrian {

/// Memory of at least `bytes`, in huge pages where it is large and the system offers them.
/// @throws std::bad_alloc
void* allocate_pages(std::size_t bytes);
/// @param bytes  as it was allocated
void release_pages(void* memory, std::size_t bytes) noexcept;

template <class T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <class U>
  LargePages(const LargePages<U>&) {}  // NOLINT(google-explicit-constructor): allocators rebind
  T* allocate(std::size_t n) {
    if (n > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(allocate_pages(n * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t n) noexcept { release_pages(memory, n * sizeof(T)); }
  friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

template <class T>
using LargeColumn = std::vector<T, LargePages<T>>;

}  // namespace cambrian
