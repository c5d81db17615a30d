// `run --check`: a broken genome is found wherever it lives, and named.
#include "cambrian/record/invariants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

std::string fault_of(const std::function<void()>& checked) {
  try {
    checked();
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

/// A run of the maze after some batches, whose parts a test may break.
class Checked : public testing::Test {
 protected:
  static std::unique_ptr<Assembly> parts(const std::string& file, const Inputs& inputs) {
    Configuration configuration = Configuration::from_file(data_folder() + "/experiments/" + file);
    configuration.set("run.evaluations=600");
    return assemble(configuration, make_catalogue(environments()), inputs);
  }
  explicit Checked(const std::string& file = "hard_maze_neat_novelty.toml")
      : inputs_({data_folder()}), experiment_(parts(file, inputs_)) {
    while (!experiment_.done()) experiment_.step(0.0);
  }
  static Graph& graph(const Population& population, std::size_t row) {
    return const_cast<GraphPopulation&>(dynamic_cast<const GraphPopulation&>(population))[row];
  }
  std::string fault() const {
    return fault_of([&] { experiment_.check(); });
  }

  RecordedInputs inputs_;
  Experiment experiment_;
};

TEST_F(Checked, AHealthyRunHasNoFault) { EXPECT_EQ(fault(), "none"); }

TEST_F(Checked, AnElitesLinkWithAForeignMark) {
  const Elites& elites = experiment_.record().result();
  graph(elites.population(), 2).edges[3].mark += 1;
  EXPECT_EQ(fault(), "archive: the genome of candidate " +
                         std::to_string(elites.individuals().ids[2]) +
                         ": edge 3 has an innovation number that does not follow from its ends");
}

TEST_F(Checked, AnEliteOfTheDriverWithoutAnInput) {
  const Elites& elites = *experiment_.record().driver();
  ASSERT_GT(elites.size(), 0u);
  Graph& broken = graph(elites.population(), 0);
  broken.nodes.erase(broken.nodes.begin());
  const std::string name = std::to_string(elites.individuals().ids[0]);
  EXPECT_THAT(fault(), HasSubstr("archives/driver: the genome of candidate " + name + ": "));
}

TEST_F(Checked, ALivingIndividualWithAWeightThatIsNotFinite) {
  const NamedPopulation living = experiment_.parts().algorithm->populations().front();
  ASSERT_EQ(living.genomes->size(), 250u);
  graph(*living.genomes, 17).edges[0].weight = NAN;
  EXPECT_EQ(fault(), "population: the genome of candidate " +
                         std::to_string(living.individuals->ids[17]) +
                         ": edge 0 has a weight that is not finite");
}

TEST_F(Checked, AnEliteOfAnEvaluationThatHasNotBeen) {
  EXPECT_THAT(fault_of([&] {
                check_elites(experiment_.record().result(), *experiment_.parts().space, 3,
                             "archive");
              }),
              HasSubstr("but there have been 3"));
}

TEST(CheckGenomes, ACppnWithACycle) {
  GraphSpace::Shape shape;
  shape.one_hidden = true;
  const GraphSpace space(GraphGenomeParameters{}, shape);
  const auto population = space.make_population();
  population->resize(1);
  space.initialise(*population, 0, population->size(), stream_key(1, "test"), 0);
  const std::vector<std::uint64_t> ids = {42};
  EXPECT_NO_THROW(check_genomes(space, *population, ids, "archive"));
  Graph& graph = dynamic_cast<GraphPopulation&>(*population)[0];
  EdgeGene self = graph.edges.back();  // from the hidden node
  self.target = self.source;
  const std::uint64_t mark = graph.nodes[self.source].mark;
  self.mark = edge_mark(mark, mark);
  graph.edges.push_back(self);
  EXPECT_EQ(fault_of([&] { check_genomes(space, *population, ids, "archive"); }),
            "archive: the genome of candidate 42: has a cycle");
}

TEST(CheckGenomes, RealGenesThatAreNotFiniteOrOutsideTheBounds) {
  RealGenomeParameters parameters;
  parameters.bounds = RealGenomeParameters::Bounds::clip;
  parameters.range = {-1, 2};
  const RealSpace space(parameters, 3);
  RealPopulation population(3);
  population.resize(2);
  std::ranges::copy(std::vector<float>{0, -1, 2, 1, 1, 1}, population.matrix().begin());
  const std::vector<std::uint64_t> ids = {5, 9};
  const auto fault = [&] {
    return fault_of([&] { check_genomes(space, population, ids, "population"); });
  };
  EXPECT_EQ(fault(), "none");
  population.row(1)[2] = 2.5F;
  EXPECT_EQ(fault(),
            "population: the genome of candidate 9: gene 2 is 2.500000, outside the bounds");
  population.row(0)[1] = NAN;
  EXPECT_EQ(fault(), "population: the genome of candidate 5: gene 1 is nan");
}

}  // namespace
}  // namespace cambrian
