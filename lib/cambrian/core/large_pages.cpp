#include "cambrian/core/large_pages.hpp"

#include <sys/mman.h>

#include <new>

namespace cambrian {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20U;
/// Smaller columns fit the second cache and the table of pages.
constexpr std::size_t kLarge = kHugePage / 2;
constexpr std::align_val_t kAlignment{kHugePage};

}  // namespace

void* allocate_pages(std::size_t bytes) {
  if (bytes < kLarge) return ::operator new(bytes);
  if (bytes > static_cast<std::size_t>(-1) - kHugePage) throw std::bad_alloc();
  const std::size_t whole = (bytes + kHugePage - 1) / kHugePage * kHugePage;
  void* memory = ::operator new(whole, kAlignment);
#ifdef MADV_HUGEPAGE
  // Advice only: where it is refused, the pages are small ones.
  static_cast<void>(madvise(memory, whole, MADV_HUGEPAGE));
#endif
  return memory;
}

void release_pages(void* memory, std::size_t bytes) noexcept {
  if (bytes < kLarge) return ::operator delete(memory);
  ::operator delete(memory, kAlignment);
}

}  // namespace cambrian
