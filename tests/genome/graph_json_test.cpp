// Graphs as JSON: what is written is read back the same, and what is wrong is said with its place.
#include "cambrian/genome/graph/graph_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::json;
using testing::StartsWith;

GraphForm form_of(std::size_t inputs, std::size_t outputs, bool acyclic) {
  GraphForm form;
  form.inputs = inputs;
  form.outputs = outputs;
  form.acyclic = acyclic;
  return form;
}

TEST(GraphJson, IsReadBackTheSame) {
  for (const bool acyclic : {true, false}) {
    const GraphSpace space = graph_fixtures::space(acyclic);
    const GraphPopulation grown = graph_fixtures::grown(space, 40, 30);
    std::vector<IdentifiedGraph> graphs;
    for (std::size_t i = 0; i < grown.size(); ++i)
      graphs.push_back({3 * i + (1ULL << 60U), grown[i]});
    graphs[0].graph.edges[0].weight = -0.0F;
    graphs[0].graph.edges[1].weight = 1.17549435e-38F / 4;
    graphs[0].graph.nodes.back().bias = 0.1F;
    const auto read = graphs_from_json(graphs_to_json(graphs), "a.json", space.shape());
    ASSERT_EQ(read.size(), graphs.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
      EXPECT_EQ(read[i].id, graphs[i].id);
      EXPECT_EQ(read[i].graph, graphs[i].graph);
    }
    EXPECT_TRUE(std::signbit(read[0].graph.edges[0].weight));
  }
}

/// Two inputs, an output, and a hidden node that split input 1 -> output 0.
Json small() {
  return Json::parse(R"({"format": "cambrian-graphs", "format_version": 1, "graphs": [{
    "nodes": [{"id": 10, "kind": "hidden", "activation": "tanh"},
              {"id": 11, "kind": "output", "activation": "sigmoid"},
              {"id": 12, "kind": "input"}, {"id": 13, "kind": "input"}, {"id": 14, "kind": "bias"}],
    "links": [{"source": 10, "target": 11, "weight": 0.5}, {"source": 13, "target": 10, "weight": -2},
              {"source": 14, "target": 11, "weight": 0.25, "enabled": false}]}]})");
}

TEST(GraphJson, TakesNodesInAnyOrderAndDerivesWhatIsLeftOut) {
  const auto read = graphs_from_json(small().dump(), "a.json", form_of(2, 1, true));
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].id, 0U);
  const Graph& graph = read[0].graph;
  ASSERT_EQ(graph.nodes.size(), 5U);
  EXPECT_EQ(graph.nodes[0].mark, 0U);
  EXPECT_EQ(graph.nodes[1].mark, 1U);
  EXPECT_EQ(graph.nodes[2].kind, NodeKind::bias);
  EXPECT_EQ(graph.nodes[3].activation, Activation::sigmoid);
  EXPECT_EQ(graph.nodes[4].mark, seed_node_mark(0));
  ASSERT_EQ(graph.edges.size(), 3U);
  EXPECT_EQ(graph.edges[0].source, 1U);
  EXPECT_EQ(graph.edges[0].weight, -2.0F);
  EXPECT_EQ(graph.edges[0].mark, edge_mark(1, seed_node_mark(0)));
  EXPECT_FALSE(graph.edges[1].enabled);
  EXPECT_EQ(graph.structural_mutations, 0U);
}

TEST(GraphJson, ASeedWithoutInnovationNumbersIsTheProgramsOwn) {
  const GraphSpace space = graph_fixtures::space(false, true);
  GraphPopulation first;
  first.resize(1);
  space.initialise(first, 0, first.size(), stream_key(1, "first"), 0);
  const std::vector<IdentifiedGraph> graphs = {{5, first[0]}};
  Json json = Json::parse(graphs_to_json(graphs));
  for (const char* part : {"nodes", "links"})
    for (Json& gene : json["graphs"][0][part]) gene.erase("innovation");
  EXPECT_EQ(graphs_from_json(json.dump(), "a.json", space.shape())[0].graph, first[0]);
}

struct Fault {
  const char* pointer;  ///< of the value that is replaced; one that ends in '!' is removed
  const char* value;
  const char* message;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.pointer; }

class GraphJsonFault : public testing::TestWithParam<Fault> {};

TEST_P(GraphJsonFault, IsSaidWithItsPlace) {
  Json json = small();
  const std::string pointer = GetParam().pointer;
  if (pointer.ends_with('!')) {
    const Json::json_pointer place(pointer.substr(0, pointer.size() - 1));
    json.at(place.parent_pointer()).erase(place.back());
  } else {
    json[Json::json_pointer(pointer)] = Json::parse(GetParam().value);
  }
  try {
    graphs_from_json(json.dump(), "a.json", form_of(2, 1, true));
    FAIL() << "was read";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), StartsWith(GetParam().message));
  }
}

INSTANTIATE_TEST_SUITE_P(
    , GraphJsonFault,
    testing::Values(
        Fault{"/format", "\"neat\"", "a.json: format: is expected to be \"cambrian-graphs\""},
        Fault{"/format_version", "2", "a.json: format_version: is expected to be 1"},
        Fault{"/graphs!", "", "a.json: lacks 'graphs'"},
        Fault{"/graphs", "7", "a.json: graphs: is 7, but a list is expected"},
        Fault{"/graphs/0/nodes/1/kind", "\"motor\"",
              "a.json: graphs[0].nodes[1].kind: is not one of input, bias, hidden and output"},
        Fault{"/graphs/0/nodes/1/wieght", "1",
              "a.json: graphs[0].nodes[1]: has an unknown member 'wieght'"},
        Fault{"/graphs/0/links/1/wieght", "1",
              "a.json: graphs[0].links[1]: has an unknown member 'wieght'; did you mean 'weight'?"},
        Fault{"/graphs/0/nodes/0/activation!", "",
              "a.json: graphs[0].nodes[0]: lacks 'activation'"},
        Fault{"/graphs/0/nodes/0/activation", "\"tanhh\"",
              "a.json: graphs[0].nodes[0].activation: is not an activation"},
        Fault{"/graphs/0/nodes/0/bias", "1e39",
              "a.json: graphs[0].nodes[0].bias: is 1e+39, but a number that is finite in single"},
        Fault{"/graphs/0/nodes/3/id", "12",
              "a.json: graphs[0].nodes[3].id: is also that of another node"},
        Fault{"/graphs/0/nodes/3/id", "-1",
              "a.json: graphs[0].nodes[3].id: is -1, but a whole number from 0 to"},
        Fault{"/graphs/0/nodes/3/kind", "\"bias\"",
              "a.json: graphs[0]: has 1 node of kind input, but needs 2"},
        Fault{"/graphs/0/nodes/4", R"({"id": 14, "kind": "output", "activation": "step"})",
              "a.json: graphs[0]: has 0 nodes of kind bias, but needs 1"},
        Fault{"/graphs/0/nodes/3/innovation", "\"0x5\"",
              "a.json: graphs[0].nodes[3].innovation: is not that of input 1, 0x0000000000000001"},
        Fault{"/graphs/0/nodes/0/innovation", "9223372036854775809",
              "a.json: graphs[0].nodes[0].innovation: is 9223372036854775809, but a text is"},
        Fault{"/graphs/0/nodes/0/innovation", "\"12\"",
              "a.json: graphs[0].nodes[0].innovation: is expected as a hexadecimal text"},
        Fault{"/graphs/0/nodes/0/innovation", "\"0x10\"",
              "a.json: graphs[0].nodes[0].innovation: does not have the top bit"},
        Fault{"/graphs/0/links/0/weight", "null",
              "a.json: graphs[0].links[0].weight: is null, but a number is expected"},
        Fault{"/graphs/0/links/0/weight!", "", "a.json: graphs[0].links[0]: lacks 'weight'"},
        Fault{"/graphs/0/links/0/source", "99",
              "a.json: graphs[0].links[0].source: is not the id of a node"},
        Fault{"/graphs/0/links/0/target", "14",
              "a.json: graphs[0].links[0].target: is an input or the bias"},
        Fault{"/graphs/0/links/0/target", "10", "a.json: graphs[0]: has a cycle"},
        Fault{"/graphs/0/links/0/enabled", "1",
              "a.json: graphs[0].links[0].enabled: is 1, but true or false is expected"},
        Fault{"/graphs/0/links/0/innovation", "\"0x8000000000000000\"",
              "a.json: graphs[0].links[0].innovation: is not that of its two ends"},
        Fault{"/graphs/0/links/3", R"({"source": 13, "target": 10, "weight": 1})",
              "a.json: graphs[0].links[3]: joins the same nodes as another link"},
        Fault{"/graphs/1", R"({"id": 0, "nodes": [], "links": []})",
              "a.json: graphs[1]: has the id of another graph, 0"}));

TEST(GraphJson, BirthsBeyondTheStatedMutationsAreRefused) {
  Json json = small();
  json["graphs"][0]["links"][2]["birth"] = 4;
  EXPECT_EQ(graphs_from_json(json.dump(), "a", form_of(2, 1, true))[0].graph.structural_mutations,
            4U);
  json["graphs"][0]["structural_mutations"] = 3;
  EXPECT_THROW(graphs_from_json(json.dump(), "a", form_of(2, 1, true)), ConfigError);
}

TEST(GraphJson, AMixOfHiddenNodesWithAndWithoutNumbersIsRefused) {
  Json json = small();
  json["graphs"][0]["nodes"].push_back({{"id", 15},
                                        {"kind", "hidden"},
                                        {"activation", "tanh"},
                                        {"innovation", "0x8000000000000001"}});
  try {
    graphs_from_json(json.dump(), "a.json", form_of(2, 1, true));
    FAIL() << "was read";
  } catch (const ConfigError& error) {
    EXPECT_THAT(
        error.what(),
        StartsWith(
            "a.json: graphs[0]: has an innovation number for only some of its hidden nodes"));
  }
}

TEST(GraphJson, TextThatIsNoJsonIsRefusedWithItsLine) {
  for (const auto& [text, message] : std::vector<std::pair<std::string, std::string>>{
           {"", "a.json:1: is not JSON: "},
           {"{\n\"format\": \"x\",\n}", "a.json:3: is not JSON: "},
           {std::string(100000, '['), "a.json:1: is not JSON: "},
           {"[1e999]", "a.json: is not JSON: "},
           {"\x7f\x45LF\x02", "a.json:1: is not JSON: "},
           {R"({"graphs": [{"id": 1, "nodes": [{"id": 1}], "id": 2}]})",
            "a.json: an object has two members called \"id\""},
           {"7", "a.json: is 7, but an object is expected"}}) {
    try {
      graphs_from_json(text, "a.json", form_of(2, 1, true));
      FAIL() << "was read";
    } catch (const ConfigError& error) {
      EXPECT_THAT(error.what(), StartsWith(message));
      EXPECT_LT(std::string(error.what()).size(), 300U);
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace cambrian
