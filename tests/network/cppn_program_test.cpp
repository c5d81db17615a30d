#include "cambrian/network/cppn_program.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "tests/network/formulas.hpp"

namespace cambrian {
namespace {

struct Arrays {
  std::size_t inputs = 4;
  std::vector<CppnNode> nodes;
  std::vector<CppnLink> links;
  std::vector<std::uint32_t> outputs;
};

// Small weights, so that float and double agree closely through every function but `step`.
Arrays random_arrays(std::uint64_t seed) {
  Stream stream(stream_key(seed, "cppn"), 0);
  Arrays arrays;
  const std::uint32_t count = 1 + stream.below(30);
  for (std::uint32_t i = 0; i < count; ++i) {
    auto function = static_cast<Activation>(stream.below(kActivations));
    if (function == Activation::step) function = Activation::tanh;
    const std::uint32_t links = stream.below(5);
    arrays.nodes.push_back({function, stream.uniform_float(-0.5F, 0.5F), links});
    for (std::uint32_t k = 0; k < links; ++k) {
      arrays.links.push_back({stream.below(static_cast<std::uint32_t>(arrays.inputs) + i),
                              stream.uniform_float(-0.4F, 0.4F)});
    }
  }
  for (int o = 0; o < 2; ++o) {
    arrays.outputs.push_back(static_cast<std::uint32_t>(arrays.inputs) + stream.below(count));
  }
  return arrays;
}

std::vector<double> node_by_node(const Arrays& arrays, const std::vector<double>& point) {
  std::vector<double> values = point;
  std::size_t k = 0;
  for (const CppnNode& node : arrays.nodes) {
    double sum = node.bias;
    for (std::uint32_t end = node.links; end > 0; --end, ++k) {
      sum += static_cast<double>(arrays.links[k].weight) * values[arrays.links[k].source];
    }
    values.push_back(formula(node.function, sum));
  }
  return values;
}

std::vector<std::vector<float>> random_points(std::size_t inputs, std::size_t points) {
  std::vector<std::vector<float>> coordinates(inputs);
  Stream stream(stream_key(7, "points"), 0);
  for (auto& row : coordinates) {
    for (std::size_t p = 0; p < points; ++p) row.push_back(stream.uniform_float(-1.0F, 1.0F));
  }
  return coordinates;
}

std::vector<std::vector<float>> evaluate(CppnProgram& program,
                                         const std::vector<std::vector<float>>& coordinates,
                                         std::size_t begin, std::size_t end) {
  std::vector<const float*> in;
  for (const auto& row : coordinates) in.push_back(row.data() + begin);
  std::vector<std::vector<float>> results(program.outputs(), std::vector<float>(end - begin));
  std::vector<float*> out;
  for (auto& row : results) out.push_back(row.data());
  program.evaluate(in, end - begin, out);
  return results;
}

TEST(CppnProgram, EqualsNodeByNodeEvaluationOfRandomGraphs) {
  CppnProgram program;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Arrays arrays = random_arrays(seed);
    program.compile(arrays.inputs, arrays.nodes, arrays.links, arrays.outputs);
    const auto coordinates = random_points(arrays.inputs, 50);
    const auto results = evaluate(program, coordinates, 0, 50);
    for (std::size_t p = 0; p < 50; ++p) {
      std::vector<double> point;
      for (const auto& row : coordinates) point.push_back(row[p]);
      const std::vector<double> values = node_by_node(arrays, point);
      for (std::size_t o = 0; o < 2; ++o) {
        const double expected = values[arrays.outputs[o]];
        ASSERT_NEAR(results[o][p], expected, 2e-4 * std::max(1.0, std::abs(expected))) << seed;
      }
    }
  }
}

TEST(CppnProgram, GivesAPointTheSameBitsInBlocksOfAnySize) {
  const std::size_t points = 300;
  const auto coordinates = random_points(4, points);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Arrays arrays = random_arrays(seed);
    CppnProgram program;
    program.compile(arrays.inputs, arrays.nodes, arrays.links, arrays.outputs);
    const auto together = evaluate(program, coordinates, 0, points);
    for (const std::size_t size : {1U, 7U, 16U, 33U, 127U, 128U, 129U}) {
      for (std::size_t begin = 0; begin < points; begin += size) {
        const std::size_t end = std::min(points, begin + size);
        const auto part = evaluate(program, coordinates, begin, end);
        for (std::size_t o = 0; o < part.size(); ++o) {
          for (std::size_t p = begin; p < end; ++p) {
            ASSERT_EQ(part[o][p - begin], together[o][p]) << seed << " " << size;
          }
        }
      }
    }
  }
}

TEST(CppnProgram, LeavesOutNodesThatReachNoOutput) {
  const std::vector<CppnNode> nodes = {{Activation::sine, 0.0F, 1},
                                       {Activation::tanh, 0.0F, 2},
                                       {Activation::identity, 0.0F, 1},
                                       {Activation::gaussian, 0.0F, 2}};
  const std::vector<CppnLink> links = {{0, 1.0F}, {0, 1.0F}, {2, 1.0F},
                                       {2, 2.0F}, {3, 1.0F}, {4, 1.0F}};
  const std::vector<std::uint32_t> outputs = {4};
  CppnProgram program;
  program.compile(2, nodes, links, outputs);
  EXPECT_EQ(program.instructions(), 2U);
  EXPECT_EQ(program.links(), 2U);
  const auto results = evaluate(program, {{0.3F}, {0.9F}}, 0, 1);
  EXPECT_NEAR(results[0][0], 2.0 * std::sin(0.6), 1e-6);
}

TEST(CppnProgram, AnOutputMayBeACoordinateOrStandTwice) {
  CppnProgram program;
  const std::vector<CppnNode> nodes = {{Activation::absolute, 0.0F, 1}};
  const std::vector<CppnLink> links = {{1, 1.0F}};
  const std::vector<std::uint32_t> outputs = {2, 0, 2};
  program.compile(2, nodes, links, outputs);
  const auto results = evaluate(program, {{0.25F}, {-0.5F}}, 0, 1);
  EXPECT_EQ(results[0][0], 0.5F);
  EXPECT_EQ(results[1][0], 0.25F);
  EXPECT_EQ(results[2][0], 0.5F);
}

TEST(CppnProgram, ItsListingCompilesToTheSameProgram) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Arrays arrays = random_arrays(seed);
    CppnProgram program, again;
    program.compile(arrays.inputs, arrays.nodes, arrays.links, arrays.outputs);
    const CppnListing listing = program.listing();
    EXPECT_EQ(listing.nodes.size(), program.instructions());
    again.compile(arrays.inputs, listing.nodes, listing.links, listing.outputs);
    const auto points = random_points(arrays.inputs, 20);
    std::vector<const float*> inputs;
    for (const auto& row : points) inputs.push_back(row.data());
    std::array<std::array<float, 20>, 4> values{};
    const std::array<float*, 2> first = {values[0].data(), values[1].data()};
    const std::array<float*, 2> second = {values[2].data(), values[3].data()};
    program.evaluate(inputs, 20, first);
    again.evaluate(inputs, 20, second);
    EXPECT_EQ(values[0], values[2]);
    EXPECT_EQ(values[1], values[3]);
  }
}

}  // namespace
}  // namespace cambrian
