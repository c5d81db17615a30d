#include "cambrian/environment/check.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

/// Has both faces, and nothing wrong.
EnvironmentDescription cart() {
  EnvironmentDescription cart;
  cart.objectives = {{"balance", "", "s", 0}, {"thrift", "", "J", -1}};
  cart.measures = {{"end_x", "m", -1, 1, ""},
                   {"end_y", "m", -std::numeric_limits<double>::infinity(), 0, ""}};
  cart.descriptor = {"end_x", "network.links"};
  cart.takes_vectors = true;
  cart.vector_length = 3;
  cart.takes_networks = true;
  cart.body.sensors = {{"angle", {-1, 1}, {0, 1}}, {"speed", {0, 1}, {1, 1}}};
  cart.body.motors = {{"push", {0, 1}, {0, -1}}};
  return cart;
}

/// What is said of the cart after a change.
std::string refusal(const std::function<void(EnvironmentDescription&)>& change) {
  EnvironmentDescription changed = cart();
  change(changed);
  try {
    check_description(changed, "cart");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

using World = EnvironmentDescription;
const double kNaN = std::nan("");

TEST(CheckDescription, PassesWhatIsRight) {
  EXPECT_EQ(refusal([](World&) {}), "");
  EXPECT_EQ(refusal([](World& world) { world.measures.pop_back(); }), "");
  EXPECT_EQ(refusal([](World& world) { world.takes_vectors = false; }), "");
}

TEST(CheckDescription, WantsAnObjective) {
  EXPECT_EQ(refusal([](World& world) { world.objectives.clear(); }),
            "world 'cart': has no objective");
  EXPECT_EQ(refusal([](World& world) { world.objectives[1].worst = kNaN; }),
            "world 'cart': objective 'thrift': its worst value is not finite");
}

TEST(CheckDescription, WantsNamesThatCanBeSaid) {
  EXPECT_EQ(refusal([](World& world) { world.measures[1].name = "end_x"; }),
            "world 'cart': two measures are called 'end_x'");
  EXPECT_EQ(refusal([](World& world) { world.objectives[1].name = "balance"; }),
            "world 'cart': two objectives are called 'balance'");
  EXPECT_EQ(refusal([](World& world) { world.measures[1].name = "thrift"; }),
            "world 'cart': an objective and a measure are both called 'thrift'");
  EXPECT_EQ(refusal([](World& world) { world.measures[0].name = ""; }),
            "world 'cart': a name of its measures is empty");
  EXPECT_EQ(refusal([](World& world) { world.objectives[0].name = ""; }),
            "world 'cart': a name of its objectives is empty");
  for (const char* wrong : {"end x", "end,x", "end'x", "end\"x", "end:x", "end\tx"}) {
    EXPECT_EQ(refusal([&](World& world) { world.measures[0].name = wrong; }),
              "world 'cart': measure '" + std::string(wrong) +
                  "': a name has no white space, commas, colons or quotes");
  }
  EXPECT_EQ(refusal([](World& world) { world.measures[0].name = "network.depth"; }),
            "world 'cart': measure 'network.depth': names that begin with 'network.' are of every "
            "network");
}

TEST(CheckDescription, WantsMeasuresThatAQueryCanTellFromColumns) {
  for (const char* wrong : {"id", "objective", "solved", "parents_1", "species"}) {
    EXPECT_EQ(refusal([&](World& world) { world.measures[0].name = wrong; }),
              "world 'cart': measure '" + std::string(wrong) +
                  "': is what tables call a column of their own");
  }
}

TEST(CheckDescription, WantsBoundsInOrder) {
  const std::string wrong = "world 'cart': measure 'end_x': its min is not below its max";
  EXPECT_EQ(refusal([](World& world) { world.measures[0].min = 1; }), wrong);
  EXPECT_EQ(refusal([](World& world) { world.measures[0].max = kNaN; }), wrong);
}

TEST(CheckDescription, WantsADescriptorOfItsMeasures) {
  EXPECT_EQ(refusal([](World& world) { world.descriptor[0] = "end_z"; }),
            "world 'cart': descriptor: there is no measure 'end_z'");
  EXPECT_EQ(refusal([](World& world) { world.descriptor[1] = "end_x"; }),
            "world 'cart': descriptor: names 'end_x' twice");
  EXPECT_EQ(refusal([](World& world) { world.takes_networks = false; }),
            "world 'cart': descriptor: there is no measure 'network.links'");
}

TEST(CheckDescription, WantsAFace) {
  EXPECT_EQ(refusal([](World& world) {
              world.takes_vectors = world.takes_networks = false;
              world.descriptor.pop_back();
            }),
            "world 'cart': takes neither vectors nor networks");
  EXPECT_EQ(refusal([](World& world) { world.vector_length = 0; }),
            "world 'cart': takes vectors of length 0");
  EXPECT_EQ(refusal([](World& world) { world.block = 0; }),
            "world 'cart': takes blocks of 0 vectors; expected at least 1");
  EXPECT_EQ(refusal([](World& world) { world.body.sensors.clear(); }),
            "world 'cart': takes networks, but has no sensor");
  EXPECT_EQ(refusal([](World& world) { world.body.motors.clear(); }),
            "world 'cart': takes networks, but has no motor");
}

TEST(CheckDescription, WantsABodyThatFits) {
  EXPECT_EQ(refusal([](World& world) { world.body.motors[0].position = {0}; }),
            "world 'cart': motor 'push': its position has 1 coordinates, that of sensor 'angle' "
            "has 2");
  EXPECT_EQ(refusal([](World& world) { world.body.motors[0].position[1] = kNaN; }),
            "world 'cart': motor 'push': its position is not finite");
  const std::string range =
      "world 'cart': sensor 'speed': its range is not from a finite number to a larger one";
  EXPECT_EQ(refusal([](World& world) { world.body.sensors[1].range = {1, 1}; }), range);
  EXPECT_EQ(refusal([](World& world) { world.body.sensors[1].range.max = INFINITY; }), range);
}

TEST(CheckDescription, WantsCountsThatCanBeCarriedOut) {
  EXPECT_EQ(refusal([](World& world) { world.lanes = 0; }),
            "world 'cart': lanes is 0, but at least 1 is wanted");
  EXPECT_EQ(refusal([](World& world) { world.warm_up = -1; }),
            "world 'cart': warm_up is -1, but at least 0 is wanted");
  EXPECT_EQ(refusal([](World& world) { world.updates_per_step = 0; }),
            "world 'cart': updates_per_step is 0, but at least 1 is wanted");
}

}  // namespace
}  // namespace cambrian
