#include "cambrian/environment/environment.hpp"

#include <gtest/gtest.h>

#include <array>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

/// A world that has neither face.
struct Bare final : Environment {
  const EnvironmentDescription& description() const override { return description_; }
  EnvironmentDescription description_;
};

TEST(Environment, SaysWhatItDoesNotSupport) {
  Bare world;
  Stream stream({}, 1);
  std::array<float, 1> numbers{};
  std::uint8_t solved = 0;
  EXPECT_THROW(world.evaluate({}, {}, {}, {}), Error);
  EXPECT_THROW(world.reset(stream), Error);
  EXPECT_THROW(world.observe(numbers), Error);
  EXPECT_THROW(world.act(numbers), Error);
  EXPECT_THROW(world.finish({{}, {}, &solved}), Error);
  EXPECT_THROW(world.enter(numbers), Error);
}

TEST(Environment, EntersWithoutGenesAndTracesNothingByDefault) {
  Bare world;
  EXPECT_NO_THROW(world.enter({}));
  EXPECT_NO_THROW(world.trace({}));
}

}  // namespace
}  // namespace cambrian
