#include "cambrian/core/executor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace cambrian {
namespace {

class EachNumberOfThreads : public testing::TestWithParam<std::size_t> {
 protected:
  std::unique_ptr<Executor> executor = make_executor(GetParam());
};
INSTANTIATE_TEST_SUITE_P(Executor, EachNumberOfThreads, testing::Values(1, 2, 3, 7));

TEST_P(EachNumberOfThreads, DoesEachItemOnce) {
  EXPECT_EQ(executor->workers(), GetParam());
  for (const std::size_t items : {0, 1, 2, 5, 6, 7, 8, 1000}) {
    std::vector<std::atomic<int>> times(items);
    executor->for_each(items, [&](std::size_t item, std::size_t) { ++times[item]; });
    for (const auto& one : times) EXPECT_EQ(one, 1);
  }
}

TEST_P(EachNumberOfThreads, GivesAWorkerOneItemAtATime) {
  std::vector<std::atomic<bool>> at_work(executor->workers());
  std::atomic<int> wrong = 0;
  executor->for_each(500, [&](std::size_t, std::size_t worker) {
    if (worker >= at_work.size() || at_work[worker].exchange(true)) ++wrong;
    std::this_thread::yield();
    at_work[worker] = false;
  });
  EXPECT_EQ(wrong, 0);
}

TEST_P(EachNumberOfThreads, ThrowsWhatABodyThrewAndGoesOn) {
  EXPECT_THROW(executor->for_each(20,
                                  [](std::size_t item, std::size_t) {
                                    if (item == 11) throw std::domain_error("eleven");
                                  }),
               std::domain_error);
  std::atomic<int> done = 0;
  executor->for_each(20, [&](std::size_t, std::size_t) { ++done; });
  EXPECT_EQ(done, 20);
}

TEST_P(EachNumberOfThreads, CutsRangesThatMakeUpAll) {
  for (const std::size_t items : {0, 1, 4, 5, 21}) {
    std::vector<std::atomic<int>> times(items);
    for_each_chunk(executor.get(), items, 5, [&](std::size_t begin, std::size_t end, std::size_t) {
      EXPECT_TRUE(begin < end && end - begin <= 5);
      for (std::size_t i = begin; i < end; ++i) ++times[i];
    });
    for (const auto& one : times) EXPECT_EQ(one, 1);
  }
}

// The first item ends only when all the others are done: somebody must take what its worker cannot.
TEST(Executor, AWorkerThatIsHeldUpIsRelievedOfItsShare) {
  const auto executor = make_executor(2);
  constexpr int kItems = 10;
  std::atomic<int> others = 0;
  executor->for_each(kItems, [&](std::size_t item, std::size_t) {
    if (item > 0) {
      ++others;
      return;
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (others < kItems - 1 && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::yield();
    }
    EXPECT_EQ(others, kItems - 1);
  });
}

}  // namespace
}  // namespace cambrian
