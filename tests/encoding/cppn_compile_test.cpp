#include "cambrian/encoding/cppn_compile.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "tests/encoding/bodies.hpp"
#include "tests/encoding/slow_cppn.hpp"

namespace cambrian {
namespace {

std::vector<float> answer(CppnProgram& program, const std::vector<double>& point) {
  std::vector<float> coordinates(point.begin(), point.end());
  std::vector<const float*> in;
  for (const float& x : coordinates) in.push_back(&x);
  std::vector<float> results(program.outputs());
  std::vector<float*> out;
  for (float& y : results) out.push_back(&y);
  program.evaluate(in, 1, out);
  return results;
}

TEST(CppnCompiler, EqualsNodeByNodeEvaluationOfRandomGraphs) {
  CppnCompiler compiler;
  CppnProgram program;
  const std::vector<double> point = {0.3, -0.8, 0.05, 1.0};
  const std::array<std::uint32_t, 2> both = {0, 1};
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Graph graph = random_cppn(seed, 4, 2);
    for (const float bias : {1.0F, 0.3F}) {
      compiler.compile(graph, both, bias, program);
      const std::vector<float> results = answer(program, point);
      for (const std::uint32_t o : both) {
        const double expected = slow_output(graph, o, point, static_cast<double>(bias));
        ASSERT_NEAR(results[o], expected, 1e-4) << seed;
      }
    }
  }
}

TEST(CppnCompiler, OneOutputAloneHasTheBitsThatItHasAmongAll) {
  CppnCompiler compiler;
  CppnProgram program;
  const std::vector<double> point = {0.3, -0.8, 0.05, 1.0};
  const std::array<std::uint32_t, 2> both = {0, 1};
  const std::array<std::uint32_t, 1> second = {1};
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Graph graph = random_cppn(seed, 4, 2);
    compiler.compile(graph, both, 1.0F, program);
    const float among = answer(program, point)[1];
    compiler.compile(graph, second, 1.0F, program);
    ASSERT_EQ(answer(program, point)[0], among) << seed;
  }
}

TEST(CppnCompiler, FoldsTheBiasAndLeavesOutDisabledAndDeadLinks) {
  Graph graph;
  graph.nodes = {node(NodeKind::input), node(NodeKind::bias),
                 node(NodeKind::output, Activation::identity),
                 node(NodeKind::hidden, Activation::sine), node(NodeKind::hidden)};
  graph.edges = {edge(0, 2, 2.0F), edge(0, 3, 1.0F), edge(0, 4, 1.0F), edge(1, 2, 0.5F),
                 edge(3, 2, 1.0F, false)};
  CppnCompiler compiler;
  CppnProgram program;
  const std::array<std::uint32_t, 1> first = {0};
  compiler.compile(graph, first, 1.0F, program);
  EXPECT_EQ(program.instructions(), 1U);
  EXPECT_EQ(program.links(), 1U);
  EXPECT_EQ(answer(program, {0.25})[0], 1.0F);
}

}  // namespace
}  // namespace cambrian
