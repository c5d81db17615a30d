#include "cambrian/run/batch_watch.hpp"

#include <gtest/gtest.h>

#include <future>

namespace cambrian {
namespace {

TEST(BatchWatch, ShowsABatchThatLasts) {
  BatchProgress progress(2);
  progress.start(250);
  progress.add(1, 37);
  std::promise<BatchProgress::Now> shown;
  bool first = true;
  BatchWatch watch(progress, [&](const BatchProgress::Now& now, int seconds) {
    EXPECT_GE(seconds, 1);
    if (first) shown.set_value(now);
    first = false;
  });
  const BatchProgress::Now now = shown.get_future().get();
  EXPECT_EQ(now.batch, 1U);
  EXPECT_EQ(now.done, 37U);
  EXPECT_EQ(now.jobs, 250U);
}

TEST(BatchWatch, EndsAtOnceWhenNothingHappens) {
  const BatchProgress progress(1);
  const BatchWatch watch(progress, [](const BatchProgress::Now&, int) { FAIL(); });
}

}  // namespace
}  // namespace cambrian
