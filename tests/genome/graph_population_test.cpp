#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;
using testing::HasSubstr;

void expect_equal(const GraphPopulation& a, const GraphPopulation& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i], b[i]) << "row " << i;
}

TEST(GraphPopulation, ComesBackFromASavedTreeAsItWas) {
  GraphPopulation population = grown(space(false), 40, 25);
  population.resize(37);  // spare rows are not part of it
  StateTree tree;
  population.save(*tree.writer());
  GraphPopulation back;
  back.load(*tree.reader());
  expect_equal(population, back);
}

TEST(GraphPopulation, SavesAnEmptyPopulation) {
  StateTree tree;
  GraphPopulation().save(*tree.writer());
  GraphPopulation back = grown(space(true), 3, 1);
  back.load(*tree.reader());
  EXPECT_EQ(back.size(), 0U);
}

TEST(GraphPopulation, OfASpaceRefusesGraphsOfAnother) {
  const auto message = [](const GraphPopulation& population, const GraphSpace& into) {
    StateTree tree;
    population.save(*tree.writer());
    try {
      // A population that was made from another is of its space as well.
      into.make_population()->make_empty()->load(*tree.reader());
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const GraphPopulation recurrent = grown(space(false), 40, 25);
  EXPECT_EQ(message(recurrent, space(false)), "");
  EXPECT_THAT(message(recurrent, space(true)), testing::EndsWith("has a cycle"));
  GraphSpace::Shape wider = space(true).shape();
  ++wider.inputs;
  EXPECT_THAT(message(grown(space(true), 3, 5), {GraphGenomeParameters(), wider}),
              HasSubstr("has 4 inputs and 2 outputs, but 5 inputs and 2 outputs are expected"));
  wider = space(true).shape();
  wider.outputs = 1;
  EXPECT_THAT(message(grown(space(true), 3, 5), {GraphGenomeParameters(), wider}),
              HasSubstr("has 4 inputs and 2 outputs, but 4 inputs and 1 output are expected"));
}

TEST(GraphPopulation, NamesItsActivationsInTheFile) {
  StateTree tree;
  grown(space(true), 2, 1).save(*tree.writer());
  const auto names =
      tree.reader()->group("node")->attribute_as<std::vector<std::string>>("activation_names");
  ASSERT_EQ(names.size(), kActivations);
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(names[i], activation_name(static_cast<Activation>(i)));
  }
}

TEST(GraphPopulation, FollowsEditsAsAColumnDoes) {
  const GraphPopulation offered = grown(space(true), 5, 6);
  GraphPopulation population;
  const std::vector<RowEdit> edits = {{RowEdit::Kind::put, 0, 3},  {RowEdit::Kind::put, 1, 1},
                                      {RowEdit::Kind::put, 2, 4},  {RowEdit::Kind::put, 1, 0},
                                      {RowEdit::Kind::move, 0, 2}, {RowEdit::Kind::shrink, 2, 0},
                                      {RowEdit::Kind::put, 2, 2},  {RowEdit::Kind::move, 1, 1}};
  population.apply(edits, offered);
  std::vector<int> model;
  const std::vector<int> rows = {0, 1, 2, 3, 4};
  apply_edits<int>(model, rows, edits);
  ASSERT_EQ(population.size(), model.size());
  for (std::size_t i = 0; i < model.size(); ++i) {
    EXPECT_EQ(population[i], offered[static_cast<std::size_t>(model[i])]);
  }
}

// Rewrites a tree column by column, so that a test can damage one of them.
class Damage {
 public:
  explicit Damage(const GraphPopulation& population) {
    StateTree tree;
    population.save(*tree.writer());
    const auto reader = tree.reader();
    const auto node = reader->group("node");
    const auto edge = reader->group("edge");
    node_offset = reader->column<std::uint64_t>("node_offset");
    edge_offset = reader->column<std::uint64_t>("edge_offset");
    mutations = reader->column<std::uint32_t>("structural_mutations");
    mark = node->column<std::uint64_t>("innovation");
    kind = node->column<std::uint8_t>("kind");
    activation = node->column<std::uint8_t>("activation");
    bias = node->column<float>("bias");
    edge_mark = edge->column<std::uint64_t>("innovation");
    source = edge->column<std::uint32_t>("source");
    target = edge->column<std::uint32_t>("target");
    birth = edge->column<std::uint32_t>("birth");
    weight = edge->column<float>("weight");
    enabled = edge->column<std::uint8_t>("enabled");
  }
  /// @return the message of the Error, empty if it loads
  std::string message() const {
    StateTree tree;
    const auto writer = tree.writer();
    put(*writer, "node_offset", node_offset);
    put(*writer, "edge_offset", edge_offset);
    put(*writer, "structural_mutations", mutations);
    const auto node = writer->group("node");
    put(*node, "innovation", mark);
    put(*node, "kind", kind);
    put(*node, "activation", activation);
    put(*node, "bias", bias);
    const auto edge = writer->group("edge");
    put(*edge, "innovation", edge_mark);
    put(*edge, "source", source);
    put(*edge, "target", target);
    put(*edge, "birth", birth);
    put(*edge, "weight", weight);
    put(*edge, "enabled", enabled);
    GraphPopulation population = grown(space(true), 2, 0);
    const Graph before = population[1];
    try {
      population.load(*tree.reader());
    } catch (const Error& error) {
      EXPECT_EQ(population.size(), 2U);
      EXPECT_EQ(population[1], before) << "a failed load leaves what was there";
      return error.what();
    }
    return "";
  }

  std::vector<std::uint64_t> node_offset, edge_offset, mark, edge_mark;
  std::vector<std::uint32_t> mutations, source, target, birth;
  std::vector<std::uint8_t> kind, activation, enabled;
  std::vector<float> bias, weight;

 private:
  template <class T>
  static void put(StateWriter& writer, std::string_view name, const std::vector<T>& values) {
    writer.column(name, std::span<const T>(values));
  }
};

Damage sound() { return Damage(grown(space(true), 4, 8)); }

TEST(GraphPopulation, LoadsWhatIsNotDamaged) { EXPECT_EQ(sound().message(), ""); }

TEST(GraphPopulation, RefusesDamagedOffsets) {
  Damage file = sound();
  file.node_offset[1] = file.node_offset[2] + 1;
  EXPECT_THAT(file.message(), HasSubstr("node_offset"));
  file = sound();
  file.edge_offset.back() = ~std::uint64_t{0};
  EXPECT_THAT(file.message(), HasSubstr("edge_offset"));
  file = sound();
  file.edge_offset.front() = 1;
  EXPECT_THAT(file.message(), HasSubstr("edge_offset"));
  file = sound();
  file.edge_offset.clear();
  EXPECT_THAT(file.message(), HasSubstr("edge_offset"));
  file = sound();
  file.edge_offset.pop_back();
  EXPECT_NE(file.message(), "");
  file = sound();
  file.edge_offset.push_back(file.edge_offset.back());
  EXPECT_THAT(file.message(), HasSubstr("differ in length"));
}

TEST(GraphPopulation, RefusesColumnsOfUnequalLength) {
  Damage file = sound();
  file.weight.pop_back();
  EXPECT_THAT(file.message(), HasSubstr("weight"));
  file = sound();
  file.kind.push_back(0);
  EXPECT_THAT(file.message(), HasSubstr("kind"));
  file = sound();
  file.mutations.pop_back();
  EXPECT_THAT(file.message(), HasSubstr("structural_mutations"));
}

TEST(GraphPopulation, RefusesDamagedNodes) {
  Damage file = sound();
  file.kind[2] = 4;
  EXPECT_THAT(file.message(), HasSubstr("kind"));
  file = sound();
  file.kind[2] = 3;
  EXPECT_THAT(file.message(), HasSubstr("innovation number"));
  file = sound();
  file.activation[0] = kActivations;
  EXPECT_THAT(file.message(), HasSubstr("activation"));
  file = sound();
  std::swap(file.mark[0], file.mark[1]);
  EXPECT_THAT(file.message(), HasSubstr("sorted"));
  file = sound();
  file.bias[1] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(file.message(), HasSubstr("finite"));
}

TEST(GraphPopulation, RefusesDamagedEdges) {
  Damage file = sound();
  file.source[3] = 1000;
  EXPECT_THAT(file.message(), HasSubstr("not there"));
  file = sound();
  file.target[3] = 0;
  EXPECT_THAT(file.message(), HasSubstr("input"));
  file = sound();
  file.edge_mark[0] ^= 1U;
  EXPECT_THAT(file.message(), HasSubstr("innovation number"));
  file = sound();
  file.weight[0] = std::numeric_limits<float>::infinity();
  EXPECT_THAT(file.message(), HasSubstr("finite"));
  file = sound();
  file.birth[0] = 100000;
  EXPECT_THAT(file.message(), HasSubstr("born"));
  file = sound();
  file.enabled[0] = 2;
  EXPECT_THAT(file.message(), HasSubstr("enabled"));
  file = sound();
  std::swap(file.source[0], file.source[1]);
  std::swap(file.target[0], file.target[1]);
  std::swap(file.edge_mark[0], file.edge_mark[1]);
  EXPECT_THAT(file.message(), HasSubstr("sorted"));
}

}  // namespace
}  // namespace cambrian
