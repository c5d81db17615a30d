#include "cambrian/network/dynamic_network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "cambrian/core/error.hpp"
#include "tests/network/allocations.hpp"
#include "tests/network/birth.hpp"
#include "tests/network/formulas.hpp"

namespace cambrian {
namespace {

using enum LinkNumber;

LayeredForm one_link(LearningRule rule, Modulation modulation = Modulation::none) {
  LayeredForm form{1, {{1, Activation::identity}}, 1};
  form.learning.learning = rule;
  form.learning.modulation = modulation;
  return form;
}

float& gene(LayeredNetwork& network, LinkNumber number, std::size_t layer = 0,
            std::size_t column = 0, std::size_t neuron = 0) {
  return network.column(number, layer, column)[neuron];
}

float weight_of(const LayeredNetwork& network, std::size_t layer = 0, std::size_t column = 0,
                std::size_t neuron = 0) {
  return network.column(weight, layer, column)[neuron];
}

float step(Network& network, std::vector<float> sensors) {
  std::vector<float> motors(network.outputs());
  network.activate(sensors, motors);
  return motors[0];
}

void randomise(LayeredNetwork& network, std::uint64_t seed, float size = 1.0F) {
  Stream stream(stream_key(seed, "genes"), 0);
  for (const LinkNumber number : network.form().numbers()) {
    for (std::size_t layer = 0; layer < network.form().layers.size(); ++layer) {
      for (std::size_t c = 0; c < network.form().columns(number, layer); ++c) {
        for (float& value : network.column(number, layer, c)) {
          value = stream.uniform_float(-size, size);
        }
      }
    }
  }
}

// ---------------------------------------------------------------- the rules

TEST(DynamicNetwork, LearnsByEveryCoefficientAndSign) {
  // pre 0.5, post = 0.5 w = 1; the rate 0.1.
  const std::vector<LinkNumber> numbers = {a, b, c, d};
  const std::vector<double> products = {0.5 * 1.0, 0.5, 1.0, 1.0};
  for (std::size_t k = 0; k < 4; ++k) {
    for (const float sign : {1.0F, -1.0F}) {
      DynamicNetwork network(one_link(LearningRule::abcd));
      gene(network, weight) = 2.0F;
      gene(network, rate) = 0.1F;
      gene(network, numbers[k]) = sign;
      network.reset(1, birth());
      step(network, {0.5F});
      EXPECT_NEAR(weight_of(network), 2.0 + static_cast<double>(sign) * 0.1 * products[k], 1e-6)
          << k;
    }
  }
}

TEST(DynamicNetwork, AbcHasNoConstantTerm) {
  DynamicNetwork network(one_link(LearningRule::abc));
  gene(network, weight) = 2.0F;
  gene(network, rate) = 0.5F;
  gene(network, a) = 1.0F;
  gene(network, b) = -2.0F;
  gene(network, c) = 3.0F;
  network.reset(1, birth());
  step(network, {0.5F});
  EXPECT_NEAR(weight_of(network), 2.0 + 0.5 * (0.5 - 1.0 + 3.0), 1e-6);
}

TEST(DynamicNetwork, ARateOfZeroLeavesWeightsBitIdentical) {
  LayeredForm form{5, {{11, Activation::tanh}, {3, Activation::tanh}}, 3};
  form.learning.learning = LearningRule::abc;
  DynamicNetwork network(form);
  randomise(network, 1, 9.0F);  // some beyond the limit
  for (std::size_t layer = 0; layer < 2; ++layer) {
    for (std::size_t c = 0; c < form.sources(layer); ++c) {
      for (float& value : network.LayeredNetwork::column(rate, layer, c)) value = 0.0F;
    }
  }
  gene(network, weight, 0, 2, 3) = -0.0F;
  std::vector<float> before;
  const auto all_weights = [&] {
    std::vector<float> all;
    for (std::size_t layer = 0; layer < 2; ++layer) {
      for (std::size_t i = 0; i <= form.sources(layer); ++i) {
        const auto row = std::as_const(network).column(weight, layer, i);
        all.insert(all.end(), row.begin(), row.end());
      }
    }
    return all;
  };
  before = all_weights();
  network.reset(1, birth());
  for (int i = 0; i < 50; ++i) step(network, {0.1F, 0.5F, -0.3F, 0.9F, -1.0F});
  const std::vector<float> after = all_weights();
  EXPECT_EQ(std::memcmp(before.data(), after.data(), before.size() * sizeof(float)), 0);
}

TEST(DynamicNetwork, OjaFindsTheFirstPrincipalComponent) {
  LayeredForm form{2, {{1, Activation::identity}}, 1};
  form.learning.learning = LearningRule::oja;
  DynamicNetwork network(form);
  gene(network, weight, 0, 0) = 0.5F;
  gene(network, weight, 0, 1) = -0.3F;
  gene(network, rate, 0, 0) = gene(network, rate, 0, 1) = 0.005F;
  network.reset(1, birth());
  // Variance 1 along (0.8, 0.6), 0.01 across.
  Stream stream(stream_key(1, "stream"), 0);
  for (int i = 0; i < 20000; ++i) {
    const double along = stream.normal(), across = 0.1 * stream.normal();
    step(network, {static_cast<float>(0.8 * along - 0.6 * across),
                   static_cast<float>(0.6 * along + 0.8 * across)});
  }
  const double x = weight_of(network, 0, 0), y = weight_of(network, 0, 1);
  EXPECT_NEAR(std::hypot(x, y), 1.0, 0.05);
  EXPECT_NEAR(std::abs(0.8 * x + 0.6 * y) / std::hypot(x, y), 1.0, 0.002);
}

TEST(DynamicNetwork, BcmSelectsOneOfTwoPatterns) {
  LayeredForm form{2, {{1, Activation::identity}}, 1};
  form.learning.learning = LearningRule::bcm;
  form.learning.bcm_window = 50;
  DynamicNetwork network(form);
  gene(network, weight, 0, 0) = 0.6F;
  gene(network, weight, 0, 1) = 0.5F;
  gene(network, rate, 0, 0) = gene(network, rate, 0, 1) = 0.005F;
  network.reset(1, birth());
  float first = 0, second = 0;
  for (int i = 0; i < 20000; ++i) {
    first = step(network, {1.0F, 0.2F});
    second = step(network, {0.2F, 1.0F});
  }
  // The stable points are 2 for one of two equally frequent patterns, 0 for the other.
  EXPECT_NEAR(first, 2.0, 0.1);
  EXPECT_NEAR(second, 0.0, 0.1);
}

TEST(DynamicNetwork, ClipsWhatItLearns) {
  LayeredForm form = one_link(LearningRule::abcd);
  form.learning.weight_limit = 3.0;
  DynamicNetwork network(form);
  gene(network, rate) = 1.0F;
  gene(network, d) = -1.0F;
  network.reset(1, birth());
  for (int i = 0; i < 10; ++i) step(network, {0.0F});
  EXPECT_EQ(weight_of(network), -3.0F);
}

TEST(DynamicNetwork, ClipsCutsAndScalesCoefficients) {
  LearningParameters learning;
  learning.coefficient_limit = 1.0;
  learning.coefficient_threshold = 0.1;
  learning.rate_scale = 8.0;
  EXPECT_EQ(learning.used(a, 2.0F), 1.0F);
  EXPECT_EQ(learning.used(b, -0.1F), 0.0F);
  EXPECT_EQ(learning.used(c, -0.5F), -0.5F);
  EXPECT_EQ(learning.used(rate, -3.0F), -8.0F);
  EXPECT_EQ(learning.used(rate, 0.05F), 0.0F);
}

TEST(DynamicNetwork, NormalisesEachLayerByItsLargestWeight) {
  LayeredForm form{2, {{2, Activation::identity}}, 2};
  form.learning.learning = LearningRule::abcd;
  form.learning.normalise_weights = true;
  DynamicNetwork network(form);
  gene(network, weight, 0, 0, 0) = 1.0F;
  gene(network, weight, 0, 0, 1) = -3.0F;
  gene(network, weight, 0, 1, 1) = 2.0F;
  gene(network, weight, 0, 2, 0) = 7.0F;  // a bias
  gene(network, d, 0, 0, 1) = -1.0F;
  gene(network, rate, 0, 0, 1) = 1.0F;
  network.reset(1, birth());
  step(network, {0.0F, 0.0F});
  EXPECT_FLOAT_EQ(weight_of(network, 0, 0, 0), 0.25F);
  EXPECT_FLOAT_EQ(weight_of(network, 0, 0, 1), -1.0F);
  EXPECT_FLOAT_EQ(weight_of(network, 0, 1, 1), 0.5F);
  EXPECT_EQ(weight_of(network, 0, 2, 0), 7.0F);
}

// ---------------------------------------------------------------- modulation

// Two sensors: the first drives the neuron by weight 2, the second modulates it by weight 3.
double learned_by(Modulation modulation, float modulatory_bias_gene) {
  LayeredForm form{2, {{1, Activation::identity}}, 1};
  form.learning.learning = LearningRule::abcd;
  form.learning.modulation = modulation;
  DynamicNetwork network(form);
  gene(network, weight, 0, 0) = 2.0F;
  gene(network, weight, 0, 1) = 3.0F;
  gene(network, modulates, 0, 1) = 0.5F;
  if (modulation == Modulation::bain) gene(network, modulatory_bias) = modulatory_bias_gene;
  for (const std::size_t link : {0U, 1U}) {
    gene(network, rate, 0, link) = 0.1F;
    gene(network, a, 0, link) = 1.0F;
    gene(network, d, 0, link) = 1.0F;
  }
  network.reset(1, birth());
  EXPECT_FLOAT_EQ(step(network, {0.5F, -0.6F}), 1.0F);  // the modulatory link adds nothing
  EXPECT_EQ(weight_of(network, 0, 1), 3.0F);            // and does not learn
  return static_cast<double>(weight_of(network)) - 2.0;
}

TEST(DynamicNetwork, RisisGateIsTheTanhOfOneMore) {
  EXPECT_NEAR(learned_by(Modulation::risi, 0), std::tanh(1.0 - 1.8) * 0.1 * 1.5, 1e-6);
}

TEST(DynamicNetwork, BainsGateLiesBetweenZeroAndOneAndHasABias) {
  EXPECT_NEAR(learned_by(Modulation::bain, 0.7F), (std::tanh((-1.8 + 0.7) / 2) + 1) / 2 * 0.15,
              1e-6);
}

TEST(DynamicNetwork, SoltoggiosNeuronsModulateByAllTheirLinks) {
  // Sensor -> neurons 0 and 1, of which 1 modulates; both -> the motor.
  LayeredForm form{1, {{2, Activation::tanh}, {1, Activation::tanh}}, 1};
  form.learning.learning = LearningRule::abc;
  form.learning.modulation = Modulation::soltoggio;
  DynamicNetwork network(form);
  gene(network, weight, 0, 0, 0) = 1.0F;
  gene(network, weight, 0, 0, 1) = -2.0F;
  gene(network, weight, 1, 0) = 3.0F;
  gene(network, weight, 1, 1) = 4.0F;
  gene(network, modulates, 0, 0, 0) = -1.0F;
  gene(network, modulates, 0, 0, 1) = 1.0F;
  for (const std::size_t source : {0U, 1U}) {
    gene(network, a, 1, source) = 1.0F;
    gene(network, rate, 1, source) = 0.5F;
  }
  network.reset(1, birth());
  const double motor = step(network, {0.8F});
  const double standard = std::tanh(0.8 / 2), modulator = std::tanh(-1.6 / 2);
  const double expected = std::tanh(3 * standard / 2);
  EXPECT_NEAR(motor, expected, 1e-6);
  EXPECT_NEAR(weight_of(network, 1, 0),
              3.0 + std::tanh(4 * modulator / 2) * 0.5 * standard * expected, 1e-6);
  EXPECT_EQ(weight_of(network, 1, 1), 4.0F);
}

// ---------------------------------------------------------------- recurrence

// All layers in double precision, one lane, without learning; the sum of each neuron is done(n, sum).
struct SlowLayers {
  const LayeredNetwork& network;
  std::vector<std::vector<double>> own;  // last values by layer

  explicit SlowLayers(const LayeredNetwork& of) : network(of) {
    for (const LayerShape& layer : of.form().layers) own.emplace_back(layer.neurons, 0.0);
  }
  std::vector<double> update(std::vector<double> values) {
    const LayeredForm& form = network.form();
    for (std::size_t l = 0; l < form.layers.size(); ++l) {
      std::vector<double> in = values;
      if (form.sources(l) > in.size()) in.insert(in.end(), own[l].begin(), own[l].end());
      in.push_back(1.0);
      std::vector<double> next(form.layers[l].neurons, 0.0);
      for (std::size_t n = 0; n < next.size(); ++n) {
        for (std::size_t i = 0; i < in.size(); ++i) {
          next[n] += in[i] * static_cast<double>(network.column(weight, l, i)[n]);
        }
        next[n] = formula(form.layers[l].function, next[n]);
      }
      own[l] = values = next;
    }
    return {values.end() - static_cast<std::ptrdiff_t>(form.outputs), values.end()};
  }
};

TEST(DynamicNetwork, RecurrentLayersEqualAPlainModel) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Stream stream(stream_key(seed, "shape"), 0);
    const bool full = seed % 2 == 0;
    LayeredForm form{1 + stream.below(9), {}, 2};
    form.recurrence = full ? Recurrence::full : Recurrence::elman;
    if (!full) {
      form.layers = {{1 + stream.below(20), Activation::tanh},
                     {1 + stream.below(9), Activation::steep_sigmoid}};
    }
    form.layers.push_back({2 + (full ? stream.below(20) : 0), Activation::tanh});
    DynamicNetwork network(form);
    randomise(network, seed, 0.7F);
    network.reset(1, birth());
    SlowLayers slow(network);
    std::vector<float> motors(2);
    for (int t = 0; t < 12; ++t) {
      std::vector<float> sensors(form.inputs);
      for (float& sensor : sensors) sensor = stream.uniform_float(-1.0F, 1.0F);
      network.activate(sensors, motors);
      const auto expected = slow.update({sensors.begin(), sensors.end()});
      for (std::size_t o = 0; o < 2; ++o) ASSERT_NEAR(motors[o], expected[o], 1e-4) << seed;
    }
  }
}

TEST(DynamicNetwork, ABeerNeuronFollowsItsInputExponentially) {
  LayeredForm form{1, {{1, Activation::identity}}, 1};
  form.recurrence = Recurrence::ctrnn;
  form.time.step = 0.001;
  DynamicNetwork network(form);
  gene(network, weight, 0, 0) = 2.0F;
  gene(network, weight, 0, 2) = 0.25F;  // the bias, inside f
  gene(network, time_constant) = 0.4F;
  const double tau = 0.5 * std::pow(20.0, 0.7);
  EXPECT_NEAR(form.time.time_constant(0.4F), tau, 1e-4);
  network.reset(1, birth());
  for (int t = 1; t <= 3000; ++t) {
    const double value = step(network, {0.75F});
    if (t % 500 != 0) continue;
    EXPECT_NEAR(value, 1.5 - 1.5 * std::exp(-0.001 * t / tau) + 0.25, 1e-3);
  }
  // From another start: y0 is what the last input left.
  const double y0 = step(network, {0.75F}) - 0.25;
  double value = 0;
  for (int t = 0; t < 1000; ++t) value = step(network, {-0.5F});
  EXPECT_NEAR(value, -1.0 + (y0 + 1.0) * std::exp(-1.0 / tau) + 0.25, 1e-3);
}

TEST(DynamicNetwork, ARateNeuronRestsAtTheFunctionOfItsBias) {
  LayeredForm form{1, {{1, Activation::sigmoid}}, 1};
  form.recurrence = Recurrence::ctrnn;
  form.time.form = ContinuousTimeParameters::Form::rate;
  DynamicNetwork network(form);
  gene(network, weight, 0, 2) = 0.8F;
  gene(network, time_constant) = -1.0F;
  network.reset(1, birth());
  EXPECT_NEAR(step(network, {0.0F}), 0.2 / (1.0 + std::exp(-0.8)), 1e-6);  // step / tau = 0.2
  double value = 0;
  for (int t = 0; t < 500; ++t) value = step(network, {0.0F});
  EXPECT_NEAR(value, 1.0 / (1.0 + std::exp(-0.8)), 1e-6);
}

TEST(DynamicNetwork, BeersNeuronsHearEachOthersValuesOfTheLastUpdate) {
  LayeredForm form{1, {{2, Activation::sigmoid}}, 1};
  form.recurrence = Recurrence::ctrnn;
  DynamicNetwork network(form);
  randomise(network, 3);
  network.reset(1, birth());
  const LayeredNetwork& read = network;
  double y[2] = {0, 0};
  const auto value = [&](std::size_t n) {
    return 1.0 / (1.0 + std::exp(-y[n] - static_cast<double>(read.column(weight, 0, 3)[n])));
  };
  for (int t = 0; t < 30; ++t) {
    const double old[2] = {value(0), value(1)};
    for (std::size_t n = 0; n < 2; ++n) {
      const double sum = 0.5 * static_cast<double>(read.column(weight, 0, 0)[n]) +
                         old[0] * static_cast<double>(read.column(weight, 0, 1)[n]) +
                         old[1] * static_cast<double>(read.column(weight, 0, 2)[n]);
      const double tau = form.time.time_constant(read.column(time_constant, 0, 0)[n]);
      y[n] += 0.1 / tau * (sum - y[n]);
    }
    ASSERT_NEAR(step(network, {0.5F}), value(1), 1e-5);
  }
}

TEST(DynamicNetwork, RefusesStepsThatAreTooLong) {
  ContinuousTimeParameters time;
  time.step = 0.11;
  EXPECT_THROW(time.check(), ConfigError);
  time.step = 0.1;
  EXPECT_NO_THROW(time.check());
  time.tau_max = 0.4;
  EXPECT_THROW(time.check(), ConfigError);
}

// ---------------------------------------------------------------- lives

LayeredForm lively(Recurrence recurrence) {
  LayeredForm form{4, {{9, Activation::tanh}, {3, Activation::tanh}}, 3};
  form.recurrence = recurrence;
  if (recurrence == Recurrence::full) form.layers = {{13, Activation::tanh}};
  form.learning.learning = LearningRule::abcd;
  form.learning.modulation = Modulation::risi;
  form.learning.random_weights = true;
  form.learning.initial_weight_range = 0.5;
  form.learning.rate_scale = 0.1;
  return form;
}

std::vector<float> live(DynamicNetwork& network, std::size_t lanes, std::size_t lane_of_sensors) {
  Stream stream(stream_key(5, "birth"), 0);
  network.reset(lanes, stream);
  std::vector<float> motors(lanes * 3), sensors(lanes * 4), last;
  for (int t = 0; t < 25; ++t) {
    for (std::size_t k = 0; k < sensors.size(); ++k) {
      const auto of = static_cast<double>(k + lane_of_sensors * 4);
      sensors[k] = static_cast<float>(std::sin(0.3 * t + 1.7 * of));
    }
    network.activate(sensors, motors);
  }
  return motors;
}

TEST(DynamicNetwork, ALaneHasTheSameBitsAmongAnyNumberOfLanes) {
  for (const Recurrence recurrence : {Recurrence::none, Recurrence::elman, Recurrence::full}) {
    DynamicNetwork network(lively(recurrence));
    randomise(network, 2);
    const std::vector<float> together = live(network, 7, 0);
    const std::vector<float> fewer = live(network, 3, 0);
    for (std::size_t k = 0; k < fewer.size(); ++k) EXPECT_EQ(fewer[k], together[k]);
    // And each lane lives a life of its own: other random weights.
    EXPECT_NE(together[0], together[3]);
  }
}

TEST(DynamicNetwork, EachBirthDrawsFromItsStreamWithinTheRange) {
  DynamicNetwork network(lively(Recurrence::none));
  const auto drawn = [&](std::uint64_t seed) {
    Stream stream(stream_key(seed, "birth"), 0);
    network.reset(1, stream);
    return weight_of(network, 0, 3, 8);
  };
  EXPECT_EQ(drawn(1), drawn(1));
  EXPECT_NE(drawn(1), drawn(2));
  for (std::uint64_t seed = 0; seed < 50; ++seed) EXPECT_LE(std::abs(drawn(seed)), 0.5F);
}

TEST(DynamicNetwork, BirthForgetsWhatWasLearned) {
  DynamicNetwork network(lively(Recurrence::full));
  randomise(network, 4);
  const std::vector<float> first = live(network, 2, 0);
  EXPECT_EQ(live(network, 2, 0), first);
}

TEST(DynamicNetwork, FreezesAndResetsWeightsAndState) {
  LayeredForm form{1, {{1, Activation::identity}}, 1};
  form.recurrence = Recurrence::full;
  form.learning.learning = LearningRule::abcd;
  DynamicNetwork network(form);
  gene(network, weight, 0, 0) = 1.0F;
  gene(network, weight, 0, 1) = 0.5F;
  gene(network, rate, 0, 0) = 1.0F;
  gene(network, d, 0, 0) = 0.25F;
  network.reset(1, birth());
  EXPECT_EQ(step(network, {1.0F}), 1.0F);
  EXPECT_EQ(weight_of(network), 1.25F);
  network.set_learning(false);
  EXPECT_EQ(step(network, {1.0F}), 1.75F);
  EXPECT_EQ(weight_of(network), 1.25F);
  network.reset_state();
  EXPECT_EQ(step(network, {1.0F}), 1.25F);
  network.reset_weights();
  EXPECT_EQ(weight_of(network), 1.0F);
  EXPECT_EQ(step(network, {1.0F}), 1.0F + 0.5F * 1.25F);
  network.set_learning(true);
  step(network, {1.0F});
  EXPECT_EQ(weight_of(network), 1.25F);
}

TEST(DynamicNetwork, GenesMayBeWrittenAfterALife) {
  DynamicNetwork network(one_link(LearningRule::abcd));
  gene(network, weight) = 1.0F;
  gene(network, rate) = 1.0F;
  gene(network, d) = 1.0F;
  network.reset(1, birth());
  step(network, {0.0F});
  EXPECT_EQ(weight_of(network), 2.0F);
  EXPECT_EQ(gene(network, weight), 1.0F);
  gene(network, weight) = -1.0F;
  network.reset(1, birth());
  EXPECT_EQ(weight_of(network), -1.0F);
}

TEST(DynamicNetwork, SaysWhenWhatItLearnedIsNotFinite) {
  LayeredForm form = one_link(LearningRule::abc);
  form.learning.weight_limit = 0.0;
  DynamicNetwork network(form);
  gene(network, weight) = 1.0F;
  gene(network, rate) = 1000.0F;
  gene(network, a) = 1000.0F;
  network.reset(1, birth());
  step(network, {1.0F});
  EXPECT_NO_THROW(network.check());
  for (int i = 0; i < 20; ++i) step(network, {1.0F});
  EXPECT_THROW(network.check(), Error);
}

TEST(DynamicNetwork, WhatIsNotANumberIsNotClippedToOne) {
  DynamicNetwork network(one_link(LearningRule::abc));
  gene(network, weight) = 1.0F;
  gene(network, rate) = 1.0F;
  gene(network, b) = 1.0F;
  network.reset(1, birth());
  step(network, {std::numeric_limits<float>::quiet_NaN()});
  EXPECT_THROW(network.check(), Error);
}

// ---------------------------------------------------------------- a CPPN as the rule

// change = 0.05 x + 0.1 pre + 0.2 post - 0.3 w, x the number of the link / 1000.
void give_rule(DynamicNetwork& network) {
  std::vector<float> x(2000);
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = static_cast<float>(k) / 1000.0F;
  network.iterated().place({x});
  const std::vector<CppnNode> nodes = {{Activation::identity, 0.0F, 4}};
  const std::vector<CppnLink> links = {{0, 0.05F}, {1, 0.1F}, {2, 0.2F}, {3, -0.3F}};
  const std::vector<std::uint32_t> outputs = {4};
  network.iterated().program().compile(4, nodes, links, outputs);
}

TEST(DynamicNetwork, LearnsAsACppnSaysOfEachLinkAtEveryUpdate) {
  // 70 x 9 + 9 x 2 links: more than are asked about at once.
  LayeredForm form{70, {{9, Activation::tanh}, {2, Activation::tanh}}, 2};
  form.learning.learning = LearningRule::iterated;
  form.learning.weight_limit = 0.4;
  form.learning.rate_scale = 0.5;
  ASSERT_EQ(form.numbers(), std::vector<LinkNumber>{weight});
  DynamicNetwork network(form);
  randomise(network, 1, 0.3F);
  gene(network, weight, 0, 5, 3) = 0.0F;  // no link
  give_rule(network);
  network.reset(1, birth());
  std::vector<float> sensors(70);
  std::vector<double> own;
  std::vector<std::vector<double>> model(2);  // [layer][source * neurons + neuron]
  for (std::size_t l = 0; l < 2; ++l) {
    for (std::size_t i = 0; i < form.sources(l); ++i) {
      const auto row = std::as_const(network).column(weight, l, i);
      model[l].insert(model[l].end(), row.begin(), row.end());
    }
  }
  for (int t = 0; t < 5; ++t) {
    for (std::size_t i = 0; i < 70; ++i) {
      sensors[i] = static_cast<float>(std::sin(t + 0.7 * static_cast<double>(i)));
    }
    step(network, sensors);
    std::vector<double> values(sensors.begin(), sensors.end());
    std::size_t first = 0;
    for (std::size_t l = 0; l < 2; ++l) {
      const std::size_t neurons = form.layers[l].neurons;
      std::vector<double> next(neurons);
      for (std::size_t n = 0; n < neurons; ++n) {
        next[n] = std::as_const(network).column(weight, l, values.size())[n];
        for (std::size_t i = 0; i < values.size(); ++i)
          next[n] += model[l][i * neurons + n] * values[i];
        next[n] = std::tanh(next[n]);
      }
      for (std::size_t k = 0; k < model[l].size(); ++k) {
        const double x = static_cast<double>(first + k) / 1000.0;
        if (model[l][k] == 0.0) continue;
        model[l][k] = std::clamp(model[l][k] + 0.5 * (0.05 * x + 0.1 * values[k / neurons] +
                                                      0.2 * next[k % neurons] - 0.3 * model[l][k]),
                                 -0.4, 0.4);
        ASSERT_NEAR(weight_of(network, l, k / neurons, k % neurons), model[l][k], 1e-4) << k;
      }
      first += model[l].size();
      values = next;
    }
  }
  EXPECT_EQ(weight_of(network, 0, 5, 3), 0.0F);
}

TEST(DynamicNetwork, ACppnAsTheRuleAllocatesNothingAndKeepsLanesApart) {
  LayeredForm form{4, {{9, Activation::tanh}, {3, Activation::tanh}}, 3};
  form.learning.learning = LearningRule::iterated;
  form.learning.random_weights = true;
  form.learning.modulation = Modulation::risi;
  DynamicNetwork network(form);
  randomise(network, 2);
  give_rule(network);
  const std::vector<float> together = live(network, 7, 0);
  const std::vector<float> fewer = live(network, 3, 0);
  for (std::size_t k = 0; k < fewer.size(); ++k) EXPECT_EQ(fewer[k], together[k]);
  std::vector<float> sensors(12, 0.5F), motors(9);
  const std::size_t before = allocations();
  for (int t = 0; t < 20; ++t) network.activate(sensors, motors);
  EXPECT_EQ(allocations(), before);
}

TEST(DynamicNetwork, AllocatesNothingInALife) {
  LayeredForm form = lively(Recurrence::elman);
  DynamicNetwork network(form);
  randomise(network, 1);
  network.reset(4, birth());
  std::vector<float> sensors(16, 0.5F), motors(12);
  const std::size_t before = allocations();
  for (int t = 0; t < 100; ++t) network.activate(sensors, motors);
  network.reset_weights();
  network.reset_state();
  network.activate(sensors, motors);
  EXPECT_EQ(allocations(), before);
}

TEST(MakeLayeredNetwork, RefusesKeysThatNeedLearning) {
  LayeredForm form = one_link(LearningRule::none, Modulation::risi);
  EXPECT_THROW(make_layered_network(form), ConfigError);
  form.learning.modulation = Modulation::none;
  EXPECT_NO_THROW(make_layered_network(form));
  form.learning.random_weights = true;
  EXPECT_THROW(make_layered_network(form), ConfigError);
}

TEST(LearningParameters, EveryPresetIsNamedAndMakesANetworkThatLearns) {
  for (const std::string_view name : LearningParameters::presets()) {
    LayeredForm form{2, {{3, Activation::tanh}}, 3};
    ASSERT_TRUE(form.learning.apply_preset(name));
    EXPECT_TRUE(make_layered_network(form)->learns()) << name;
  }
  LearningParameters none;
  EXPECT_FALSE(none.apply_preset("textbook"));
  EXPECT_EQ(none.learning, LearningRule::none);
}

}  // namespace
}  // namespace cambrian
