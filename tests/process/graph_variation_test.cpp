// Children that a program makes of graphs and of ragged vectors: how they are named, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "cambrian/genome/graph/neat_mutation.hpp"
#include "cambrian/genome/process_variation.hpp"
#include "cambrian/genome/ragged/ragged_space.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

/// A program that reads the form of the genomes, and then does the same for each request.
ProcessVariationParameters doing(const std::string& act) {
  ProcessVariationParameters parameters;
  parameters.command = {
      "sh", "-c",
      "read -r form; echo '{\"cambrian\":1}'; while read -r line; do " + act + "; done"};
  return parameters;
}
constexpr const char* kMother =
    R"(m=${line#*'"mothers":['}; echo "{\"children\":[${m%%'],"fathers"'*}]}")";

/// The child that a program makes of the first graph, and of the second if there are two.
Graph child_of(const GraphPopulation& parents, const GraphSpace& space,
               const ProcessVariationParameters& parameters) {
  const std::unique_ptr<Variation> variation = make_process_variation(parameters, space);
  GraphPopulation children(space.shape());
  children.resize(1);
  const std::vector<Mating> matings = {{0, parents.size() > 1 ? 1 : Mating::kNone}};
  variation->vary(parents, matings, children, {0, 1}, {}, 0);
  return children[0];
}
Graph child_of(const GraphPopulation& parents, const GraphSpace& space, const Json& child) {
  return child_of(parents, space, doing("echo '" + Json{{"children", {child}}}.dump() + "'"));
}

/// One or two graphs of four inputs and two outputs; row 9 of the first is a hidden node.
class GraphProcess : public testing::Test {
 protected:
  const Graph& mother() const { return parents_[0]; }
  Json mothers_json() const { return Json::parse(graph_to_line(mother())); }
  std::string failure_of(const Json& child, bool acyclic = true) const {
    try {
      child_of(parents_, graph_fixtures::space(acyclic), child);
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  /// A link that a new node of this child splits.
  static Json split(Json child, const EdgeGene& edge, int id) {
    child["nodes"].push_back({{"id", id},
                              {"kind", "hidden"},
                              {"activation", "sine"},
                              {"splits", {edge.source, edge.target}}});
    child["links"].push_back({{"source", edge.source}, {"target", id}, {"weight", 1}});
    child["links"].push_back({{"source", id}, {"target", edge.target}, {"weight", 0.5}});
    return child;
  }
  /// An enabled link from an input to an output.
  const EdgeGene& direct_link() const {
    return *std::ranges::find_if(mother().edges, [&](const EdgeGene& edge) {
      return edge.source < 4 && edge.target < 7 && edge.enabled;
    });
  }

  GraphSpace space_ = graph_fixtures::space(true);
  GraphPopulation parents_ = graph_fixtures::grown(space_, 1, 20);
};

TEST_F(GraphProcess, AMotherThatIsAnsweredIsHerOwnChildToTheLastBit) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    parents_ = graph_fixtures::grown(space_, 1, 40, seed);
    EXPECT_EQ(child_of(parents_, space_, doing(kMother)), mother());
  }
}

TEST_F(GraphProcess, TheProgramIsToldTheFormOfItsGraphs) {
  const std::string form =
      R"({"request":"describe","genome":"graph","inputs":4,"outputs":2,"acyclic":true,)"
      R"("activations":["sine","gaussian","absolute"],"outputs_may_change":false,"max_genes":100000})";
  EXPECT_EQ(
      child_of(parents_, space_, doing("[ \"$form\" = '" + form + "' ] || exit 1; " + kMother)),
      mother());
}

TEST_F(GraphProcess, ASplitLinkGetsTheInnovationNumbersOfNeatsMutation) {
  const EdgeGene link = direct_link();
  Json json = split(mothers_json(), link, 99);
  const Graph child = child_of(parents_, space_, json);
  const NodeGene* node = graph_fixtures::find_node(child, node_mark(link.mark, 0));
  ASSERT_NE(node, nullptr);
  EXPECT_EQ(node->activation, Activation::sine);
  // Mutation names what it makes of the same link the same.
  Graph mutated = mother();
  for (EdgeGene& edge : mutated.edges) edge.enabled = edge.mark == link.mark;
  Stream stream({}, 0);  // with which it may miss the one enabled link for twenty tries
  while (!add_node(mutated, 1.0, space_.shape(), stream)) continue;
  ASSERT_EQ(child.edges.size(), mutated.edges.size());
  EXPECT_EQ(child.nodes.size(), mutated.nodes.size());
  for (std::size_t i = 0; i < mutated.edges.size(); ++i)
    EXPECT_EQ(child.edges[i].mark, mutated.edges[i].mark);
  EXPECT_EQ(child.structural_mutations, mother().structural_mutations + 1);
  for (const EdgeGene& edge : child.edges) {
    const EdgeGene* inherited = graph_fixtures::find_edge(mother(), edge.mark);
    EXPECT_EQ(edge.birth, inherited == nullptr ? child.structural_mutations : inherited->birth);
  }
}

TEST_F(GraphProcess, ALinkThatIsSplitAgainGetsTheNextNumber) {
  const EdgeGene link = direct_link();
  const Graph child = child_of(parents_, space_, split(split(mothers_json(), link, 99), link, 98));
  EXPECT_NE(graph_fixtures::find_node(child, node_mark(link.mark, 0)), nullptr);
  EXPECT_NE(graph_fixtures::find_node(child, node_mark(link.mark, 1)), nullptr);
}

TEST_F(GraphProcess, NewNodesOfOneLinkGetItsFreeNumbersInTheirOrder) {
  const EdgeGene link = direct_link();
  Json json = mothers_json();
  for (const int id : {91, 92, 93}) json = split(json, link, id);
  const Graph first = child_of(parents_, space_, json);
  // A grandchild without the second of them fills the gap before it counts on.
  const std::uint64_t gap = node_mark(link.mark, 1);
  const auto place =
      static_cast<std::uint32_t>(graph_fixtures::find_node(first, gap) - &first.nodes[0]);
  json = Json::parse(graph_to_line(first));
  json["nodes"].erase(place);
  std::erase_if(json["links"].get_ref<Json::array_t&>(),
                [&](const Json& one) { return one["source"] == place || one["target"] == place; });
  const auto row_of = [&](const NodeGene& end) {
    return static_cast<std::uint32_t>(graph_fixtures::find_node(first, end.mark) - &first.nodes[0]);
  };
  EdgeGene same = link;
  same.source = row_of(mother().nodes[link.source]);
  same.target = row_of(mother().nodes[link.target]);
  const Activation kinds[] = {Activation::sine, Activation::gaussian, Activation::absolute};
  for (std::size_t i = 0; i < 3; ++i) {
    json = split(json, same, 900 + static_cast<int>(i));
    json["nodes"].back()["activation"] = activation_name(kinds[i]);
  }
  GraphPopulation parents(space_.shape());
  parents.resize(1);
  parents[0] = first;
  const Graph child = child_of(parents, space_, json);
  const std::uint32_t numbers[] = {1, 3, 4};
  for (std::size_t i = 0; i < 3; ++i) {
    const NodeGene* node = graph_fixtures::find_node(child, node_mark(link.mark, numbers[i]));
    ASSERT_NE(node, nullptr) << numbers[i];
    EXPECT_EQ(node->activation, kinds[i]);
  }
  EXPECT_EQ(graph_fixtures::find_node(child, node_mark(link.mark, 5)), nullptr);
}

TEST_F(GraphProcess, ANewNodeMaySplitALinkOfANewNodeBeforeIt) {
  const EdgeGene link = direct_link();
  Json json = split(mothers_json(), link, 99);
  const Json before = split(json, {.source = link.source, .target = 99}, 98);
  const std::uint64_t first = node_mark(link.mark, 0);
  const std::uint64_t second = node_mark(edge_mark(mother().nodes[link.source].mark, first), 0);
  EXPECT_NE(graph_fixtures::find_node(child_of(parents_, space_, before), second), nullptr);
  Json after = before;
  std::swap(after["nodes"].back(), after["nodes"][after["nodes"].size() - 2]);
  EXPECT_THAT(failure_of(after), HasSubstr("names a new node that does not stand before this one"));
}

TEST_F(GraphProcess, GenesOfTheFatherKeepTheirNumbersAndBirths) {
  parents_ = graph_fixtures::grown(space_, 2, 30);
  const Graph& father = parents_[1];
  Json json = Json::parse(graph_to_line(father));
  json["structural_mutations"] = 0;  // is not read
  const Graph child = child_of(parents_, space_, json);
  EXPECT_EQ(child.nodes, father.nodes);
  ASSERT_EQ(child.edges.size(), father.edges.size());
  for (std::size_t i = 0; i < child.edges.size(); ++i) {
    const EdgeGene* hers = graph_fixtures::find_edge(mother(), child.edges[i].mark);
    EXPECT_EQ(child.edges[i].birth, hers == nullptr ? father.edges[i].birth : hers->birth);
  }
  EXPECT_EQ(child.structural_mutations,
            std::max(mother().structural_mutations, father.structural_mutations));
}

TEST_F(GraphProcess, RefusesWhatIsNoGraphOfThisForm) {
  const auto changed = [&](const char* list, int i, const Json& change) {
    Json json = mothers_json();
    json[list][static_cast<std::size_t>(i)].merge_patch(change);
    return failure_of(json);
  };
  EXPECT_THAT(
      changed("links", 2, {{"weight", "x"}}),
      HasSubstr("answered what is wrong: children[0].links[2].weight: is \"x\", but a number"));
  EXPECT_THAT(changed("links", 2, {{"weight", 1e300}}), HasSubstr("finite in single precision"));
  EXPECT_THAT(changed("links", 2, {{"target", 0}}), HasSubstr("is an input or the bias"));
  EXPECT_THAT(changed("links", 2, {{"wieght", 0}}), HasSubstr("did you mean 'weight'?"));
  EXPECT_THAT(changed("nodes", 0, {{"kind", "output"}}), HasSubstr("nodes[0].innovation"));
  EXPECT_THAT(changed("nodes", 5, {{"activation", "sine"}}),
              HasSubstr("only that of hidden nodes may"));
  EXPECT_THAT(
      changed("nodes", 7, {{"activation", "tanh"}}),
      HasSubstr("nodes[7].activation: is not one of those of this run: sine, gaussian, absolute"));
  EXPECT_THAT(changed("nodes", 7, {{"activation", "tnah"}}), HasSubstr("is not an activation"));
  EXPECT_THAT(changed("nodes", 7, {{"innovation", "0x8000000000000001"}}),
              HasSubstr("is that of no node of its parents"));
  EXPECT_THAT(changed("nodes", 7, {{"innovation", nullptr}}),
              HasSubstr("nor the link it 'splits'"));
  EXPECT_THAT(changed("nodes", 7, {{"splits", {0, 5}}}), HasSubstr("belongs to new hidden nodes"));
  Json fewer = mothers_json();
  fewer["nodes"].erase(0);
  EXPECT_THAT(failure_of(fewer), HasSubstr("node"));
  EXPECT_THAT(failure_of(split(mothers_json(), {.source = 4, .target = 5}, 99)),
              HasSubstr("is the bias, whose links are never split"));
}

TEST_F(GraphProcess, RefusesACycleOnlyWhereThereMayBeNone) {
  Json json = split(mothers_json(), direct_link(), 99);
  json["links"].push_back({{"source", 99}, {"target", 99}, {"weight", 1}});
  EXPECT_THAT(failure_of(json), HasSubstr("children[0]: has a cycle"));
  parents_ = graph_fixtures::grown(graph_fixtures::space(false), 1, 20);
  json = split(mothers_json(), direct_link(), 99);
  json["links"].push_back({{"source", 99}, {"target", 99}, {"weight", 1}});
  EXPECT_EQ(failure_of(json, false), "nothing was thrown");
}

TEST_F(GraphProcess, RefusesAChildWithTooManyGenes) {
  ProcessVariationParameters parameters = doing(kMother);
  parameters.max_genes = 10;
  EXPECT_THAT([&] { child_of(parents_, space_, parameters); },
              testing::ThrowsMessage<FatalError>(
                  HasSubstr("nodes and links, but variation.max_genes is 10")));
}

TEST_F(GraphProcess, DistanceAndGenesAreNeats) {
  parents_ = graph_fixtures::grown(space_, 2, 30);
  ProcessVariationParameters parameters = doing("true");
  NeatVariationParameters rates;
  parameters.weight_coefficient = rates.weight_coefficient = 0.4;
  const std::unique_ptr<Variation> process = make_process_variation(parameters, space_);
  const NeatVariation neat(rates, space_);
  EXPECT_GT(neat.distance(parents_, 0, parents_, 1), 0);
  EXPECT_EQ(process->distance(parents_, 0, parents_, 1), neat.distance(parents_, 0, parents_, 1));
  EXPECT_EQ(process->genes(parents_, 0), neat.genes(parents_, 0));
}

/// What becomes of a child of two genes, {0, 0.5} and {3, -1}, of 6 places.
std::string ragged_outcome(const std::string& act) {
  const RaggedSpace space(RaggedGenomeParameters(), {{2, 3}}, {0, 3}, 1.0);
  RaggedPopulation parents(6), children(6);
  parents.resize(1);
  parents[0] = {{0, 0.5F}, {3, -1.0F}};
  children.resize(1);
  try {
    const std::unique_ptr<Variation> variation = make_process_variation(doing(act), space);
    variation->vary(parents, std::vector<Mating>{{0, Mating::kNone}}, children, {0, 1}, {}, 0);
  } catch (const Error& error) {
    return error.what();
  }
  std::string text;
  for (const RaggedGene& gene : children[0])
    text += std::to_string(gene.index) + ":" + std::to_string(gene.value) + " ";
  return text;
}

TEST(RaggedProcess, AMotherThatIsAnsweredIsHerOwnChild) {
  EXPECT_EQ(
      ragged_outcome(
          R"([ "$form" = '{"request":"describe","genome":"ragged","places":6,"max_genes":6}' ] || exit 1; )" +
          std::string(kMother)),
      "0:0.500000 3:-1.000000 ");
}

TEST(RaggedProcess, TakesGenesInAnyOrderAndRefusesBadOnes) {
  const auto answered = [](const std::string& child) {
    return ragged_outcome("echo '{\"children\":[" + child + "]}'");
  };
  EXPECT_EQ(answered("[[4,2],[1,0.25]]"), "1:0.250000 4:2.000000 ");
  EXPECT_THAT(answered("[[6,1]]"), HasSubstr("answered what is wrong: children[0]: "));
  EXPECT_THAT(answered("[[1,1],[1,2]]"), HasSubstr("answered what is wrong: children[0]: "));
  EXPECT_THAT(answered("[]"), HasSubstr("answered what is wrong: children[0]: "));
  EXPECT_THAT(answered("[[1]]"), HasSubstr("children[0][0]: has not two numbers"));
}

}  // namespace
}  // namespace cambrian
