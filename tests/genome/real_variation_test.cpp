#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/gaussian.hpp"
#include "cambrian/genome/real/iso_line.hpp"
#include "cambrian/genome/real/one_point.hpp"
#include "cambrian/genome/real/sbx.hpp"

namespace cambrian {
namespace {

/// A space of something else.
class OtherSpace final : public GenomeSpace {
 public:
  explicit OtherSpace(std::string_view kind) : kind_(kind) {}
  std::string_view kind() const override { return kind_; }
  std::unique_ptr<Population> make_population() const override { return nullptr; }
  void draw(Population&, std::size_t, std::size_t, StreamKey, std::uint64_t) const override {}
  void check(const Population&, std::size_t) const override {}

 private:
  std::string_view kind_;
};

RealPopulation parents(const RealSpace& space, std::size_t rows) {
  RealPopulation population(space.length());
  population.resize(rows);
  space.initialise(population, 0, population.size(), stream_key(1, "parents"), 0);
  return population;
}

RealPopulation children(const Variation& variation, const RealPopulation& from,
                        const std::vector<Mating>& matings, std::uint64_t first_id = 0) {
  RealPopulation result(from.length());
  result.resize(matings.size());
  variation.vary(from, matings, result, {0, matings.size()}, stream_key(1, "vary"), first_id);
  return result;
}

IsoLineParameters iso_line(double iso, double line) {
  IsoLineParameters parameters;
  parameters.iso = iso;
  parameters.line = line;
  return parameters;
}

TEST(IsoLine, EqualsItsFormulaOnOneRowOfNormals) {
  // Lengths around the pieces in which normals are drawn.
  for (const std::size_t length : {1U, 20U, 31U, 32U, 255U, 256U, 257U, 511U, 512U, 600U}) {
    const RealSpace space({}, length);
    const RealPopulation from = parents(space, 4);
    const std::vector<Mating> matings = {{0, 1}, {2, 2}, {3, Mating::kNone}, {1, 0}};
    const IsoLine variation(iso_line(0.5, 0.2), space);
    const RealPopulation to = children(variation, from, matings, 40);
    ASSERT_EQ(to.size(), matings.size());
    for (std::size_t i = 0; i < matings.size(); ++i) {
      std::vector<float> z(length + 1);
      Stream(stream_key(1, "vary"), 40 + i).fill_normal(z);
      const std::span<const float> x = from.row(matings[i].mother);
      for (std::size_t g = 0; g < length; ++g) {
        double expected = x[g] + 0.5 * z[g + 1];
        if (matings[i].father != Mating::kNone) {
          expected += 0.2 * z[0] * (from.row(matings[i].father)[g] - x[g]);
        }
        ASSERT_NEAR(to.row(i)[g], expected, 1e-5) << length << " " << i << " " << g;
      }
    }
  }
}

TEST(Variation, SeveralEmittersFillOneBatchEachFromItsOwnMatings) {
  const RealSpace space({}, 20);
  const RealPopulation from = parents(space, 6);
  const std::vector<Mating> all = {{0, 1}, {2, 3}, {4, 5}, {5, 0}, {3, 1}};
  for (const bool line : {false, true}) {
    std::unique_ptr<Variation> variation = std::make_unique<Gaussian>(GaussianParameters(), space);
    if (line) variation = std::make_unique<IsoLine>(IsoLineParameters(), space);
    const RealPopulation whole = children(*variation, from, all, 40);
    RealPopulation batch(20);
    batch.resize(all.size());
    const std::span<const Mating> matings(all);
    const StreamKey key = stream_key(1, "vary");
    const auto executor = make_executor(2);
    variation->vary(from, matings.last(3), batch, {2, 5}, key, 40, executor.get());
    EXPECT_EQ(std::ranges::count(batch.matrix().first(40), 0.0F), 40) << "not its rows";
    variation->vary_rows(from, matings.first(2), batch, {0, 2}, key, 40);
    EXPECT_TRUE(std::ranges::equal(batch.matrix(), whole.matrix()));
  }
}

TEST(IsoLine, WithoutNoiseStaysOnTheLineThroughTheParents) {
  const RealSpace space({}, 8);
  const RealPopulation from = parents(space, 2);
  const std::vector<Mating> matings(2000, Mating{0, 1});
  const RealPopulation to = children(IsoLine(iso_line(0.0, 0.2), space), from, matings);
  double squares = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    const float step = (to.row(i)[0] - from.row(0)[0]) / (from.row(1)[0] - from.row(0)[0]);
    for (std::size_t g = 0; g < 8; ++g) {
      ASSERT_NEAR(to.row(i)[g], from.row(0)[g] + step * (from.row(1)[g] - from.row(0)[g]), 1e-5);
    }
    squares += step * step / 2000;
  }
  EXPECT_NEAR(squares, 0.04, 5 * 0.04 * std::sqrt(2.0 / 2000));
}

TEST(IsoLine, ChildDependsOnItsOrdinalAlone) {
  const RealSpace space({}, 20);
  const RealPopulation from = parents(space, 50);
  std::vector<Mating> matings;
  for (std::uint32_t i = 0; i < 40; ++i) matings.push_back({i, 49 - i});
  const IsoLine variation({}, space);
  const RealPopulation whole = children(variation, from, matings, 7);
  const RealPopulation part = children(variation, from, {matings.begin() + 13, matings.end()}, 20);
  for (std::size_t i = 0; i < part.size(); ++i) {
    EXPECT_TRUE(std::ranges::equal(part.row(i), whole.row(13 + i)));
  }
}

TEST(Gaussian, AddsNoiseOfItsSigmaToTheMother) {
  const RealSpace space({}, 10);
  const RealPopulation from = parents(space, 3);
  GaussianParameters parameters;
  parameters.sigma = 0.5;
  const std::vector<Mating> matings(20'000, Mating{1, 2});
  const RealPopulation to = children(Gaussian(parameters, space), from, matings);
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    for (std::size_t g = 0; g < 10; ++g) {
      const double noise = static_cast<double>(to.row(i)[g]) - from.row(1)[g];
      sum += noise;
      squares += noise * noise;
    }
  }
  EXPECT_NEAR(sum / 2e5, 0.0, 5 * 0.5 / std::sqrt(2e5));
  EXPECT_NEAR(squares / 2e5, 0.25, 5 * 0.25 * std::sqrt(2 / 2e5));
}

TEST(RealVariation, ClipsWhereTheSpaceClips) {
  RealGenomeParameters parameters;
  parameters.bounds = RealGenomeParameters::Bounds::clip;
  const RealSpace space(parameters, 20);
  const RealPopulation from = parents(space, 10);
  const std::vector<Mating> matings(100, Mating{3, 5});
  GaussianParameters wide;
  wide.sigma = 5.0;
  for (const RealPopulation& to : {children(Gaussian(wide, space), from, matings),
                                   children(IsoLine(iso_line(5.0, 5.0), space), from, matings)}) {
    EXPECT_EQ(*std::ranges::min_element(to.matrix()), -1.0F);
    EXPECT_EQ(*std::ranges::max_element(to.matrix()), 1.0F);
  }
}

TEST(RealVariation, ResampledGenesFollowTheOperatorTruncatedToTheBounds) {
  // A gene at the upper end under narrow noise: half of its draws leave, and those drawn again are
  // as the others, not spread over the whole range.
  RealGenomeParameters parameters;
  parameters.bounds = RealGenomeParameters::Bounds::resample;
  const RealSpace space(parameters, 20);
  RealPopulation from(20);
  from.resize(2);
  std::ranges::fill(from.matrix(), 1.0F);
  const std::vector<Mating> matings(1000, Mating{0, 1});
  GaussianParameters narrow;
  narrow.sigma = 0.01;
  for (const RealPopulation& to : {children(Gaussian(narrow, space), from, matings),
                                   children(IsoLine(iso_line(0.01, 0.2), space), from, matings)}) {
    double sum = 0;
    for (const float gene : to.matrix()) {
      ASSERT_LE(gene, 1.0F);
      sum += (1.0 - static_cast<double>(gene)) / (1000 * 20);
    }
    EXPECT_NEAR(sum, 0.01 * std::sqrt(2 / 3.14159), 2e-3 * std::sqrt(2 / 3.14159));
  }
}

TEST(IsoLine, OverDistanceDividesBothStepsByTheDistanceOfTheParents) {
  constexpr std::size_t kLength = 20;
  const RealSpace space({}, kLength);
  const RealPopulation from = parents(space, 3);
  IsoLineParameters parameters = iso_line(0.5, 0.2);
  parameters.over_distance = true;
  const std::vector<Mating> matings = {{0, 1}, {2, 2}};
  const RealPopulation to = children(IsoLine(parameters, space), from, matings, 40);
  double squares = 0;
  for (std::size_t g = 0; g < kLength; ++g) squares += std::pow(from.row(1)[g] - from.row(0)[g], 2);
  const double distance = std::sqrt(squares);
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<float> z(kLength + 1);
    Stream(stream_key(1, "vary"), 40 + i).fill_normal(z);
    const std::span<const float> x = from.row(matings[i].mother), y = from.row(matings[i].father);
    const double by = i == 0 ? distance : 1;  // the second's parents are one
    for (std::size_t g = 0; g < kLength; ++g) {
      EXPECT_NEAR(to.row(i)[g], x[g] + 0.5 / by * z[g + 1] + 0.2 / by * z[0] * (y[g] - x[g]), 1e-5);
    }
  }
}

TEST(Gaussian, AtARateBelowOneLeavesTheOtherGenesAsTheyAre) {
  const RealSpace space({}, 10);
  const RealPopulation from = parents(space, 3);
  GaussianParameters parameters;
  parameters.sigma = 0.5;
  parameters.rate = 0.25;
  const std::vector<Mating> matings(10'000, Mating{1, 2});
  const RealPopulation to = children(Gaussian(parameters, space), from, matings);
  double changed = 0, squares = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    for (std::size_t g = 0; g < 10; ++g) {
      const double noise = static_cast<double>(to.row(i)[g]) - from.row(1)[g];
      changed += noise != 0 ? 1 : 0;
      squares += noise * noise;
    }
  }
  EXPECT_NEAR(changed / 1e5, 0.25, 5 * std::sqrt(0.25 * 0.75 / 1e5));
  EXPECT_NEAR(squares / changed, 0.25, 5 * 0.25 * std::sqrt(2 / 2.5e4));
}

SbxParameters sbx(double crossover_rate, double mutation_rate) {
  SbxParameters parameters;
  parameters.crossover_rate = crossover_rate;
  parameters.mutation_rate = mutation_rate;
  return parameters;
}

RealSpace bounded_space(std::size_t length) {
  RealGenomeParameters parameters;
  parameters.bounds = RealGenomeParameters::Bounds::clip;
  parameters.range = {-1.0, 3.0};
  return {parameters, length};
}

/// Two rows: all genes low, and all high.
RealPopulation apart(std::size_t length, float low, float high) {
  RealPopulation two(length);
  two.resize(2);
  std::ranges::fill(two.row(0), low);
  std::ranges::fill(two.row(1), high);
  return two;
}

/// The share of children's genes at or below each tenth between the ends, against the distribution.
void expect_distribution(const RealPopulation& to, double low, double high, auto below) {
  const auto n = static_cast<double>(to.matrix().size());
  for (int tenth = 1; tenth < 10; ++tenth) {
    const double at = low + (high - low) * tenth / 10.0;
    const auto count = std::ranges::count_if(
        to.matrix(), [&](float gene) { return static_cast<double>(gene) <= at; });
    const double expected = below(at);
    const double error = std::sqrt(std::max(expected * (1 - expected), 1e-4) / n);
    EXPECT_NEAR(static_cast<double>(count) / n, expected, 5 * error) << at;
  }
}

TEST(Sbx, WithoutBoundsHasTheSpreadOfTheSource) {
  // The density of b is (eta + 1) b^eta / 2 up to 1 and (eta + 1) b^-(eta + 2) / 2 beyond, so
  // P(b <= t) is t^(eta + 1) / 2, or 1 - t^-(eta + 1) / 2.
  const RealSpace space({}, 10);
  const RealPopulation from = apart(10, 1, 3);
  const std::vector<Mating> matings(20'000, Mating{0, 1});
  SbxParameters parameters = sbx(1, 0);
  parameters.eta = 2;
  const RealPopulation to = children(Sbx(parameters, space), from, matings);
  // A gene is 2 +- b.
  expect_distribution(to, 0, 4, [](double at) {
    const double t = std::abs(at - 2);
    const double within = t <= 1 ? std::pow(t, 3) / 2 : 1 - std::pow(t, -3) / 2;
    return at >= 2 ? 0.5 + within / 2 : 0.5 - within / 2;
  });
}

TEST(Sbx, WithBoundsIsTheSameCutAtThem) {
  const RealSpace space = bounded_space(10);
  const RealPopulation from = apart(10, 0, 2);  // 1 from either bound, 2 apart: b is at most 2
  const std::vector<Mating> matings(20'000, Mating{0, 1});
  SbxParameters parameters = sbx(1, 0);
  parameters.eta = 2;
  const RealPopulation to = children(Sbx(parameters, space), from, matings);
  expect_distribution(to, -1, 3, [](double at) {
    const double t = std::abs(at - 1);
    const double whole = t <= 1 ? std::pow(t, 3) / 2 : 1 - std::pow(t, -3) / 2;
    const double within = whole / (1 - std::pow(2, -3) / 2);
    return at >= 1 ? 0.5 + within / 2 : 0.5 - within / 2;
  });
}

TEST(Sbx, MutatesByThePolynomialOfTheSourceScaledByTheRange) {
  const RealSpace space = bounded_space(10);  // 4 wide
  const RealPopulation from = apart(10, 1, 1);
  const std::vector<Mating> matings(20'000, Mating{0, Mating::kNone});
  SbxParameters parameters = sbx(0, 1);
  parameters.mutation_eta = 3;
  const RealPopulation to = children(Sbx(parameters, space), from, matings);
  // P(step <= s) = (1 + s / 4)^4 / 2 for s < 0, and its mirror image.
  expect_distribution(to, -1, 2.9, [](double at) {
    const double s = (at - 1) / 4;
    return s < 0 ? std::pow(1 + s, 4) / 2 : 1 - std::pow(1 - s, 4) / 2;
  });
}

TEST(Sbx, RatesSwitchItsPartsOff) {
  const RealSpace space({}, 10);
  const RealPopulation from = parents(space, 2);
  EXPECT_EQ(Sbx(sbx(0, 1), space).mating_share(), 0);
  EXPECT_EQ(Sbx(SbxParameters(), space).mating_share(), 1);
  const RealPopulation copy = children(Sbx(sbx(0, 0), space), from, {{1, Mating::kNone}});
  EXPECT_TRUE(std::ranges::equal(copy.row(0), from.row(1)));
  const std::vector<Mating> matings(10'000, Mating{0, Mating::kNone});
  const RealPopulation to = children(Sbx(sbx(0, 0.2), space), from, matings);
  double changed = 0;
  for (std::size_t i = 0; i < to.size(); ++i)
    for (std::size_t g = 0; g < 10; ++g) changed += to.row(i)[g] != from.row(0)[g] ? 1 : 0;
  EXPECT_NEAR(changed / 1e5, 0.2, 5 * std::sqrt(0.2 * 0.8 / 1e5));
  SbxParameters published;
  published.apply_preset("as_published");
  EXPECT_EQ(published.mutation_rate, 0);
}

TEST(Sbx, StaysWithinTheBoundsAlsoWithParentsFromOutside) {
  for (const auto bounds :
       {RealGenomeParameters::Bounds::clip, RealGenomeParameters::Bounds::reflect,
        RealGenomeParameters::Bounds::resample}) {
    RealGenomeParameters parameters;
    parameters.bounds = bounds;
    const RealSpace space(parameters, 10);
    for (const RealPopulation& from : {apart(10, -1, 0.999F), apart(10, -4, 0.5F)}) {
      const RealPopulation to =
          children(Sbx(sbx(1, 1), space), from, std::vector<Mating>(1000, Mating{0, 1}));
      for (const float gene : to.matrix()) ASSERT_TRUE(gene >= -1 && gene <= 1) << gene;
    }
  }
}

TEST(RealVariation, IsOfOneSpecies) {
  const RealSpace space({}, 3);
  const RealPopulation from = parents(space, 2);
  EXPECT_EQ(IsoLine({}, space).distance(from, 0, from, 1), 0.0);
  EXPECT_EQ(Gaussian({}, space).mating_share(), 0.0);
  EXPECT_EQ(IsoLine({}, space).mating_share(), 1.0);
}

TEST(Variations, AreListedByName) {
  std::vector<std::string> names;
  for (const VariationComponent& line : variations()) names.push_back(line.name);
  EXPECT_EQ(names, (std::vector<std::string>{"gaussian", "iso_line", "sbx", "one_point", "cauchy",
                                             "ragged", "neat", "process"}));
}

TEST(OnePoint, ChildrenHaveTheHeadOfOneParentAndTheTailOfTheOther) {
  constexpr std::size_t kLength = 5;
  const RealSpace space({}, kLength);
  RealPopulation from(kLength);
  from.resize(2);
  std::ranges::fill(from.row(1), 1.0F);
  const OnePoint variation({}, space);
  EXPECT_EQ(variation.mating_share(), 1.0);
  constexpr std::size_t kChildren = 8000;
  const RealPopulation to =
      children(variation, from, std::vector<Mating>(kChildren, {.mother = 0, .father = 1}));
  std::vector<int> cuts(kLength, 0);
  int mother_first = 0;
  for (std::size_t i = 0; i < kChildren; ++i) {
    const auto child = to.row(i);
    const auto tail = std::ranges::find(child, 1.0F - child[0]);
    for (auto gene = tail; gene != child.end(); ++gene) ASSERT_EQ(*gene, 1.0F - child[0]);
    ++cuts[static_cast<std::size_t>(tail - child.begin()) % kLength];
    mother_first += child[0] == 0.0F ? 1 : 0;
  }
  EXPECT_EQ(cuts[0], 0);  // no child is a copy
  for (std::size_t cut = 1; cut < kLength; ++cut) EXPECT_NEAR(cuts[cut], 2000, 5 * 39);
  EXPECT_NEAR(mother_first, 4000, 5 * 45);
}

TEST(OnePoint, AChildWithoutAFatherIsACopyAndSoIsOneOfASingleGene) {
  const RealSpace space({}, 4);
  const RealPopulation from = parents(space, 1);
  const RealPopulation to = children(OnePoint({}, space), from, {{0, Mating::kNone}});
  EXPECT_TRUE(std::ranges::equal(to.row(0), from.row(0)));
  const RealSpace single({}, 1);
  const RealPopulation two = parents(single, 2);
  EXPECT_EQ(children(OnePoint({}, single), two, {{1, 0}}).row(0)[0], two.row(1)[0]);
}

TEST(Variations, OfVectorsRefuseGraphs) {
  const OtherSpace graphs("graph");
  const OtherSpace ragged("ragged");
  for (const VariationComponent& line : variations()) {
    // The last needs the name of a program.
    if (line.name == "neat" || line.name == "ragged" || line.name == "process") continue;
    try {
      line.make(*line.parameters(), graphs);
      FAIL() << line.name;
    } catch (const ConfigError& error) {
      EXPECT_EQ(error.what(), "name: '" + line.name +
                                  "' varies real vectors, but the encoding evolves graphs; use "
                                  "'neat'");
    }
    EXPECT_THROW(line.make(*line.parameters(), ragged), ConfigError);
  }
}

TEST(Variations, AreMadeForRealVectors) {
  const RealSpace space({}, 3);
  for (const VariationComponent& line : variations()) {
    // The last needs the name of a program.
    if (line.name == "neat" || line.name == "ragged" || line.name == "process") continue;
    EXPECT_NE(line.make(*line.parameters(), space), nullptr);
  }
}

}  // namespace
}  // namespace cambrian
