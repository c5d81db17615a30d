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

/// The value of a key in one element of GraphML.
std::string value(const std::string& element, const std::string& key) {
  std::smatch match;
  std::regex_search(element, match, std::regex("<data key=\"" + key + "\">([^<]*)</data>"));
  return match[1];
}

std::uint32_t row(const std::string& element, const std::string& end) {
  std::smatch match;
  std::regex_search(element, match, std::regex(end + "=\"n([0-9]+)\""));
  return static_cast<std::uint32_t>(std::stoul(match[1]));
}

TEST(GraphDrawing, GraphmlReadBackEqualsTheGenome) {
  const IdentifiedGraph given = drawn();
  const std::string text = graph_to_graphml(given);
  EXPECT_THAT(text, HasSubstr("<graph id=\"genome_7\" edgedefault=\"directed\">"));
  Graph read;
  read.structural_mutations =
      static_cast<std::uint32_t>(std::stoul(value(text, "structural_mutations")));
  for (const std::string& element : matches(text, "<node .*</node>")) {
    const auto kind = std::ranges::find(kNodeKindNames, value(element, "kind"));
    read.nodes.push_back({std::stoull(value(element, "node_innovation"), nullptr, 16),
                          static_cast<NodeKind>(kind - kNodeKindNames.begin()),
                          activation_from_name(value(element, "activation")),
                          std::stof(value(element, "bias"))});
    EXPECT_EQ(row(element, "id"), read.nodes.size() - 1);
  }
  for (const std::string& element : matches(text, "<edge .*</edge>")) {
    read.edges.push_back({std::stoull(value(element, "edge_innovation"), nullptr, 16),
                          row(element, "source"), row(element, "target"),
                          std::stof(value(element, "weight")),
                          static_cast<std::uint32_t>(std::stoul(value(element, "birth"))),
                          value(element, "enabled") == "true"});
  }
  EXPECT_GT(read.nodes.size(), 7U);
  EXPECT_EQ(read, given.graph);
}

TEST(GraphDrawing, DotShowsEveryNodeAndEdgeAndDotsWhatIsNotEnabled) {
  const IdentifiedGraph given = drawn();
  const std::string text = graph_to_dot(given);
  EXPECT_EQ(matches(text, "  n[0-9]+ \\[.*\\];\n").size(), given.graph.nodes.size());
  const std::vector<std::string> edges = matches(text, "  n[0-9]+ -> n[0-9]+ \\[.*\\];\n");
  ASSERT_EQ(edges.size(), given.graph.edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const EdgeGene& edge = given.graph.edges[i];
    EXPECT_EQ(edges[i].find("style=dotted") == std::string::npos, edge.enabled);
    EXPECT_THAT(edges[i], HasSubstr("innovation=\"" + mark_text(edge.mark) + "\""));
  }
  EXPECT_THAT(text, HasSubstr("[label=\"0.33333334\", enabled=false"));
  EXPECT_THAT(text, HasSubstr("n0 [label=\"input 0\", kind=input, activation=identity, bias=\"0\","));
  EXPECT_THAT(text, HasSubstr("[label=\"output 0\\nbipolar_sigmoid\", kind=output"));
}

}  // namespace
}  // namespace cambrian
