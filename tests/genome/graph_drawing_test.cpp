#include "cambrian/genome/graph/graph_drawing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

#include "cambrian/genome/graph/marks.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;
using testing::HasSubstr;

/// A grown graph with disabled edges, biases and weights of all digits.
IdentifiedGraph drawn() {
  GraphPopulation population = grown(space(true), 1, 25);
  Graph& graph = population[0];
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    graph.nodes[i].bias = 0.1F * static_cast<float>(i);
  graph.edges[1].enabled = false;
  graph.edges[1].weight = 1.0F / 3.0F;
  return {7, graph};
}

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
    found.push_back(at->str());
  return found;
}

/// Elements of GraphML by the names of their keys.
struct Graphml {
  std::string text;
  /// @param of  "graph", "node" or "edge"
  std::string value(const std::string& element, const std::string& of,
                    const std::string& name) const {
    std::smatch key, match;
    std::regex_search(
        text, key, std::regex("<key id=\"(\\w+)\" for=\"" + of + "\" attr.name=\"" + name + "\""));
    std::regex_search(element, match,
                      std::regex("<data key=\"" + key.str(1) + "\">([^<]*)</data>"));
    return match[1];
  }
};

std::uint32_t row(const std::string& element, const std::string& end) {
  std::smatch match;
  std::regex_search(element, match, std::regex(end + "=\"n([0-9]+)\""));
  return static_cast<std::uint32_t>(std::stoul(match[1]));
}

TEST(GraphDrawing, GraphmlReadBackEqualsTheGenome) {
  const IdentifiedGraph given = drawn();
  const Graphml file{graph_to_graphml(given)};
  Graph read;
  read.structural_mutations = static_cast<std::uint32_t>(
      std::stoul(file.value(file.text, "graph", "structural_mutations")));
  for (const std::string& element : matches(file.text, "<node [^]*?</node>")) {
    const auto of = [&](const char* name) { return file.value(element, "node", name); };
    const auto kind = std::ranges::find(kNodeKindNames, of("kind"));
    const auto activation = std::ranges::find(kActivationNames, of("activation"));
    read.nodes.push_back({std::stoull(of("innovation"), nullptr, 16),
                          static_cast<NodeKind>(kind - kNodeKindNames.begin()),
                          static_cast<Activation>(activation - kActivationNames.begin()),
                          std::stof(of("bias"))});
    EXPECT_EQ(row(element, "id"), read.nodes.size() - 1);
  }
  for (const std::string& element : matches(file.text, "<edge [^]*?</edge>")) {
    const auto of = [&](const char* name) { return file.value(element, "edge", name); };
    read.edges.push_back({std::stoull(of("innovation"), nullptr, 16), row(element, "source"),
                          row(element, "target"), std::stof(of("weight")),
                          static_cast<std::uint32_t>(std::stoul(of("birth"))),
                          of("enabled") == "true"});
  }
  EXPECT_GT(read.nodes.size(), 7U);
  EXPECT_EQ(read, given.graph);
}

TEST(GraphDrawing, DotShowsEveryNodeAndEdgeAndDotsWhatIsNotEnabled) {
  const IdentifiedGraph given = drawn();
  const std::string text = graph_to_dot(given);
  EXPECT_EQ(matches(text, "\n[0-9]+ ?\\[[^\n]*\\];").size(), given.graph.nodes.size());
  const std::vector<std::string> edges = matches(text, "\n[0-9]+->[0-9]+ ?\\[[^\n]*\\];");
  ASSERT_EQ(edges.size(), given.graph.edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const EdgeGene& edge = given.graph.edges[i];
    EXPECT_EQ(edges[i].find("style=dotted") == std::string::npos, edge.enabled);
    EXPECT_THAT(edges[i], HasSubstr("innovation=\"" + mark_text(edge.mark) + "\""));
  }
  EXPECT_THAT(text, HasSubstr("[label=\"0.33333334\", enabled=false"));
  EXPECT_THAT(text, HasSubstr("0[label=\"input 0\", kind=input, activation=identity, bias=\"0\","));
  EXPECT_THAT(text, HasSubstr("[label=\"output 0\\nbipolar_sigmoid\", kind=output"));
}

}  // namespace
}  // namespace cambrian
