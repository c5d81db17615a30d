// What does not fit together is refused in one line, in release builds too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/genome/real/gaussian.hpp"
#include "cambrian/genome/real/iso_line.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr StreamKey kShapesKey = {1, 2};
const std::vector<Mating> kTwoPairs = {{0, 1}, {1, Mating::kNone}};

RealPopulation vectors(std::size_t length, std::size_t rows) {
  RealPopulation population(length);
  population.resize(rows);
  return population;
}

GraphPopulation graphs(std::size_t inputs, std::size_t rows, bool acyclic = true) {
  GraphSpace::Shape shape;
  shape.inputs = inputs;
  shape.acyclic = acyclic;
  const GraphSpace space({}, shape);
  GraphPopulation population(shape);
  population.resize(rows);
  space.initialise(population, 0, rows, kShapesKey, 0);
  return population;
}

template <class Call>
void expect_error(const Call& call, const char* text) {
  EXPECT_THAT(call, ThrowsMessage<Error>(HasSubstr(text)));
}

class Shapes : public testing::Test {
 protected:
  void vary(const Variation& variation, const Population& parents, Population& children) {
    variation.vary(parents, kTwoPairs, children, {0, 2}, kShapesKey, 0);
  }
  const RealSpace space_{{}, 4};
  const IsoLine line_{{}, space_};
  const Gaussian gaussian_{{}, space_};
};

TEST_F(Shapes, VariationRefusesVectorsOfAnotherLength) {
  for (const Variation* variation :
       {static_cast<const Variation*>(&line_), static_cast<const Variation*>(&gaussian_)}) {
    RealPopulation fitting = vectors(4, 2);
    RealPopulation shorter = vectors(2, 2);
    RealPopulation longer = vectors(400, 2);
    expect_error([&] { vary(*variation, shorter, fitting); },
                 "the vectors have 2 genes, but 4 were expected");
    expect_error([&] { vary(*variation, longer, fitting); }, "have 400 genes");
    expect_error([&] { vary(*variation, fitting, shorter); }, "have 2 genes");
    EXPECT_NO_THROW(vary(*variation, vectors(4, 2), fitting));
  }
}

TEST_F(Shapes, VariationRefusesGenomesOfAnotherKind) {
  RealPopulation real = vectors(4, 2);
  GraphPopulation graph = graphs(3, 2);
  expect_error([&] { vary(line_, graph, real); },
               "the genomes are of kind 'graph', but 'real' was expected");
  expect_error([&] { vary(gaussian_, real, graph); }, "of kind 'graph'");
  const GraphSpace space({}, GraphSpace::Shape());
  const NeatVariation neat({}, space);
  expect_error([&] { vary(neat, real, graph); },
               "the genomes are of kind 'real', but 'graph' was expected");
  expect_error([&] { neat.distance(real, 0, real, 1); }, "of kind 'real'");
}

TEST_F(Shapes, VariationRefusesGraphsOfAnotherForm) {
  GraphSpace::Shape shape;
  shape.inputs = 3;
  const NeatVariation neat({}, GraphSpace({}, shape));
  GraphPopulation children = graphs(3, 2);
  EXPECT_NO_THROW(vary(neat, graphs(3, 2), children));
  expect_error(
      [&] { vary(neat, graphs(4, 2), children); },
      "the graphs have 4 inputs, 1 output and no cycles, but 3 inputs, 1 output and no cycles "
      "were expected");
  expect_error([&] { vary(neat, graphs(3, 2, false), children); },
               "1 output and possibly cycles, but");
  GraphPopulation never_written;
  never_written.resize(2);
  expect_error([&] { vary(neat, never_written, children); },
               "the graph in row 0 does not have the 3 inputs, the bias and the 1 output");
}

TEST_F(Shapes, VariationRefusesRowsThatAreNotThere) {
  const RealPopulation parents = vectors(4, 2);
  RealPopulation children = vectors(4, 3);
  const auto vary_range = [&](const std::vector<Mating>& matings, RowRange range) {
    line_.vary(parents, matings, children, range, kShapesKey, 0);
  };
  EXPECT_NO_THROW(vary_range(kTwoPairs, {1, 3}));
  expect_error(
      [&] {
        vary_range(kTwoPairs, {2, 4});
      },
      "rows [2, 4) were to be written, but there are 3");
  expect_error([&] { vary_range(kTwoPairs, {3, 1}); }, "there are 3");
  expect_error([&] { vary_range(kTwoPairs, {0, 3}); }, "2 matings were given for 3 children");
  expect_error(
      [&] {
        vary_range({{0, 1}, {2, 0}}, {0, 2});
      },
      "a mating names row 2, but there are 2 parents");
  expect_error([&] { vary_range({{0, 5}, {1, 0}}, {0, 2}); }, "a mating names row 5");
  expect_error(
      [&] {
        line_.vary(children, kTwoPairs, children, {0, 2}, kShapesKey, 0);
      },
      "their own parents");
}

TEST_F(Shapes, PopulationsRefuseEditsFromOthers) {
  const std::vector<RowEdit> edit = {{RowEdit::Kind::put, 0, 1}};
  RealPopulation real = vectors(4, 2);
  GraphPopulation graph = graphs(3, 2);
  expect_error([&] { real.apply(edit, graph); }, "of kind 'graph', but 'real' was expected");
  expect_error([&] { graph.apply(edit, real); }, "of kind 'real', but 'graph' was expected");
  expect_error([&] { real.apply(edit, vectors(40, 2)); }, "have 40 genes, but 4 were expected");
  expect_error([&] { graph.apply(edit, graphs(4, 2)); }, "have 4 inputs");
}

TEST_F(Shapes, PopulationsRefuseEditsOfRowsThatAreNotThere) {
  const RealPopulation offered = vectors(4, 2);
  const GraphPopulation offered_graphs = graphs(3, 2);
  for (const RowEdit& edit :
       {RowEdit{RowEdit::Kind::put, 3, 0}, RowEdit{RowEdit::Kind::put, 0, 2},
        RowEdit{RowEdit::Kind::move, 0, 2}, RowEdit{RowEdit::Kind::move, 2, 0},
        RowEdit{RowEdit::Kind::shrink, 3, 0}}) {
    RealPopulation real = vectors(4, 2);
    GraphPopulation graph = graphs(3, 2);
    expect_error([&] { real.apply(std::vector{edit}, offered); }, "an edit names row");
    expect_error([&] { graph.apply(std::vector{edit}, offered_graphs); }, "an edit names row");
  }
  RealPopulation real = vectors(4, 2);
  const std::vector<RowEdit> grows = {{RowEdit::Kind::put, 2, 1},
                                      {RowEdit::Kind::put, 3, 0},
                                      {RowEdit::Kind::move, 0, 3},
                                      {RowEdit::Kind::shrink, 3, 0}};
  EXPECT_NO_THROW(real.apply(grows, offered));
  EXPECT_EQ(real.size(), 3U);
}

TEST_F(Shapes, SpacesRefuseOtherPopulations) {
  RealPopulation real = vectors(5, 2);
  GraphPopulation graph = graphs(3, 2);
  const GraphSpace graph_space({}, GraphSpace::Shape());
  expect_error([&] { space_.initialise(real, 0, 2, kShapesKey, 0); }, "have 5 genes");
  expect_error([&] { space_.initialise(graph, 0, 2, kShapesKey, 0); }, "of kind 'graph'");
  expect_error([&] { graph_space.initialise(real, 0, 2, kShapesKey, 0); }, "of kind 'real'");
  expect_error([&] { graph_space.initialise(graph, 0, 2, kShapesKey, 0); }, "have 3 inputs");
  expect_error([&] { graph_space.check(real, 0); }, "of kind 'real'");
  expect_error([&] { space_.check(real, 0); }, "have 5 genes");
  RealPopulation fitting = vectors(4, 2);
  expect_error([&] { space_.initialise(fitting, 1, 2, kShapesKey, 0); },
               "rows [1, 3) were to be written, but there are 2");
  expect_error([&] { space_.check(fitting, 2); }, "there is no row 2; there are 2");
}

}  // namespace
}  // namespace cambrian
