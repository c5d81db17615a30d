// Genomes of any number of genes, each a place and a value.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/ragged/ragged_json.hpp"
#include "cambrian/genome/ragged/ragged_variation.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

/// Two boxes: 4 x 5, then 3; first genes at 0, 1, 5 and 20.
RaggedSpace two_boxes(std::int64_t max_genes = 0) {
  RaggedGenomeParameters parameters;
  parameters.max_genes = max_genes;
  return {parameters, {{4, 5}, {3}}, {0, 1, 5, 20}, 2.0};
}

RaggedPopulation first_genomes(const RaggedSpace& space, std::size_t rows) {
  RaggedPopulation population(space.places());
  population.resize(rows);
  space.initialise(population, 0, rows, stream_key(1, "first"), 0);
  return population;
}

TEST(RaggedSpace, DrawsFirstValuesAtThePlacesOfTheEncoding) {
  const RaggedSpace space = two_boxes();
  const RaggedPopulation population = first_genomes(space, 1000);
  double squares = 0.0;
  for (std::size_t i = 0; i < population.size(); ++i) {
    space.check(population, i);
    ASSERT_EQ(population[i].size(), 4U);
    EXPECT_EQ(population[i][3].index, 20U);
    for (const RaggedGene& gene : population[i]) {
      squares += static_cast<double>(gene.value) * static_cast<double>(gene.value);
    }
  }
  EXPECT_NEAR(squares / 4000.0, 4.0, 0.3);  // (sd 1 times the encoding's 2) squared
}

TEST(RaggedSpace, NeighboursLieOneStepAwayAlongAnAxisOfTheSameBox) {
  const RaggedSpace space = two_boxes();
  Stream stream(stream_key(1, "neighbours"), 0);
  const auto all = [&](std::uint32_t place) {
    std::set<std::uint32_t> found;
    for (int i = 0; i < 200; ++i) found.insert(space.neighbour(place, stream));
    return found;
  };
  EXPECT_EQ(all(7), (std::set<std::uint32_t>{2, 6, 8, 12}));
  EXPECT_EQ(all(0), (std::set<std::uint32_t>{0, 1, 5}));
  EXPECT_EQ(all(19), (std::set<std::uint32_t>{14, 18, 19}));
  EXPECT_EQ(all(20), (std::set<std::uint32_t>{20, 21}));
  EXPECT_EQ(all(22), (std::set<std::uint32_t>{21, 22}));
}

TEST(RaggedSpace, RefusesFewerGenesThanTheFirstGenomesHave) {
  EXPECT_THAT([] { two_boxes(3); },
              ThrowsMessage<ConfigError>(HasSubstr("max_genes: is 3, but the encoding's first")));
}

TEST(RaggedSpace, ChecksWhatItIsGiven) {
  const RaggedSpace space = two_boxes(4);
  RaggedPopulation population(23);
  population.resize(1);
  const auto complaint = [&](RaggedGenome genome) {
    population[0] = std::move(genome);
    try {
      space.check(population, 0);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(complaint({{22, 1.0F}}), "none");
  EXPECT_EQ(complaint({}), "has no gene");
  EXPECT_EQ(complaint({{23, 1.0F}}), "gene 0 has index 23, but there are 23 places");
  EXPECT_EQ(complaint({{3, 1.0F}, {3, 2.0F}}), "gene 1 is not sorted by index");
  EXPECT_EQ(complaint({{3, NAN}}), "gene 0 has a value that is not finite");
  EXPECT_EQ(complaint({{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}}),
            "has 5 genes, but genome.max_genes is 4");
  const RealPopulation vectors(23);
  EXPECT_THROW(space.check(vectors, 0), Error);
  EXPECT_THROW(ragged_of(population, 24), Error);
}

TEST(RaggedPopulation, IsReadAsItWasWrittenAndFollowsEdits) {
  const RaggedSpace space = two_boxes();
  RaggedPopulation population = first_genomes(space, 3);
  population[1] = {{22, -1.5F}};
  StateTree tree;
  population.save(*tree.writer());
  RaggedPopulation read(23);
  read.load(*tree.reader());
  ASSERT_EQ(read.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(read[i], population[i]);
  RaggedPopulation fewer_places(22);
  EXPECT_THAT([&] { fewer_places.load(*tree.reader()); },
              ThrowsMessage<Error>(HasSubstr("genome: in row 1, gene 0 has index 22")));

  RaggedPopulation held(23);
  held.apply(std::vector<RowEdit>{{RowEdit::Kind::put, 0, 0},
                                  {RowEdit::Kind::put, 1, 1},
                                  {RowEdit::Kind::move, 0, 1},
                                  {RowEdit::Kind::shrink, 1, 0}},
             population);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0], population[1]);
}

TEST(RaggedPopulation, RefusesDamagedColumns) {
  const auto complaint = [](std::vector<std::uint64_t> offset, std::vector<std::uint32_t> index) {
    StateTree tree;
    const auto writer = tree.writer();
    writer->column<std::uint64_t>("gene_offset", offset);
    const auto gene = writer->group("gene");
    gene->column<std::uint32_t>("index", index);
    gene->column<float>("value", std::vector<float>(2));
    try {
      RaggedPopulation(9).load(*tree.reader());
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(complaint({0, 1, 2}, {3, 3}), "none");
  EXPECT_THAT(complaint({0, 3, 2}, {3, 3}), HasSubstr("does not increase from 0 to 2"));
  EXPECT_THAT(complaint({}, {3, 3}), HasSubstr("does not increase"));
  EXPECT_THAT(complaint({0, 1, 2}, {3}), HasSubstr("differ in length"));
  EXPECT_THAT(complaint({0, 0, 2}, {3, 4}), HasSubstr("in row 0, has no gene"));
}

/// Children of one genome, with one kind of change alone.
RaggedPopulation children_of(const RaggedSpace& space, const RaggedGenome& mother,
                             const RaggedVariationParameters& parameters, std::size_t rows,
                             const RaggedGenome& father = {}) {
  RaggedPopulation parents(space.places());
  parents.resize(2);
  parents[0] = mother;
  parents[1] = father.empty() ? mother : father;
  RaggedPopulation children(space.places());
  children.resize(rows);
  const std::vector<Mating> matings(rows, {0, father.empty() ? Mating::kNone : 1U});
  RaggedVariation(parameters, space)
      .vary(parents, matings, children, {0, rows}, stream_key(2, "vary"), 0);
  for (std::size_t i = 0; i < rows; ++i) space.check(children, i);
  return children;
}

RaggedVariationParameters nothing() {
  RaggedVariationParameters parameters;
  parameters.jitter_rate = parameters.move_rate = 0.0;
  parameters.add_rate = parameters.drop_rate = 0.0;
  return parameters;
}

const RaggedGenome kMother = {{0, 1.0F}, {7, 2.0F}, {20, 3.0F}};

TEST(RaggedVariation, JittersValuesInTheScaleOfFirstOnes) {
  const RaggedSpace space = two_boxes();
  RaggedVariationParameters parameters = nothing();
  EXPECT_EQ(children_of(space, kMother, parameters, 1)[0], kMother);
  parameters.jitter_rate = 0.5;
  parameters.sigma = 0.1;
  const RaggedPopulation children = children_of(space, kMother, parameters, 4000);
  double squares = 0.0;
  double changed = 0.0;
  for (std::size_t i = 0; i < children.size(); ++i) {
    ASSERT_EQ(children[i].size(), 3U);
    const double step = static_cast<double>(children[i][1].value) - 2.0;
    EXPECT_EQ(children[i][1].index, 7U);
    squares += step * step;
    changed += step != 0.0 ? 1.0 : 0.0;
  }
  EXPECT_NEAR(changed / 4000.0, 0.5, 0.03);
  EXPECT_NEAR(squares / changed, 0.04, 0.004);  // (0.1 x 2) squared
}

TEST(RaggedVariation, MovesGenesToNeighbouringPlacesThatAreFree) {
  const RaggedSpace space = two_boxes();
  RaggedVariationParameters parameters = nothing();
  parameters.move_rate = 1.0;
  const RaggedPopulation children =
      children_of(space, {{0, 1.0F}, {1, 2.0F}, {20, 3.0F}}, parameters, 500);
  std::set<std::uint32_t> seen;
  for (std::size_t i = 0; i < children.size(); ++i) {
    ASSERT_EQ(children[i].size(), 3U);
    for (const RaggedGene& gene : children[i]) {
      if (gene.value == 1.0F) seen.insert(gene.index);
    }
  }
  // 1 is taken when the first gene moves.
  EXPECT_EQ(seen, (std::set<std::uint32_t>{0, 5}));
}

TEST(RaggedVariation, AddsGenesBesideOthersAndDropsAllButTheLast) {
  const RaggedSpace space = two_boxes();
  RaggedVariationParameters parameters = nothing();
  parameters.add_rate = 1.0;
  const RaggedPopulation grown = children_of(space, {{7, 1.0F}}, parameters, 500);
  std::set<std::uint32_t> seen;
  for (std::size_t i = 0; i < grown.size(); ++i) {
    ASSERT_EQ(grown[i].size(), 2U);
    for (const RaggedGene& gene : grown[i]) seen.insert(gene.index);
  }
  EXPECT_EQ(seen, (std::set<std::uint32_t>{2, 6, 7, 8, 12}));

  parameters = nothing();
  parameters.drop_rate = 1.0;
  const RaggedPopulation fewer = children_of(space, kMother, parameters, 300);
  std::map<std::uint32_t, int> left;
  for (std::size_t i = 0; i < fewer.size(); ++i) {
    ASSERT_EQ(fewer[i].size(), 2U);
    for (const RaggedGene& gene : fewer[i]) ++left[gene.index];
  }
  for (const RaggedGene& gene : kMother) EXPECT_NEAR(left[gene.index], 200, 40);
  EXPECT_EQ(children_of(space, {{7, 1.0F}}, parameters, 1)[0].size(), 1U);
}

TEST(RaggedVariation, NeverGrowsBeyondTheMostGenes) {
  const RaggedSpace space = two_boxes(4);
  RaggedVariationParameters parameters = nothing();
  parameters.add_rate = 1.0;
  const RaggedGenome full = {{0, 1.0F}, {7, 2.0F}, {20, 3.0F}, {22, 4.0F}};
  EXPECT_EQ(children_of(space, full, parameters, 1)[0], full);
  parameters.crossover_rate = 1.0;
  // children_of() checks all, which refuses a genome of five.
  const RaggedGenome father = {{1, 1.0F}, {8, 1.0F}, {9, 1.0F}, {21, 1.0F}};
  const RaggedPopulation children = children_of(space, full, parameters, 200, father);
  std::size_t largest = 0;
  for (std::size_t i = 0; i < 200; ++i) largest = std::max(largest, children[i].size());
  EXPECT_EQ(largest, 4U);
}

TEST(RaggedVariation, SplicesTwoParentsAtAPlace) {
  const RaggedSpace space = two_boxes();
  const RaggedGenome father = {{3, -1.0F}, {7, -2.0F}, {21, -3.0F}};
  const RaggedPopulation children = children_of(space, kMother, nothing(), 300, father);
  std::set<std::size_t> lengths;
  for (std::size_t i = 0; i < children.size(); ++i) {
    lengths.insert(children[i].size());
    // The mother's genes are positive, and stand before the father's.
    EXPECT_TRUE(std::ranges::is_partitioned(children[i], [](auto& g) { return g.value > 0; }));
  }
  EXPECT_GT(lengths.size(), 2U);
}

TEST(RaggedVariation, GivesTheSameBitsWithAnyNumberOfThreads) {
  const RaggedSpace space = two_boxes();
  const RaggedPopulation parents = first_genomes(space, 50);
  std::vector<Mating> matings;
  for (std::uint32_t i = 0; i < 500; ++i) {
    matings.push_back({i % 50, i % 3 == 0 ? Mating::kNone : i % 7});
  }
  const RaggedVariation variation({}, space);
  RaggedPopulation one(23), other(23);
  one.resize(500);
  other.resize(500);
  const auto executor = make_executor(2);
  variation.vary(parents, matings, one, {0, 500}, stream_key(3, "vary"), 9);
  variation.vary(parents, matings, other, {0, 500}, stream_key(3, "vary"), 9, executor.get());
  for (std::size_t i = 0; i < 500; ++i) ASSERT_EQ(one[i], other[i]);
}

TEST(RaggedJson, ReadsWhatItWrote) {
  const std::vector<IdentifiedRagged> genomes = {{7, {{0, 0.1F}, {22, -1e-30F}}}, {3, {{5, 2.0F}}}};
  const auto read = ragged_from_json(ragged_to_json(genomes), "file.json", 23);
  ASSERT_EQ(read.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read[i].id, genomes[i].id);
    EXPECT_EQ(read[i].genome, genomes[i].genome);
  }
}

TEST(RaggedJson, NamesThePlaceOfWhatIsWrong) {
  const auto complaint = [](const std::string& genomes) {
    try {
      ragged_from_json(
          R"({"format": "cambrian-ragged", "format_version": 1, "genomes": [)" + genomes + "]}",
          "f.json", 23);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(complaint(R"({"genes": [[22, 1], [3, 2]]})"), "none");  // sorted when read
  EXPECT_THAT(complaint(R"({"genes": [[23, 1]]})"), HasSubstr("f.json: genomes[0]: gene 0 has"));
  EXPECT_THAT(complaint(R"({"genes": [[2, 1], [2, 1]]})"), HasSubstr("is not sorted by index"));
  EXPECT_THAT(complaint(R"({"genes": [[2]]})"), HasSubstr("genomes[0].genes[0]: has not two"));
  EXPECT_THAT(complaint(R"({"genes": []})"), HasSubstr("has no gene"));
  EXPECT_THAT(complaint(R"({"id": 1, "genes": [[2, 1]]}, {"id": 1, "genes": [[2, 1]]})"),
              HasSubstr("genomes[1]: has the id of another genome"));
}

}  // namespace
}  // namespace cambrian
