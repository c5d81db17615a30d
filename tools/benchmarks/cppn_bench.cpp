// CPPN queries by compiled programs: the graph of 26 nodes and 65 links that TensorNEAT and
// MultiNEAT are measured on, one sixth each of identity, sine, Gaussian, tanh, sigmoid, absolute.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "cambrian/encoding/es_hyperneat.hpp"
#include "cambrian/encoding/hyperneat.hpp"
#include "cambrian/encoding/substrate.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/network/cppn_program.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kInputs = 4;
constexpr std::array<std::uint32_t, 2> kBoth = {24, 25};

// 26 nodes: 4 coordinates, 20 hidden, 2 outputs; every hidden node reaches an output.
CppnProgram typical_program(std::span<const std::uint32_t> outputs) {
  constexpr std::array<Activation, 6> functions = {Activation::identity, Activation::sine,
                                                   Activation::gaussian, Activation::tanh,
                                                   Activation::sigmoid,  Activation::absolute};
  constexpr std::uint32_t nodes = 22;
  Stream stream(stream_key(1, "bench"), 0);
  std::vector<std::vector<CppnLink>> into(nodes);
  const auto weight = [&] { return stream.uniform_float(-1.0F, 1.0F); };
  for (std::uint32_t i = 0; i < nodes; ++i) into[i].push_back({stream.below(4 + i), weight()});
  for (std::uint32_t i = 0; i + 2 < nodes; ++i) {
    const std::uint32_t later = i + 1 + stream.below(nodes - 1 - i);
    into[later].push_back({4 + i, weight()});
  }
  for (int k = 0; k < 65 - 22 - 20; ++k) {
    const std::uint32_t target = stream.below(nodes);
    into[target].push_back({stream.below(4 + target), weight()});
  }
  std::vector<CppnNode> list;
  std::vector<CppnLink> links;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    list.push_back({functions[i % 6], 0.0F, static_cast<std::uint32_t>(into[i].size())});
    links.insert(links.end(), into[i].begin(), into[i].end());
  }
  CppnProgram program;
  program.compile(kInputs, list, links, outputs);
  return program;
}

void CppnQueries(benchmark::State& state) {
  CppnProgram program = typical_program(kBoth);
  const auto points = static_cast<std::size_t>(state.range(0));
  Stream stream(stream_key(2, "bench"), 0);
  std::vector<float> coordinates(kInputs * points);
  for (float& x : coordinates) x = stream.uniform_float(-1.0F, 1.0F);
  std::vector<float> results(2 * points);
  std::array<const float*, kInputs> in{};
  for (std::size_t i = 0; i < kInputs; ++i) in[i] = &coordinates[i * points];
  const std::array<float*, 2> out = {results.data(), &results[points]};
  for (auto _ : state) {
    program.evaluate(in, points, out);
    benchmark::DoNotOptimize(results.data());
    benchmark::ClobberMemory();
  }
  state.counters["queries"] = benchmark::Counter(static_cast<double>(points),
                                                 benchmark::Counter::kIsIterationInvariantRate);
  state.counters["instructions"] = static_cast<double>(program.instructions());
  state.counters["links"] = static_cast<double>(program.links());
}
BENCHMARK(CppnQueries)->Arg(1)->Arg(32)->Arg(120)->Arg(128)->Arg(1024)->Arg(65536);

// A square sheet to a square sheet, all to all, with biases, from the CPPN above.
void SubstrateBuild(benchmark::State& state) {
  const std::int64_t side = state.range(0);
  const auto neurons = static_cast<std::size_t>(side * side);
  CppnProgram weights = typical_program(std::span(kBoth).first(1));
  CppnProgram biases = typical_program(std::span(kBoth).last(1));
  const Sheet sheet = make_grid(std::vector<std::int64_t>{side, side}, 2, 0.0F);
  Substrate substrate({sheet, sheet}, {});
  const SubstrateOutputs outputs = {{LinkNumber::weight}, false, {LinkNumber::weight}};
  FeedForwardNetwork network(neurons, {{neurons, Activation::steep_sigmoid}}, {0.0F, 1.0F});
  for (auto _ : state) {
    substrate.paint_links(weights, outputs, {}, network);
    substrate.paint_neurons(biases, outputs, 3.0F, network);
    benchmark::ClobberMemory();
  }
  state.counters["queries"] = benchmark::Counter(static_cast<double>(substrate.links() + neurons),
                                                 benchmark::Counter::kIsIterationInvariantRate);
  state.counters["instructions"] = static_cast<double>(weights.instructions());
  state.counters["links"] = static_cast<double>(weights.links());
}
BENCHMARK(SubstrateBuild)->Arg(4)->Arg(16)->Arg(32)->Arg(55)->Unit(benchmark::kMillisecond);

// The maze's substrate (10, 10, 2) from a seed CPPN: what one evaluation pays before its episode.
void HyperneatDecode(benchmark::State& state) {
  NetworkInterface body;
  for (int i = 0; i < 10; ++i) body.sensors.push_back({"s", {0.0F, 1.0F}, {0.2 * i - 0.9, -1.0}});
  for (int i = 0; i < 2; ++i) body.motors.push_back({"m", {0.0F, 1.0F}, {2.0 * i - 1.0, 1.0}});
  const Hyperneat encoding({}, body);
  const auto space = encoding.genome().front().make(GraphGenomeParameters{});
  const auto population = space->make_population();
  population->resize(64);
  space->initialise(*population, 0, population->size(), stream_key(1, "bench"), 0);
  const auto decoder = encoding.make_decoder(body);
  std::size_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(&decoder->decode(*population, row++ % 64));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(HyperneatDecode);

/// 8 sensors and 4 motors in rows.
NetworkInterface eight_to_four() {
  NetworkInterface body;
  for (int i = 0; i < 8; ++i) {
    body.sensors.push_back({"s", {0.0F, 1.0F}, {2.0 * i / 7 - 1.0, -1.0}});
  }
  for (int i = 0; i < 4; ++i) {
    body.motors.push_back({"m", {0.0F, 1.0F}, {2.0 * i / 3 - 1.0, 1.0}});
  }
  return body;
}

/// CPPNs of 20 hidden nodes and 65 links, as above, of weights up to `size`.
GraphPopulation grown_cppns(std::size_t count, float size) {
  constexpr std::uint32_t kHidden = 20;
  constexpr std::array<Activation, 6> functions = {Activation::identity, Activation::sine,
                                                   Activation::gaussian, Activation::tanh,
                                                   Activation::sigmoid,  Activation::absolute};
  GraphPopulation population;
  population.resize(count);
  Stream stream(stream_key(5, "bench"), 0);
  for (std::size_t i = 0; i < count; ++i) {
    Graph& graph = population[i];
    for (int k = 0; k < 4; ++k) graph.nodes.push_back({.kind = NodeKind::input});
    graph.nodes.push_back({.kind = NodeKind::bias});
    graph.nodes.push_back({.kind = NodeKind::output, .activation = Activation::bipolar_sigmoid});
    for (std::uint32_t h = 0; h < kHidden; ++h) {
      graph.nodes.push_back({.kind = NodeKind::hidden, .activation = functions[h % 6]});
    }
    const auto node = [](std::uint32_t h) { return h == kHidden ? 5U : 6U + h; };
    const auto add = [&](std::uint32_t source, std::uint32_t target) {
      const EdgeGene edge{
          .source = source, .target = target, .weight = stream.uniform_float(-size, size)};
      const auto same = [&](const EdgeGene& other) { return other.ends() == edge.ends(); };
      if (std::ranges::none_of(graph.edges, same)) graph.edges.push_back(edge);
    };
    for (std::uint32_t h = 0; h < kHidden; ++h) {
      const std::uint32_t source = stream.below(5 + h);
      add(source < 5 ? source : node(source - 5), node(h));
      add(node(h), node(h + 1 + stream.below(kHidden - h)));
    }
    while (graph.edges.size() < 65) {
      const std::uint32_t h = stream.below(kHidden + 1);
      const std::uint32_t source = stream.below(5 + h);
      add(source < 5 ? source : node(source - 5), node(h));
    }
    std::ranges::sort(graph.edges, {}, &EdgeGene::ends);
  }
  return population;
}

// 8 sensors, 4 motors, depth 4, the author's thresholds and one iteration.
void EsHyperneatDecode(benchmark::State& state) {
  EsHyperneatParameters parameters;
  parameters.max_depth = state.range(0);
  const EsHyperneat encoding(parameters, eight_to_four());
  const GraphPopulation population = grown_cppns(64, static_cast<float>(state.range(1)));
  const auto decoder = encoding.make_decoder(eight_to_four());
  std::size_t row = 0;
  std::size_t nodes = 0;
  std::size_t links = 0;
  for (auto _ : state) {
    const Network& network = decoder->decode(population, row++ % 64);
    nodes += network.nodes();
    links += network.links();
  }
  const auto decodes = static_cast<double>(state.iterations());
  state.counters["hidden"] = static_cast<double>(nodes) / decodes - 13.0;
  state.counters["links"] = static_cast<double>(links) / decodes;
}
BENCHMARK(EsHyperneatDecode)
    ->Args({3, 1})
    ->Args({3, 3})
    ->Args({4, 1})
    ->Args({4, 3})
    ->Unit(benchmark::kMicrosecond);

void NodeFunctions(benchmark::State& state) {
  const auto function = static_cast<Activation>(state.range(0));
  std::vector<float> values(1024);
  Stream stream(stream_key(3, "bench"), 0);
  for (float& x : values) x = stream.uniform_float(-1.0F, 1.0F);
  std::vector<float> work(values.size());
  for (auto _ : state) {
    work = values;
    apply_function(function, work);
    benchmark::DoNotOptimize(work.data());
    benchmark::ClobberMemory();
  }
  state.counters["values"] = benchmark::Counter(static_cast<double>(values.size()),
                                                benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(NodeFunctions)->DenseRange(0, static_cast<int>(kActivations) - 1);

}  // namespace
}  // namespace cambrian
