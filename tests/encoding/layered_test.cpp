#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/dct.hpp"
#include "cambrian/encoding/direct_vector.hpp"
#include "cambrian/encoding/hyperneat.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/network/cosine_transform.hpp"
#include "cambrian/network/modularity.hpp"
#include "tests/encoding/bodies.hpp"
#include "tests/network/birth.hpp"
#include "tests/network/formulas.hpp"

namespace cambrian {
namespace {

std::vector<float> respond(Network& network, const std::vector<float>& sensors) {
  network.reset(1, birth());
  std::vector<float> motors(network.outputs());
  network.activate(sensors, motors);
  return motors;
}

// The network of 10 sensors, 8 hidden neurons and 2 motors from its 106 weights.
std::vector<double> by_formula(std::span<const float> weights, const std::vector<float>& sensors) {
  std::vector<double> values(sensors.begin(), sensors.end());
  for (const std::size_t neurons : {8U, 2U}) {
    std::vector<double> next;
    for (std::size_t n = 0; n < neurons; ++n) {
      double sum = weights[values.size()];
      for (std::size_t i = 0; i < values.size(); ++i) {
        sum += static_cast<double>(weights[i]) * values[i];
      }
      weights = weights.subspan(values.size() + 1);
      next.push_back(std::tanh(sum));
    }
    values = next;
  }
  return values;
}

std::vector<float> some_sensors() {
  return {0.1F, -0.2F, 0.3F, 0.4F, -0.5F, 0.6F, 0.7F, -0.8F, 0.9F, 1.0F};
}

TEST(DirectVector, EqualsTheFormulaOfItsLayers) {
  const DirectVector encoding({}, maze_body());
  const auto space = encoding.genome().front().make(RealGenomeParameters{});
  EXPECT_EQ(dynamic_cast<const RealSpace&>(*space).length(), 8U * 11U + 2U * 9U);
  const auto population = space->make_population();
  population->resize(3);
  space->initialise(*population, 0, population->size(), stream_key(1, "vectors"), 0);
  const auto decoder = encoding.make_decoder(maze_body());
  for (std::size_t row = 0; row < 3; ++row) {
    const auto motors = respond(decoder->decode(*population, row), some_sensors());
    const auto expected =
        by_formula(dynamic_cast<RealPopulation&>(*population).row(row), some_sensors());
    for (std::size_t o = 0; o < 2; ++o) EXPECT_NEAR(motors[o], expected[o], 1e-5);
  }
}

TEST(DirectVector, TakesSensorsFromMinusOneOrFromZeroToOne) {
  for (const bool is_signed : {true, false}) {
    DirectVectorParameters parameters;
    parameters.signed_sensors = is_signed;
    const DirectVector encoding(parameters, maze_body());
    const auto population =
        encoding.genome().front().make(RealGenomeParameters{})->make_population();
    population->resize(1);
    const auto decoder = encoding.make_decoder(maze_body());
    const SignalRange range = decoder->decode(*population, 0).input_range();
    EXPECT_EQ(range, (SignalRange{is_signed ? -1.0F : 0.0F, 1.0F}));
  }
}

TEST(DirectVector, TakesAnyNumberOfHiddenLayers) {
  DirectVectorParameters parameters;
  parameters.hidden = {};
  const auto none =
      DirectVector(parameters, maze_body()).genome().front().make(RealGenomeParameters{});
  EXPECT_EQ(dynamic_cast<const RealSpace&>(*none).length(), 2U * 11U);
  parameters.hidden = {5, 3};
  const auto two =
      DirectVector(parameters, maze_body()).genome().front().make(RealGenomeParameters{});
  EXPECT_EQ(dynamic_cast<const RealSpace&>(*two).length(), 5U * 11U + 3U * 6U + 2U * 4U);
}

/// Kheperax's: five sensors and two wheels.
NetworkInterface body_of(std::size_t sensors, std::size_t motors) {
  return {std::vector<Terminal>(sensors, {"sensor", {-1, 1}, {0, 0}}),
          std::vector<Terminal>(motors, {"motor", {-1, 1}, {0, 0}})};
}

TEST(DirectVector, MakesKheperaxsNetworksWithLeCunsFirstWeights) {
  RealGenomeParameters genome;
  genome.initial = RealGenomeParameters::Initial::lecun_uniform;
  DirectVectorParameters parameters;
  parameters.hidden_activation = Activation::relu;
  const NetworkInterface body = body_of(5, 2);
  const auto small = DirectVector(parameters, body).genome().front().make(genome);
  EXPECT_EQ(dynamic_cast<const RealSpace&>(*small).length(), 66U);
  parameters.hidden = {8, 8};
  const DirectVector encoding(parameters, body);
  const auto space = encoding.genome().front().make(genome);
  ASSERT_EQ(dynamic_cast<const RealSpace&>(*space).length(), 138U);
  RealPopulation population(138);
  population.resize(2000);
  space->initialise(population, 0, population.size(), stream_key(1, "vectors"), 0);
  // Per neuron its weights and its bias: 8 of 5 inputs, then 8 and 2 of 8 inputs.
  for (std::size_t g = 0; g < 138; ++g) {
    const std::size_t inputs = g < 48 ? 5 : 8;
    const bool bias = (g < 48 ? g : g - 48) % (inputs + 1) == inputs;
    const double end = bias ? 0 : std::sqrt(3.0 / static_cast<double>(inputs));
    double least = 9, most = -9, sum = 0;
    for (std::size_t i = 0; i < population.size(); ++i) {
      const auto gene = static_cast<double>(population.row(i)[g]);
      least = std::min(least, gene);
      most = std::max(most, gene);
      sum += gene / 2000;
    }
    EXPECT_GE(least, -end - 1e-6);
    EXPECT_LE(most, end + 1e-6);
    EXPECT_LE(least, -0.98 * end);
    EXPECT_GE(most, 0.98 * end);
    EXPECT_NEAR(sum, 0, 5 * end / std::sqrt(3.0 * 2000) + 1e-9);
  }
  // And its activations are those that were asked for.
  std::span<const float> genes = population.row(0);
  std::vector<double> values = {0.2, 0.1, 0.15, -1, 1};
  const auto motors =
      respond(encoding.make_decoder(body)->decode(population, 0), {0.2F, 0.1F, 0.15F, -1, 1});
  for (const std::size_t neurons : {8U, 8U, 2U}) {
    std::vector<double> next;
    for (std::size_t n = 0; n < neurons; ++n) {
      double sum = static_cast<double>(genes[values.size()]);
      for (std::size_t i = 0; i < values.size(); ++i)
        sum += static_cast<double>(genes[i]) * values[i];
      genes = genes.subspan(values.size() + 1);
      next.push_back(neurons == 2 ? std::tanh(sum) : std::max(sum, 0.0));
    }
    values = next;
  }
  for (std::size_t o = 0; o < 2; ++o) EXPECT_NEAR(motors[o], values[o], 1e-5);
}

TEST(RealSpace, RefusesLeCunsWeightsWhereGenesAreNotWeightsOfLayers) {
  RealGenomeParameters genome;
  genome.initial = RealGenomeParameters::Initial::lecun_uniform;
  try {
    RealSpace space(genome, 5);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(
        error.what(),
        "initial: is \"lecun_uniform\", which is for genes that are the weights of layers: "
        "[encoding] name = \"direct_vector\"");
  }
}

TEST(DirectVector, RefusesAnotherLength) {
  RealGenomeParameters genome;
  genome.length = 5;
  EXPECT_THROW(DirectVector({}, maze_body()).genome().front().make(genome), ConfigError);
  genome.length = 106;
  EXPECT_NO_THROW(DirectVector({}, maze_body()).genome().front().make(genome));
}

TEST(LayeredPresets, NameRulesAndContinuousTime) {
  const auto preset = [](std::string_view name) {
    DirectVectorParameters parameters;
    EXPECT_TRUE(std::ranges::count(parameters.presets(), name) == 1) << name;
    parameters.apply_preset(name);
    return parameters;
  };
  EXPECT_EQ(preset("textbook").learning.learning, LearningRule::none);
  EXPECT_EQ(preset("beer").recurrence, Recurrence::ctrnn);
  EXPECT_EQ(preset("beer").output_activation, Activation::sigmoid);
  EXPECT_EQ(preset("neat_python").time.form, ContinuousTimeParameters::Form::rate);
  const auto soltoggio = preset("ahni_soltoggio").learning;
  EXPECT_EQ(soltoggio.learning, LearningRule::abc);
  EXPECT_EQ(soltoggio.modulation, Modulation::soltoggio);
  EXPECT_EQ(soltoggio.used(LinkNumber::rate, 2.0F), 100.0F);
  EXPECT_EQ(soltoggio.weight_limit, 3.0);
}

TEST(DirectVector, HoldsAllNumbersOfLinksThatLearnAndOfNeuronsInContinuousTime) {
  const auto length = [](const DirectVectorParameters& parameters) {
    const auto space =
        DirectVector(parameters, maze_body()).genome().front().make(RealGenomeParameters{});
    return dynamic_cast<const RealSpace&>(*space).length();
  };
  DirectVectorParameters parameters;  // 10 sensors, 8 hidden, 2 motors: 106 weights, 96 links
  parameters.apply_preset("risi");
  EXPECT_EQ(length(parameters), 106U + 6 * 96U);
  parameters.apply_preset("bain");
  EXPECT_EQ(length(parameters), 106U + 6 * 96U + 10U);
  parameters.learning.modulation = Modulation::soltoggio;
  EXPECT_EQ(length(parameters), 106U + 5 * 96U + 10U);
  parameters = {};
  parameters.apply_preset("najarro_risi");
  EXPECT_EQ(length(parameters), 5 * 96U);
  parameters = {};
  parameters.recurrence = Recurrence::elman;
  EXPECT_EQ(length(parameters), 106U + 64U);
  parameters.apply_preset("beer");
  EXPECT_EQ(length(parameters), 10 * 21U + 10U);
}

std::vector<std::size_t> shares_of(const Dct& encoding) {
  std::vector<std::size_t> shares;
  for (const DctBlock& block : encoding.layout().blocks()) shares.push_back(block.coefficients);
  return shares;
}

TEST(Dct, SharesCoefficientsByWeightsAndGivesEachLayerOne) {
  DctParameters parameters;
  parameters.coefficients = 12;
  EXPECT_EQ(shares_of(Dct(parameters, maze_body())), (std::vector<std::size_t>{10, 2}));
  parameters.coefficients = 2;
  EXPECT_EQ(shares_of(Dct(parameters, maze_body())), (std::vector<std::size_t>{1, 1}));
  parameters.coefficients = 106;
  EXPECT_EQ(shares_of(Dct(parameters, maze_body())), (std::vector<std::size_t>{88, 18}));
}

TEST(Dct, RefusesFewerCoefficientsThanLayersAndMoreThanWeights) {
  DctParameters parameters;
  parameters.coefficients = 1;
  EXPECT_THROW(Dct(parameters, maze_body()), ConfigError);
  parameters.coefficients = 107;
  EXPECT_THROW(Dct(parameters, maze_body()), ConfigError);
}

TEST(Dct, PaintsTheLayersThatItsCoefficientsDescribe) {
  DctParameters parameters;
  parameters.coefficients = 24;
  const Dct encoding(parameters, maze_body());
  const auto space = encoding.genome().front().make(RealGenomeParameters{});
  const auto population = space->make_population();
  population->resize(1);
  space->initialise(*population, 0, population->size(), stream_key(1, "vectors"), 0);
  const std::span<const float> genes = dynamic_cast<RealPopulation&>(*population).row(0);
  std::vector<float> weights;
  std::size_t used = 0;
  for (const std::size_t layer : {0U, 1U}) {
    const std::size_t rows = layer == 0 ? 8 : 2;
    const std::size_t columns = layer == 0 ? 11 : 9;
    const std::size_t count = shares_of(encoding)[layer];
    const std::vector<double> own(genes.begin() + static_cast<std::ptrdiff_t>(used),
                                  genes.begin() + static_cast<std::ptrdiff_t>(used + count));
    used += count;
    std::vector<double> matrix(rows * columns);
    CosineTransform(rows, columns, count).inverse(own, matrix);
    for (const double weight : matrix) weights.push_back(static_cast<float>(weight));
  }
  const auto decoder = encoding.make_decoder(maze_body());
  const auto motors = respond(decoder->decode(*population, 0), some_sensors());
  const auto expected = by_formula(weights, some_sensors());
  for (std::size_t o = 0; o < 2; ++o) EXPECT_NEAR(motors[o], expected[o], 1e-5);
}

TEST(Dct, FirstGenesGiveWeightsTheWantedSize) {
  DctParameters parameters;
  parameters.hidden = {40};
  parameters.coefficients = 30;
  const Dct encoding(parameters, maze_body());
  RealGenomeParameters genome;
  genome.initial_sd = 0.5;
  const auto space = encoding.genome().front().make(genome);
  const auto population = space->make_population();
  population->resize(400);
  space->initialise(*population, 0, population->size(), stream_key(1, "vectors"), 0);
  // The transform keeps the energy: mean square weight = squares of genes / weights.
  double squares = 0.0;
  for (const float gene : dynamic_cast<RealPopulation&>(*population).matrix().first(400 * 30)) {
    squares += static_cast<double>(gene) * static_cast<double>(gene);
  }
  const double weights = 400.0 * (40.0 * 11.0 + 2.0 * 41.0);
  EXPECT_NEAR(std::sqrt(squares / weights), 0.5, 0.02);
}

/// Two sensors, and a motor above them.
NetworkInterface triangle() {
  NetworkInterface body;
  body.sensors = {{"a", {0, 1}, {-1.0, -1.0}}, {"b", {0, 1}, {1.0, -1.0}}};
  body.motors = {{"m", {0, 1}, {0.0, 1.0}}};
  return body;
}

/// The network of the first genome for the triangle, as the lengths of its links are measured.
Wiring placed(const Encoding& encoding, const Population& genomes) {
  const auto decoder = encoding.make_decoder(triangle());
  decoder->decode(genomes, 0);
  Wiring wiring = decoder->wiring();
  EXPECT_TRUE(std::isnan(wiring.nodes.front().place.x)) << "pictures are of layers";
  decoder->place(wiring);
  return wiring;
}

TEST(DirectVector, PlacesHiddenNeuronsBetweenSensorsAndMotors) {
  DirectVectorParameters parameters;
  parameters.hidden = {3};
  const DirectVector encoding(parameters, triangle());
  EXPECT_TRUE(encoding.places_neurons());
  RealPopulation vectors(13);
  vectors.resize(1);
  vectors.row(0)[0] = 1.0F;   // from (-1, -1) to (-1, 0)
  vectors.row(0)[3] = 1.0F;   // from (-1, -1) to (0, 0)
  vectors.row(0)[2] = 5.0F;   // a bias
  vectors.row(0)[11] = 1.0F;  // from (1, 0) to (0, 1)
  const Wiring wiring = placed(encoding, vectors);
  EXPECT_EQ(wiring.nodes[4].place.x, 1.0F);
  EXPECT_EQ(wiring.nodes[4].place.y, 0.0F);
  EXPECT_DOUBLE_EQ(connection_cost(wiring), 1.0 + 2.0 + 2.0);
}

TEST(DirectVector, PlacesNeuronsAsHyperneatPlacesTheSameLayersWithAnyRecurrence) {
  HyperneatParameters substrate;
  substrate.hidden = {{3}, {2}};
  const Hyperneat painted(substrate, triangle());
  for (const auto recurrence : {Recurrence::none, Recurrence::elman, Recurrence::full}) {
    DirectVectorParameters parameters;
    parameters.hidden = {3, 2};
    parameters.recurrence = recurrence;
    const DirectVector encoding(parameters, triangle());
    const auto space = encoding.genome().front().make(RealGenomeParameters());
    const auto vectors = space->make_population();
    vectors->resize(1);
    space->initialise(*vectors, 0, 1, stream_key(1, "genes"), 0);
    const Wiring wiring = placed(encoding, *vectors);
    std::size_t at = 0;
    for (const Sheet& sheet : painted.sheets()) {
      for (const SubstratePoint& point : sheet) {
        EXPECT_EQ(wiring.nodes[at].place.x, point.x);
        EXPECT_EQ(wiring.nodes[at++].place.y, point.y);
      }
    }
    EXPECT_EQ(at, wiring.nodes.size());
  }
}

TEST(Dct, PlacesTheNeuronsOfAGridRowMajorAsItsArrayHasThem) {
  DctParameters parameters;
  parameters.hidden = {6, 2};
  parameters.hidden_shapes = {"2x3", "2"};
  parameters.coefficients = 20;
  for (const auto product : {PaintedProduct::dense, PaintedProduct::factorised}) {
    parameters.product = product;
    const Dct encoding(parameters, triangle());
    RealPopulation vectors(20);
    vectors.resize(1);
    std::ranges::fill(vectors.row(0), 1.0F);
    const Wiring wiring = placed(encoding, vectors);
    EXPECT_TRUE(encoding.places_neurons());
    for (std::size_t n = 0; n < 6; ++n) {
      const Wiring::Place& place = wiring.nodes[2 + n].place;
      EXPECT_EQ(place.x, n < 3 ? -1.0F : 1.0F);
      EXPECT_EQ(place.y, static_cast<float>(n % 3) - 1.0F);
      EXPECT_TRUE(std::isnan(place.z)) << "the body lies in the plane";
    }
    EXPECT_FLOAT_EQ(wiring.nodes[8].place.y, 1.0F / 3.0F);
    EXPECT_GT(connection_cost(wiring), 0.0);
  }
}

TEST(DirectVector, DoesNotSayWhereNeuronsAreWhereTheBodyDoesNot) {
  NetworkInterface body = triangle();
  body.sensors[1].position.clear();
  EXPECT_FALSE(DirectVector({}, body).places_neurons());
  DctParameters parameters;
  EXPECT_FALSE(Dct(parameters, body).places_neurons());
  EXPECT_TRUE(Dct(parameters, triangle()).places_neurons());
}

}  // namespace
}  // namespace cambrian
