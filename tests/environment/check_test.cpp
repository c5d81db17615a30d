#include "cambrian/environment/check.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {
namespace {

/// Has both faces, and nothing wrong.
EnvironmentDescription cart() {
  EnvironmentDescription cart;
  cart.objectives = {{"balance", "s", 0, ""}, {"thrift", "J", -1, ""}};
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

using Description = EnvironmentDescription;
const double kNaN = std::nan("");

TEST(CheckDescription, PassesWhatIsRight) {
  EXPECT_EQ(refusal([](Description&) {}), "");
  EXPECT_EQ(refusal([](Description& environment) { environment.measures.pop_back(); }), "");
  EXPECT_EQ(refusal([](Description& environment) { environment.takes_vectors = false; }), "");
}

TEST(CheckDescription, WantsAnObjective) {
  EXPECT_EQ(refusal([](Description& environment) { environment.objectives.clear(); }),
            "environment 'cart': has no objective");
  EXPECT_EQ(refusal([](Description& environment) { environment.objectives[1].worst = kNaN; }),
            "environment 'cart': objective 'thrift': its worst value is not finite");
}

TEST(CheckDescription, WantsNamesThatCanBeSaid) {
  EXPECT_EQ(refusal([](Description& environment) { environment.measures[1].name = "end_x"; }),
            "environment 'cart': two measures are called 'end_x'");
  EXPECT_EQ(refusal([](Description& environment) { environment.objectives[1].name = "balance"; }),
            "environment 'cart': two objectives are called 'balance'");
  EXPECT_EQ(refusal([](Description& environment) { environment.measures[1].name = "thrift"; }),
            "environment 'cart': an objective and a measure are both called 'thrift'");
  EXPECT_EQ(refusal([](Description& environment) { environment.measures[0].name = ""; }),
            "environment 'cart': a name of its measures is empty");
  EXPECT_EQ(refusal([](Description& environment) { environment.objectives[0].name = ""; }),
            "environment 'cart': a name of its objectives is empty");
  for (const char* wrong : {"end x", "end,x", "end'x", "end\"x", "end:x", "end\tx"}) {
    EXPECT_EQ(refusal([&](Description& environment) { environment.measures[0].name = wrong; }),
              "environment 'cart': measure '" + std::string(wrong) +
                  "': a name has no white space, commas, colons or quotes");
  }
  EXPECT_EQ(
      refusal([](Description& environment) { environment.measures[0].name = "network.depth"; }),
      "environment 'cart': measure 'network.depth': names that begin with 'network.' are those of "
      "measures of every "
      "network");
}

TEST(CheckDescription, WantsMeasuresThatAQueryCanTellFromColumns) {
  for (const char* wrong : {"id", "objective", "solved", "parents_1", "species"}) {
    EXPECT_EQ(refusal([&](Description& environment) { environment.measures[0].name = wrong; }),
              "environment 'cart': measure '" + std::string(wrong) +
                  "': is the name of a column that every table has");
  }
}

TEST(CheckDescription, WantsBoundsInOrder) {
  const std::string wrong = "environment 'cart': measure 'end_x': its min is not below its max";
  EXPECT_EQ(refusal([](Description& environment) { environment.measures[0].min = 1; }), wrong);
  EXPECT_EQ(refusal([](Description& environment) { environment.measures[0].max = kNaN; }), wrong);
}

TEST(CheckDescription, WantsADescriptorOfItsMeasures) {
  EXPECT_EQ(refusal([](Description& environment) { environment.descriptor[0] = "end_z"; }),
            "environment 'cart': descriptor: there is no measure 'end_z'");
  EXPECT_EQ(refusal([](Description& environment) { environment.descriptor[1] = "end_x"; }),
            "environment 'cart': descriptor: names 'end_x' twice");
  EXPECT_EQ(refusal([](Description& environment) { environment.takes_networks = false; }),
            "environment 'cart': descriptor: there is no measure 'network.links'");
}

TEST(CheckDescription, WantsAFace) {
  EXPECT_EQ(refusal([](Description& environment) {
              environment.takes_vectors = environment.takes_networks = false;
              environment.descriptor.pop_back();
            }),
            "environment 'cart': takes neither vectors nor networks");
  EXPECT_EQ(refusal([](Description& environment) { environment.vector_length = 0; }),
            "environment 'cart': takes vectors of length 0");
  EXPECT_EQ(refusal([](Description& environment) { environment.block = 0; }),
            "environment 'cart': takes blocks of 0 vectors; expected at least 1");
  EXPECT_EQ(refusal([](Description& environment) { environment.body.sensors.clear(); }),
            "environment 'cart': takes networks, but has no sensor");
  EXPECT_EQ(refusal([](Description& environment) { environment.body.motors.clear(); }),
            "environment 'cart': takes networks, but has no motor");
}

TEST(CheckDescription, WantsABodyThatFits) {
  EXPECT_EQ(
      refusal([](Description& environment) { environment.body.motors[0].position = {0}; }),
      "environment 'cart': motor 'push': its position has 1 coordinates, that of sensor 'angle' "
      "has 2");
  EXPECT_EQ(
      refusal([](Description& environment) { environment.body.motors[0].position[1] = kNaN; }),
      "environment 'cart': motor 'push': its position is not finite");
  const std::string range =
      "environment 'cart': sensor 'speed': its range must go from a finite number to a larger one";
  EXPECT_EQ(refusal([](Description& environment) {
              environment.body.sensors[1].range = {1, 1};
            }),
            range);
  EXPECT_EQ(
      refusal([](Description& environment) { environment.body.sensors[1].range.max = INFINITY; }),
      range);
}

TEST(CheckDescription, WantsCountsThatCanBeCarriedOut) {
  EXPECT_EQ(refusal([](Description& environment) { environment.lanes = 0; }),
            "environment 'cart': lanes is 0, but at least 1 is expected");
  EXPECT_EQ(refusal([](Description& environment) { environment.warm_up = -1; }),
            "environment 'cart': warm_up is -1, but at least 0 is expected");
  EXPECT_EQ(refusal([](Description& environment) { environment.updates_per_step = 0; }),
            "environment 'cart': updates_per_step is 0, but at least 1 is expected");
}

/// Two measures, one objective, vectors of 3.
struct Rows {
  Rows() {
    description.objectives = {{"sum", "", 0, ""}};
    description.measures = {{"a", "", 0, 1, ""}, {"b", "", 0, 1, ""}};
    description.vector_length = 3;
  }
  std::string fault(const VectorBlock& vectors) {
    try {
      check_rows(description, vectors, {objectives, measures, solved, gradients});
    } catch (const ShapeError& error) {
      return error.what();
    }
    return "";
  }
  EnvironmentDescription description;
  std::vector<float> genes = std::vector<float>(6);
  std::vector<double> objectives = std::vector<double>(2), measures = std::vector<double>(4);
  std::vector<std::uint8_t> solved = std::vector<std::uint8_t>(2);
  std::vector<float> gradients;
};

TEST(CheckRows, TakesRowsOfTheDeclaredWidth) {
  Rows rows;
  EXPECT_EQ(rows.fault({rows.genes.data(), 2, 3}), "");
  rows.gradients.resize(2 * 3 * 3);
  EXPECT_EQ(rows.fault({rows.genes.data(), 2, 3}), "");
}

TEST(CheckRows, RefusesShortVectorsAndRowsOfAnotherWidth) {
  Rows rows;
  EXPECT_EQ(rows.fault({rows.genes.data(), 2, 2}), "numbers in a vector: there are 2; expected 3");
  EXPECT_EQ(rows.fault({rows.genes.data(), 1, 3}), "objectives: there are 2; expected 1");
  rows.measures.resize(2);
  EXPECT_EQ(rows.fault({rows.genes.data(), 2, 3}), "measures: there are 2; expected 4");
  rows.measures.resize(4);
  rows.solved.clear();
  EXPECT_EQ(rows.fault({rows.genes.data(), 2, 3}), "solved: there are 0; expected 2");
  rows.solved.resize(2);
  rows.gradients.resize(6);
  EXPECT_EQ(rows.fault({rows.genes.data(), 2, 3}), "gradients: there are 6; expected 18");
}

}  // namespace
}  // namespace cambrian
