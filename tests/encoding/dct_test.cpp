// Arrays of coefficients in more than two dimensions, products in factors, and ragged genomes.
#include "cambrian/encoding/dct.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/ragged/ragged_space.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/network/cosine_transform.hpp"
#include "tests/encoding/bodies.hpp"
#include "tests/network/birth.hpp"

namespace cambrian {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;
using Sizes = std::vector<std::size_t>;

/// Sensors on a grid of w by h pixels, listed row after row from the top; motors in a row.
NetworkInterface camera(std::size_t w, std::size_t h, std::size_t motors) {
  NetworkInterface body;
  for (std::size_t y = h; y-- > 0;) {
    for (std::size_t x = 0; x < w; ++x) {
      body.sensors.push_back(
          {"pixel", {-1.0F, 1.0F}, {0.1 * static_cast<double>(x), 0.1 * static_cast<double>(y)}});
    }
  }
  for (std::size_t m = 0; m < motors; ++m) {
    body.motors.push_back({"motor", {-1.0F, 1.0F}, {static_cast<double>(m), 2.0}});
  }
  return body;
}

RealPopulation random_vectors(std::size_t length, std::size_t rows, double sd = 0.1) {
  RealPopulation population(length);
  population.resize(rows);
  Stream stream(stream_key(1, "genes"), 0);
  for (float& gene : population.matrix()) gene = static_cast<float>(sd * stream.normal());
  return population;
}

std::vector<float> respond_to(Network& network, std::size_t lanes) {
  Stream stream(stream_key(2, "sensors"), 0);
  std::vector<float> sensors(lanes * network.inputs());
  for (float& value : sensors) value = stream.uniform_float(-1.0F, 1.0F);
  std::vector<float> motors(lanes * network.outputs());
  network.reset(lanes, stream);
  network.activate(sensors, motors);
  return motors;
}

TEST(Grid, IsSeenInWhateverOrderTheTerminalsAreListed) {
  NetworkInterface body = camera(4, 3, 1);
  const auto grid = grid_of(body.sensors);
  ASSERT_TRUE(grid);
  EXPECT_EQ(grid->axes, (Sizes{4, 3}));
  EXPECT_EQ(grid->places[0], 2U);  // the first is the left one of the top row: x = 0, y = 2
  EXPECT_EQ(grid->places[5], 4U);  // x = 1, y = 1
  std::ranges::reverse(body.sensors);
  EXPECT_EQ(grid_of(body.sensors)->places[6], grid->places[5]);
}

TEST(Grid, IsNoneOfARowOrWithAHoleOrTwoInOnePlace) {
  EXPECT_FALSE(grid_of(camera(4, 1, 1).sensors));
  EXPECT_FALSE(grid_of(maze_body().sensors));
  EXPECT_FALSE(grid_of({}));
  NetworkInterface body = camera(4, 3, 1);
  body.sensors[5].position = body.sensors[6].position;
  EXPECT_FALSE(grid_of(body.sensors));
  body.sensors.pop_back();
  EXPECT_FALSE(grid_of(body.sensors));
}

/// Two points with x and y each, listed point by point; two motors, the second one on the left.
NetworkInterface two_points() {
  NetworkInterface body;
  for (const double x : {-1.0, 1.0}) {
    for (const char* kind : {"x", "y"}) body.sensors.push_back({"", {-1, 1}, {x, 0}, kind});
  }
  body.motors = {{"right", {-1, 1}, {1, 0}}, {"left", {-1, 1}, {-1, 0}}};
  return body;
}

TEST(Order, IsByKindThenByTheLastCoordinateThenByTheFirst) {
  EXPECT_EQ(ranks_by_place(two_points().sensors), (std::vector<std::uint32_t>{0, 2, 1, 3}));
  EXPECT_EQ(ranks_by_place(two_points().motors), (std::vector<std::uint32_t>{1, 0}));
  const std::vector<Terminal> arm = {{"", {}, {1, -1}}, {"", {}, {0, 1}}, {"", {}, {0, -1}}};
  EXPECT_EQ(ranks_by_place(arm), (std::vector<std::uint32_t>{1, 2, 0}));
}

TEST(DctLayout, OrdersARecurrentLayerItsSensorsAndItsOwnValuesByTheirPlaces) {
  DctParameters parameters;
  parameters.hidden = {};
  parameters.recurrence = Recurrence::full;
  parameters.coefficients = 5;
  const auto block = [&] { return Dct(parameters, two_points()).layout().blocks().front(); };
  EXPECT_EQ(block().sources, (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(block().neurons, (std::vector<std::uint32_t>{0, 1}));
  parameters.order = DctParameters::Order::places;
  EXPECT_EQ(block().sources, (std::vector<std::uint32_t>{0, 2, 1, 3, 5, 4, 6}));
  EXPECT_EQ(block().neurons, (std::vector<std::uint32_t>{1, 0}));
}

// The factors of a layer must find the same places as its painted weights.
TEST(Dct, RespondsInFactorsAsItDoesDenseWhereTerminalsAreOrderedByPlace) {
  DctParameters parameters;
  parameters.hidden = {6};
  parameters.coefficients = 8;
  parameters.order = DctParameters::Order::places;
  const RealPopulation genes = random_vectors(8, 1);
  std::vector<std::vector<float>> motors;
  for (const auto product : {PaintedProduct::dense, PaintedProduct::factorised}) {
    parameters.product = product;
    const auto decoder = Dct(parameters, two_points()).make_decoder(two_points());
    motors.push_back(respond_to(decoder->decode(genes, 0), 3));
  }
  ASSERT_EQ(motors[0].size(), motors[1].size());
  for (std::size_t i = 0; i < motors[0].size(); ++i) EXPECT_NEAR(motors[0][i], motors[1][i], 1e-6);
}

TEST(DctLayout, SplitsAMatrixWhoseSensorsFormAGrid) {
  DctParameters parameters;
  parameters.hidden = {10};
  parameters.coefficients = 20;
  const Dct encoding(parameters, camera(4, 3, 2));
  const std::vector<DctBlock>& blocks = encoding.layout().blocks();
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(blocks[0].axes, (Sizes{10, 4, 3}));
  EXPECT_EQ(blocks[1].axes, (Sizes{10, 1}));  // biases
  EXPECT_EQ(blocks[1].first_column, 12U);
  EXPECT_EQ(blocks[2].axes, (Sizes{2, 11}));  // a row from a row
  EXPECT_EQ(encoding.layout().coefficients(), 20U);
}

// The digits of reference 4: 8 x 8 input frequencies by 24 along the hidden layer.
TEST(DctLayout, TakesCornersAlongTheAxesOfSourcesThenNeurons) {
  DctParameters parameters;
  parameters.hidden = {800};
  parameters.corners = {"8x8x24", "40x10"};
  const DctLayout layout = Dct(parameters, camera(28, 28, 10)).layout();
  ASSERT_EQ(layout.blocks().size(), 4U);
  EXPECT_EQ(layout.blocks()[0].axes, (Sizes{800, 28, 28}));
  EXPECT_EQ(layout.blocks()[0].corner, (Sizes{24, 8, 8}));
  EXPECT_EQ(layout.blocks()[1].coefficients, 24U);
  EXPECT_EQ(layout.blocks()[2].coefficients, 400U);
  EXPECT_EQ(layout.blocks()[3].coefficients, 10U);
  EXPECT_EQ(layout.coefficients(), 1970U);
  EXPECT_NEAR(layout.blocks()[0].scale, std::sqrt(784.0 * 800.0 / 1536.0), 1e-12);
  EXPECT_EQ(layout.sd_scale(), 1.0);
}

// Of 4 x 4 source frequencies the 10 with i + j < 4 stay; of 3 x 3 of the neurons' 6; one axis stays whole.
TEST(DctLayout, DiagonalCornersLeaveOutWhatLiesBeyondTheDiagonalOfEitherSide) {
  DctParameters parameters;
  parameters.hidden = {12};
  parameters.hidden_shapes = {"3x4"};
  parameters.corners = {"4x4x3x3", "3x2x2"};
  parameters.diagonal_corners = true;
  const DctLayout layout = Dct(parameters, camera(5, 6, 2)).layout();
  ASSERT_EQ(layout.blocks().size(), 4U);
  EXPECT_EQ(layout.blocks()[0].coefficients, 10U * 6U);
  EXPECT_EQ(layout.blocks()[1].coefficients, 6U);       // biases of the hidden neurons
  EXPECT_EQ(layout.blocks()[2].coefficients, 2U * 5U);  // of 3 x 2 all but (2, 1)
  EXPECT_EQ(layout.coefficients(), 60U + 6 + 10 + 2);
  for (const DctBlock& block : layout.blocks()) {
    DctBlock whole = block;
    whole.diagonal = false;
    whole.coefficients = 1;
    for (const std::size_t length : whole.corner) whole.coefficients *= length;
    const std::vector<std::uint32_t> places = block.first_places(), all = whole.first_places();
    EXPECT_EQ(places.size(), block.coefficients);
    EXPECT_EQ(places.front(), 0U);
    auto next = all.begin();  // the same order, with some left out
    for (const std::uint32_t place : places) {
      next = std::find(next, all.end(), place);
      ASSERT_NE(next, all.end());
    }
    EXPECT_NEAR(block.scale,
                std::sqrt(static_cast<double>(block.size()) / static_cast<double>(places.size())),
                1e-12);
  }
  for (const std::uint32_t place : layout.blocks()[0].first_places()) {
    const std::uint32_t y = place % 6, x = place / 6 % 5;  // row-major over the neurons' axes, x, y
    EXPECT_LT(x + y, 4U);
  }
}

TEST(DctLayout, GainsMultiplyTheScaleOfEachArrayInTheOrderOfTheGenes) {
  DctParameters parameters;
  parameters.hidden = {800};
  parameters.corners = {"8x8x24", "40x10"};
  const DctLayout plain = Dct(parameters, camera(28, 28, 10)).layout();
  parameters.gains = {0.5, 3, 0.25, 2};
  const DctLayout layout = Dct(parameters, camera(28, 28, 10)).layout();
  for (std::size_t b = 0; b < 4; ++b) {
    EXPECT_NEAR(layout.blocks()[b].scale, plain.blocks()[b].scale * parameters.gains[b], 1e-12);
  }
}

TEST(DctLayout, ShufflingDealsOutThePlacesOfEachArrayByOnePermutationPerNumber) {
  DctParameters parameters;
  parameters.hidden = {60};
  parameters.corners = {"3x3x4", "5x2"};
  const DctLayout plain = Dct(parameters, camera(9, 8, 10)).layout();
  parameters.shuffle = 1;
  const DctLayout shuffled = Dct(parameters, camera(9, 8, 10)).layout();
  const DctLayout again = Dct(parameters, camera(9, 8, 10)).layout();
  parameters.shuffle = 2;
  const DctLayout other = Dct(parameters, camera(9, 8, 10)).layout();
  for (std::size_t b = 0; b < plain.blocks().size(); ++b) {
    const DctBlock& block = shuffled.blocks()[b];
    EXPECT_NE(block.neurons, plain.blocks()[b].neurons);
    EXPECT_TRUE(std::ranges::is_permutation(block.neurons, plain.blocks()[b].neurons));
    EXPECT_TRUE(std::ranges::is_permutation(block.sources, plain.blocks()[b].sources));
    EXPECT_EQ(block.neurons, again.blocks()[b].neurons);
    EXPECT_EQ(block.sources, again.blocks()[b].sources);
    EXPECT_NE(block.neurons, other.blocks()[b].neurons);
    EXPECT_EQ(block.scale, plain.blocks()[b].scale);
  }
  EXPECT_NE(shuffled.blocks()[0].sources, plain.blocks()[0].sources);
}

TEST(DctLayout, GivesAHiddenLayerTheShapeThatItIsToldToHave) {
  DctParameters parameters;
  parameters.hidden = {12, 6};
  parameters.hidden_shapes = {"3x4", "6"};
  parameters.recurrence = Recurrence::elman;
  const DctLayout layout = Dct(parameters, maze_body()).layout();
  ASSERT_EQ(layout.blocks().size(), 7U);
  EXPECT_EQ(layout.blocks()[0].axes, (Sizes{3, 4, 10}));
  EXPECT_EQ(layout.blocks()[1].axes, (Sizes{3, 4, 3, 4}));  // from its own neurons
  EXPECT_EQ(layout.blocks()[2].axes, (Sizes{3, 4, 1}));
  EXPECT_EQ(layout.blocks()[3].axes, (Sizes{6, 3, 4}));
  EXPECT_EQ(layout.blocks()[4].axes, (Sizes{6, 6}));
  EXPECT_EQ(layout.blocks()[6].axes, (Sizes{2, 7}));  // a row from a row
}

TEST(DctLayout, RefusesShapesAndCornersThatDoNotFitInOneLineThatNamesTheKey) {
  const auto complaint = [](const auto& change) {
    DctParameters parameters;
    change(parameters);
    try {
      Dct(parameters, camera(4, 3, 2));
    } catch (const ConfigError& error) {
      return error.key() + ": " + error.reason();
    }
    return std::string("none");
  };
  EXPECT_THAT(complaint([](DctParameters& p) {
                p.gains = {1, 2};
              }),
              HasSubstr("gains: has 2 entries, but there are 3 arrays of coefficients"));
  EXPECT_THAT(complaint([](DctParameters& p) { p.corners = {"2x2x2"}; }),
              HasSubstr("corners: has 1 entry, but there are 2 layers of links"));
  EXPECT_THAT(complaint([](DctParameters& p) {
                p.corners = {"2x2", "2x2"};
              }),
              HasSubstr("corners: '2x2' does not fit layer 1, which is 4x3x8"));
  EXPECT_THAT(complaint([](DctParameters& p) {
                p.corners = {"5x2x2", "2x2"};
              }),
              HasSubstr("corners: '5x2x2' does not fit layer 1"));
  EXPECT_THAT(complaint([](DctParameters& p) {
                p.corners = {"2x0x2", "2x2"};
              }),
              HasSubstr("corners: '2x0x2' is not a list of sizes"));
  EXPECT_THAT(complaint([](DctParameters& p) {
                p.corners = {"2x2x", "2x2"};
              }),
              HasSubstr("is not a list of sizes"));
  EXPECT_THAT(complaint([](DctParameters& p) { p.hidden_shapes = {"3x3"}; }),
              HasSubstr("hidden_shapes: '3x3' has 9 places, but the layer has 8 neurons"));
  EXPECT_THAT(complaint([](DctParameters& p) {
                p.hidden_shapes = {"8", "2"};
              }),
              HasSubstr("hidden_shapes: has 2 entries, but there is 1 hidden layer;"));
  EXPECT_THAT(complaint([](DctParameters& p) {
                p.recurrence = Recurrence::full;
                p.hidden_shapes = {"8"};
              }),
              HasSubstr("hidden_shapes: is given, but with this recurrence all neurons are one"));
  EXPECT_THAT(complaint([](DctParameters& p) { p.diagonal_corners = true; }),
              HasSubstr("diagonal_corners: is true, but there are no corners"));
  EXPECT_THAT(complaint([](DctParameters& p) { p.coefficients = 123; }),
              HasSubstr("coefficients: is 123, but these layers take 3 (one per matrix) to 122"));
}

TEST(Dct, PutsTheArraysPlacesWhereTheSensorsAre) {
  DctParameters parameters;
  parameters.hidden = {};
  parameters.corners = {"4x3x2"};
  const NetworkInterface body = camera(4, 3, 2);
  const Dct encoding(parameters, body);
  const RealPopulation vectors = random_vectors(encoding.layout().coefficients(), 1);
  const Wiring wiring = encoding.wiring(body, vectors, 0);
  const DctBlock& block = encoding.layout().blocks().front();
  CosineTransform transform(Sizes{2, 4, 3});
  transform.hold(lowest_frequencies(transform.axes(), block.corner, 24));
  std::vector<double> coefficients;
  for (const float gene : vectors.row(0).first(24)) {
    coefficients.push_back(block.scale * static_cast<double>(gene));
  }
  std::vector<double> array(24);
  transform.inverse(coefficients, array);
  ASSERT_EQ(wiring.links.size(), 24U);
  for (const Wiring::Link& link : wiring.links) {
    const std::size_t x = link.source % 4;
    const std::size_t y = 2 - link.source / 4;
    const std::size_t neuron = link.target - 12;
    EXPECT_NEAR(link.weight, array[neuron * 12 + x * 3 + y], 1e-6);
  }
}

/// Networks with grids of sensors, of hidden neurons and of motors; and plain rows.
std::vector<DctParameters> set_ups() {
  std::vector<DctParameters> all(4);
  all[0].hidden = {60};
  all[0].corners = {"3x3x4", "5x2x2"};
  all[1].hidden = {60};
  all[1].hidden_shapes = {"6x10"};
  all[1].coefficients = 50;
  all[2].hidden = {40, 30};
  all[2].coefficients = 30;
  all[3] = all[0];
  all[3].gains = {0.5, 2, 0.25, 1};
  all[3].shuffle = 1;
  return all;
}

NetworkInterface screen() {
  NetworkInterface body = camera(9, 8, 0);
  body.motors = camera(3, 2, 0).sensors;
  return body;
}

Dct dct_by(PaintedProduct product, DctParameters parameters, const NetworkInterface& body) {
  parameters.product = product;
  return {parameters, body};
}

TEST(Dct, RespondsInFactorsAsItDoesDense) {
  for (const DctParameters& parameters : set_ups()) {
    for (const NetworkInterface& body : {screen(), maze_body()}) {
      if (body.sensors.size() == 10 && !parameters.corners.empty()) continue;
      const Dct dense = dct_by(PaintedProduct::dense, parameters, body);
      const Dct factors = dct_by(PaintedProduct::factorised, parameters, body);
      const RealPopulation vectors = random_vectors(dense.layout().coefficients(), 2);
      const auto one = dense.make_decoder(body);
      const auto other = factors.make_decoder(body);
      for (const std::size_t row : {0U, 1U, 0U}) {
        Network& expected = one->decode(vectors, row);
        Network& network = other->decode(vectors, row);
        EXPECT_EQ(network.nodes(), expected.nodes());
        EXPECT_EQ(network.links(), expected.links());
        EXPECT_EQ(network.output_range(), expected.output_range());
        for (const std::size_t lanes : {1U, 70U}) {
          const std::vector<float> motors = respond_to(network, lanes);
          const std::vector<float> wanted = respond_to(expected, lanes);
          for (std::size_t i = 0; i < motors.size(); ++i) ASSERT_NEAR(motors[i], wanted[i], 2e-5);
        }
      }
      const Wiring wiring = factors.wiring(body, vectors, 0);
      const Wiring wanted = dense.wiring(body, vectors, 0);
      ASSERT_EQ(wiring.links.size(), wanted.links.size());
      for (std::size_t i = 0; i < wiring.links.size(); ++i) {
        ASSERT_EQ(wiring.links[i].weight, wanted.links[i].weight);
      }
    }
  }
}

/// Motors of three updates, whose sensors differ.
std::vector<float> live(Network& network, std::size_t lanes) {
  Stream stream(stream_key(3, "life"), 0);
  std::vector<float> sensors(lanes * network.inputs());
  std::vector<float> motors(lanes * network.outputs());
  std::vector<float> all;
  network.reset(lanes, stream);
  for (int update = 0; update < 3; ++update) {
    for (float& value : sensors) value = stream.uniform_float(-1.0F, 1.0F);
    network.activate(sensors, motors);
    all.insert(all.end(), motors.begin(), motors.end());
  }
  return all;
}

/// Of every layout: grids and rows, corners, places that are dealt out anew, biases within and apart.
std::vector<DctParameters> recurrent_set_ups() {
  std::vector<DctParameters> all = set_ups();
  for (DctParameters& parameters : all) parameters.recurrence = Recurrence::elman;
  all[3].gains = {};
  DctParameters full;
  full.hidden = {30};
  full.coefficients = 50;
  full.recurrence = Recurrence::full;
  full.order = DctParameters::Order::places;
  all.push_back(full);
  full.shuffle = 2;
  all.push_back(full);
  return all;
}

TEST(Dct, RespondsInFactorsAsItDoesDenseWithRecurrence) {
  for (const DctParameters& parameters : recurrent_set_ups()) {
    for (const NetworkInterface& body : {screen(), maze_body()}) {
      if (body.sensors.size() == 10 && !parameters.corners.empty()) continue;
      const Dct dense = dct_by(PaintedProduct::dense, parameters, body);
      const Dct factors = dct_by(PaintedProduct::factorised, parameters, body);
      const RealPopulation vectors = random_vectors(dense.layout().coefficients(), 1, 0.5);
      const auto one = dense.make_decoder(body);
      const auto other = factors.make_decoder(body);
      Network& expected = one->decode(vectors, 0);
      Network& network = other->decode(vectors, 0);
      EXPECT_TRUE(network.stateful());
      EXPECT_EQ(network.nodes(), expected.nodes());
      EXPECT_EQ(network.links(), expected.links());
      for (const std::size_t lanes : {1U, 70U}) {
        const std::vector<float> motors = live(network, lanes);
        const std::vector<float> wanted = live(expected, lanes);
        for (std::size_t i = 0; i < motors.size(); ++i) ASSERT_NEAR(motors[i], wanted[i], 1e-4);
        EXPECT_EQ(live(network, lanes), motors) << "a second life remembers the first";
      }
    }
  }
}

TEST(Dct, ForgetsItsLastUpdateInFactorsWhereItsStateIsReset) {
  DctParameters parameters;
  parameters.recurrence = Recurrence::full;
  parameters.product = PaintedProduct::factorised;
  const NetworkInterface body = maze_body();
  const auto decoder = Dct(parameters, body).make_decoder(body);
  Network& network = decoder->decode(random_vectors(20, 1), 0);
  const std::vector<float> sensors(10, 0.5F);
  std::vector<float> first(2), second(2), again(2);
  Stream stream(stream_key(4, "life"), 0);
  network.reset(1, stream);
  network.activate(sensors, first);
  network.activate(sensors, second);
  network.reset_state();
  network.activate(sensors, again);
  EXPECT_NE(first, second);
  EXPECT_EQ(first, again);
}

TEST(Dct, RefusesFactorsOfWeightsThatMustExist) {
  DctParameters parameters;
  parameters.product = PaintedProduct::factorised;
  parameters.learning.learning = LearningRule::abcd;
  const auto make = [&] { Dct(parameters, maze_body()); };
  EXPECT_THAT(make, ThrowsMessage<ConfigError>(AllOf(
                        HasSubstr("product"), HasSubstr("'factorised'"), HasSubstr("learning"))));
  parameters.learning = {};
  parameters.recurrence = Recurrence::ctrnn;
  EXPECT_THAT(make, ThrowsMessage<ConfigError>(
                        AllOf(HasSubstr("product"), HasSubstr("recurrence = 'ctrnn'"))));
}

TEST(Dct, ItsSpectraPaintTheWeightsOfItsNetworks) {
  for (const DctParameters& parameters : set_ups()) {
    const NetworkInterface body = screen();
    const Dct encoding(parameters, body);
    const RealPopulation genomes = random_vectors(encoding.layout().coefficients(), 2);
    const std::vector<DctSpectrum> spectra = encoding.spectra(body, genomes, 1);
    double painted = 0, coefficients = 0;
    for (const DctSpectrum& one : spectra) {
      CosineTransform transform(one.axes);
      transform.hold(one.places);
      std::vector<double> numbers(transform.size());
      transform.inverse(one.coefficients, numbers);
      for (const double number : numbers) painted += number * number;
      coefficients += static_cast<double>(one.coefficients.size());
    }
    EXPECT_EQ(coefficients, static_cast<double>(genomes.length()));
    const Wiring wiring = encoding.wiring(body, genomes, 1);
    double squares = 0;
    for (const Wiring::Link& link : wiring.links)
      squares += static_cast<double>(link.weight) * static_cast<double>(link.weight);
    for (const Wiring::Node& node : wiring.nodes)
      squares += static_cast<double>(node.bias) * static_cast<double>(node.bias);
    EXPECT_NEAR(painted, squares, 1e-4 * squares);
  }
}

TEST(Dct, DecodesARaggedGenomeAsAVectorOfTheSameCoefficients) {
  for (DctParameters parameters : set_ups()) {
    for (const auto product : {PaintedProduct::dense, PaintedProduct::factorised}) {
      parameters.product = product;
      parameters.genome = DctParameters::Genome::real;
      const NetworkInterface body = screen();
      const Dct fixed(parameters, body);
      parameters.genome = DctParameters::Genome::ragged;
      const Dct ragged(parameters, body);
      const auto space = ragged.genome().front().make(RaggedGenomeParameters());
      const auto genomes = space->make_population();
      genomes->resize(1);
      space->initialise(*genomes, 0, 1, stream_key(1, "first"), 0);
      space->check(*genomes, 0);
      // The first genomes have the places of the vector, block after block, but sorted.
      RaggedGenome& genome = dynamic_cast<RaggedPopulation&>(*genomes)[0];
      RealPopulation vectors(fixed.layout().coefficients());
      vectors.resize(1);
      ASSERT_EQ(genome.size(), vectors.length());
      std::size_t first = 0;
      std::size_t at = 0;
      for (const DctBlock& block : fixed.layout().blocks()) {
        for (const auto place : lowest_frequencies(block.axes, block.corner, block.coefficients)) {
          const auto gene = std::ranges::find(genome, first + place, &RaggedGene::index);
          ASSERT_NE(gene, genome.end());
          vectors.row(0)[at++] = gene->value;
        }
        first += block.size();
      }
      const auto one = fixed.make_decoder(body);
      const auto other = ragged.make_decoder(body);
      EXPECT_EQ(respond_to(one->decode(vectors, 0), 3), respond_to(other->decode(*genomes, 0), 3));
      // A single high frequency, and then the first again.
      const RaggedGenome before = genome;
      genome = {{static_cast<std::uint32_t>(first - 1), 1.0F}};
      const auto changed = respond_to(other->decode(*genomes, 0), 3);
      genome = before;
      const auto again = respond_to(other->decode(*genomes, 0), 3);
      EXPECT_EQ(again, respond_to(one->decode(vectors, 0), 3));
      EXPECT_NE(changed, again);
    }
  }
}

TEST(Dct, RefusesBodiesThatItsGenomesDoNotFit) {
  DctParameters parameters;
  parameters.genome = DctParameters::Genome::ragged;
  EXPECT_THAT([&] { Dct(parameters, maze_body()).make_decoder(screen()); },
              ThrowsMessage<ConfigError>(HasSubstr("is 'ragged', but this body has")));
}

}  // namespace
}  // namespace cambrian
