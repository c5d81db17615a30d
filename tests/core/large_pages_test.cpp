#include "cambrian/core/large_pages.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <numeric>

namespace cambrian {
namespace {

TEST(LargePages, AColumnGrowsThroughSmallAndHugePagesWithItsValues) {
  LargeColumn<std::uint32_t> column;
  for (std::uint32_t i = 0; i < 1'500'000; ++i) column.push_back(i);
  std::uint32_t wrong = 0;
  for (std::uint32_t i = 0; i < column.size(); ++i) wrong += column[i] != i ? 1 : 0;
  EXPECT_EQ(wrong, 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(column.data()) % (std::size_t{2} << 20U), 0U);
  column.resize(10);
  column.shrink_to_fit();
  EXPECT_EQ(std::accumulate(column.begin(), column.end(), 0U), 45U);
}

TEST(LargePages, MoreThanThereIsThrowsBadAlloc) {
  EXPECT_THROW(static_cast<void>(allocate_pages(static_cast<std::size_t>(-1) - 5)), std::bad_alloc);
  EXPECT_THROW(static_cast<void>(LargePages<double>().allocate(static_cast<std::size_t>(-1) / 4)),
               std::bad_alloc);
}

}  // namespace
}  // namespace cambrian
