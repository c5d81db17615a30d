#include "cambrian/environment/environment.hpp"

#include <gtest/gtest.h>

#include <array>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

/// An environment that has neither face.
struct Bare final : Environment {
  const EnvironmentDescription& description() const override { return description_; }
  EnvironmentDescription description_;
};

TEST(Environment, SaysWhatItDoesNotSupport) {
  Bare environment;
  Stream stream({}, 1);
  std::array<float, 1> numbers{};
  EXPECT_THROW(environment.evaluate({}, {}), Error);
  EXPECT_THROW(environment.reset(stream), Error);
  EXPECT_THROW(environment.observe(numbers), Error);
  EXPECT_THROW(environment.act(numbers), Error);
  EXPECT_THROW(environment.finish({}), Error);
}

TEST(Environment, TracesNothingByDefault) {
  Bare environment;
  EXPECT_NO_THROW(environment.trace({}));
  Stream stream({}, 1);
  EXPECT_THROW(environment.trace_vector({}, stream, [](std::span<const double>) {}), Error);
}

}  // namespace
}  // namespace cambrian
