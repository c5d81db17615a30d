// Updates of the networks that live in an episode: NEAT networks of 13 to 40 links, layers.
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "cambrian/network/dynamic_network.hpp"
#include "cambrian/network/feed_forward.hpp"
#include "cambrian/network/painted_network.hpp"
#include "cambrian/network/recurrent.hpp"

namespace cambrian {
namespace {

// The hard maze's seed network (10 sensors and bias -> 1 hidden -> 2 outputs, 13 links), grown to
// the wanted number of links by nodes that split links, then by links at random.
struct MazeNetwork {
  std::vector<RecurrentNetwork::Node> nodes = std::vector<RecurrentNetwork::Node>(3);
  std::vector<RecurrentNetwork::Link> links;

  explicit MazeNetwork(std::size_t wanted) {
    Stream stream(stream_key(1, "bench"), wanted);
    const auto weight = [&] { return stream.uniform_float(-3.0F, 3.0F); };
    for (std::uint32_t i = 0; i < 11; ++i) links.push_back({i, 13, weight()});
    links.push_back({13, 11, weight()});
    links.push_back({13, 12, weight()});
    while (links.size() < wanted) {
      const auto ends = static_cast<std::uint32_t>(11 + nodes.size());
      if (links.size() % 3 == 0) {
        nodes.emplace_back();
        links.push_back({stream.below(10), ends, weight()});
        links.push_back({ends, 11 + stream.below(3), weight()});
      } else {
        links.push_back({stream.below(ends), 11 + stream.below(ends - 11), weight()});
      }
    }
  }
};

// @param waits  each update takes a motor's value as a sensor's, as an environment would make it: its
// latency; else the updates overlap: its throughput
void recurrent_update(benchmark::State& state, bool waits) {
  const MazeNetwork maze(static_cast<std::size_t>(state.range(0)));
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  Stream birth({}, 0);
  network.build(10, 2, maze.nodes, maze.links);
  network.reset(1, birth);
  std::vector<float> sensors(10, 0.4F);
  std::vector<float> motors(2);
  for (auto _ : state) {
    network.activate(sensors, motors);
    if (waits) sensors[0] = motors[0];
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(recurrent_update, latency, true)->Arg(13)->Arg(20)->Arg(40)->Arg(100);
BENCHMARK_CAPTURE(recurrent_update, throughput, false)->Arg(13)->Arg(20)->Arg(40)->Arg(100);

void RecurrentBuild(benchmark::State& state) {
  const MazeNetwork maze(static_cast<std::size_t>(state.range(0)));
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  Stream birth({}, 0);
  for (auto _ : state) {
    network.build(10, 2, maze.nodes, maze.links);
    network.reset(1, birth);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RecurrentBuild)->Arg(13)->Arg(40)->Arg(100);

void FeedForwardPass(benchmark::State& state) {
  const auto inputs = static_cast<std::size_t>(state.range(0));
  const auto hidden = static_cast<std::size_t>(state.range(1));
  const auto outputs = static_cast<std::size_t>(state.range(2));
  const auto lanes = static_cast<std::size_t>(state.range(3));
  FeedForwardNetwork network(inputs, {{hidden, Activation::tanh}, {outputs, Activation::tanh}},
                             {-1.0F, 1.0F});
  Stream stream(stream_key(2, "bench"), 0);
  for (std::size_t layer = 0; layer < network.layers(); ++layer) {
    for (std::size_t i = 0; i < network.layer_inputs(layer); ++i) {
      for (float& w : network.weights_from(layer, i)) w = stream.uniform_float(-0.5F, 0.5F);
    }
  }
  Stream birth({}, 0);
  network.reset(lanes, birth);
  std::vector<float> sensors(lanes * inputs, 0.4F);
  std::vector<float> motors(lanes * outputs);
  for (auto _ : state) {
    network.activate(sensors, motors);
    sensors[0] = motors[0];
    benchmark::ClobberMemory();
  }
  state.counters["passes"] =
      benchmark::Counter(static_cast<double>(lanes), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(FeedForwardPass)
    ->Args({10, 8, 2, 1})
    ->Args({10, 10, 2, 1})
    ->Args({64, 64, 8, 1})
    ->Args({256, 256, 4, 1})
    ->Args({8, 16, 2, 256});

// 64-64-8, ABCD on all links; each update takes a motor's value as a sensor's.
void PlasticUpdate(benchmark::State& state, Modulation modulation) {
  LayeredForm form{64, {{64, Activation::tanh}, {8, Activation::tanh}}, 8};
  form.learning.learning = LearningRule::abcd;
  form.learning.modulation = modulation;
  DynamicNetwork network(form);
  Stream stream(stream_key(3, "bench"), 0);
  for (const LinkNumber number : form.numbers()) {
    for (std::size_t layer = 0; layer < 2; ++layer) {
      for (std::size_t c = 0; c < form.columns(number, layer); ++c) {
        for (float& gene : network.LayeredNetwork::column(number, layer, c)) {
          gene = stream.uniform_float(-0.5F, 0.5F);
        }
      }
    }
  }
  Stream birth({}, 0);
  network.reset(1, birth);
  std::vector<float> sensors(64, 0.4F);
  std::vector<float> motors(8);
  for (auto _ : state) {
    network.activate(sensors, motors);
    sensors[0] = motors[0];
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(PlasticUpdate, plain, Modulation::none);
BENCHMARK_CAPTURE(PlasticUpdate, modulated, Modulation::risi);

/// A network whose layers are painted by cosine coefficients.
struct Painted {
  /// @param layers  axes of each layer of links, the neurons' first, and its corner of coefficients
  Painted(const std::vector<std::vector<std::size_t>>& layers,
          const std::vector<std::vector<std::size_t>>& corners, PaintedProduct product) {
    Stream stream(stream_key(3, "bench"), 0);
    LayeredForm form;
    std::vector<PaintedPlaces> places(layers.size());
    form.layers.clear();
    for (std::size_t l = 0; l < layers.size(); ++l) {
      transforms.emplace_back(layers[l]);
      std::size_t count = 1;
      for (const std::size_t length : corners[l]) count *= length;
      transforms[l].hold(lowest_frequencies(layers[l], corners[l], count));
      coefficients.emplace_back(count);
      for (double& c : coefficients[l]) c = stream.normal();
      const std::size_t sources = transforms[l].size() / layers[l][0];
      if (l == 0) form.inputs = sources;
      form.layers.push_back({layers[l][0], Activation::tanh});
      places[l].layer = l;
      for (std::uint32_t n = 0; n < layers[l][0]; ++n) places[l].neurons.push_back(n);
      for (std::uint32_t s = 0; s < sources; ++s) places[l].sources.push_back(s);
    }
    form.outputs = layers.back()[0];
    network = std::make_unique<PaintedNetwork>(form, places, product);
    decode();
  }
  void decode() {
    for (std::size_t l = 0; l < transforms.size(); ++l) {
      network->set_weights(l, transforms[l], coefficients[l]);
    }
  }
  std::vector<CosineTransform> transforms;
  std::vector<std::vector<double>> coefficients;
  std::unique_ptr<PaintedNetwork> network;
};

void run_passes(benchmark::State& state, Network& network, std::size_t lanes) {
  Stream birth({}, 0);
  network.reset(lanes, birth);
  std::vector<float> sensors(lanes * network.inputs(), 0.4F);
  std::vector<float> motors(lanes * network.outputs());
  for (auto _ : state) {
    network.activate(sensors, motors);
    sensors[0] = motors[0];
    benchmark::ClobberMemory();
  }
  state.counters["passes"] =
      benchmark::Counter(static_cast<double>(lanes), benchmark::Counter::kIsIterationInvariantRate);
}

// 256 neurons, 4,096 sensors, 14 x 14 coefficients; dense is the network that all others are.
void PaintedPass(benchmark::State& state) {
  Painted painted({{256, 4096}}, {{14, 14}}, PaintedProduct::factorised);
  run_passes(state, *painted.network, static_cast<std::size_t>(state.range(0)));
}
BENCHMARK(PaintedPass)->Arg(1)->Arg(64);

void PaintedPassDense(benchmark::State& state) {
  FeedForwardNetwork network(4096, {{256, Activation::tanh}}, {-1.0F, 1.0F});
  Stream stream(stream_key(2, "bench"), 0);
  for (std::size_t i = 0; i < 4096; ++i) {
    for (float& w : network.weights_from(0, i)) w = stream.uniform_float(-0.1F, 0.1F);
  }
  run_passes(state, network, static_cast<std::size_t>(state.range(0)));
}
BENCHMARK(PaintedPassDense)->Arg(1)->Arg(64);

// Digits, 784-800-10, from 8 x 8 x 24 and 40 x 10 coefficients: a candidate is decoded, then sees a
// batch of images.
void digits(benchmark::State& state, PaintedProduct product) {
  Painted painted({{800, 28, 28}, {10, 800}}, {{24, 8, 8}, {10, 40}}, product);
  const auto lanes = static_cast<std::size_t>(state.range(0));
  Stream birth({}, 0);
  painted.network->reset(lanes, birth);
  std::vector<float> sensors(lanes * 784, 0.4F);
  std::vector<float> motors(lanes * 10);
  for (auto _ : state) {
    painted.decode();
    painted.network->activate(sensors, motors);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(digits, factorised, PaintedProduct::automatic)->Arg(256)->Arg(1000);
BENCHMARK_CAPTURE(digits, dense, PaintedProduct::dense)->Arg(256)->Arg(1000);

}  // namespace
}  // namespace cambrian
