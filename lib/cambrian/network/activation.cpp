#include "cambrian/network/activation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "cambrian/network/detail/packets.hpp"

namespace cambrian {

void apply_function(Activation function, std::span<float> values) {
  using namespace packets;
  const std::size_t whole = values.size() / kWidth * kWidth;
  with_function(function, [&]<Activation F>() {
    for (std::size_t i = 0; i < whole; i += kWidth) {
      store(&values[i], activate<F>(load(&values[i])));
    }
    if (whole == values.size()) return;
    std::array<float, kWidth> rest{};
    const std::span<float> tail = values.subspan(whole);
    std::copy(tail.begin(), tail.end(), rest.begin());
    store(rest.data(), activate<F>(load(rest.data())));
    std::copy_n(rest.begin(), tail.size(), tail.begin());
  });
}

FunctionFacts function_facts(Activation function) {
  constexpr float kNone = std::numeric_limits<float>::infinity();
  constexpr std::string_view kEplex = "EPLEX (the HyperNEAT programs of its authors)";
  constexpr std::string_view kCommon = "common";
  static constexpr std::array<FunctionFacts, kActivations> kFacts = {{
      {"x", -kNone, kNone, kCommon},
      {"2 / (1 + exp(-4.9 * x)) - 1", -1, 1, kEplex},
      {"2 * exp(-(2.5 * x)^2) - 1", -1, 1, kEplex},
      {"abs(x)", 0, kNone, "EPLEX, which calls it Linear"},
      {"sin(2 * x)", -1, 1, kEplex},
      {"1 / (1 + exp(-4.9 * x))", 0, 1, "EPLEX; AHNI"},
      {"1 / (1 + exp(-4.924273 * x))", 0, 1, "NEAT 1.2; NSC (novelty-search-cpp)"},
      {"tanh(x)", -1, 1, kCommon},
      {"1 / (1 + exp(-x))", 0, 1, kCommon},
      {"x > 0 ? 1 : 0", 0, 1, kCommon},
      {"max(0, x)", 0, kNone, kCommon},
      {"cos(x)", -1, 1, kCommon},
      {"sin(x)", -1, 1, kCommon},
      {"exp(-x^2)", 0, 1, kCommon},
      {"x^2", 0, kNone, kCommon},
  }};
  return kFacts.at(static_cast<std::size_t>(function));
}

SignalRange signal_range(Activation activation) {
  const FunctionFacts facts = function_facts(activation);
  const bool bounded = std::isfinite(facts.min) && std::isfinite(facts.max);
  return bounded ? SignalRange{facts.min, facts.max} : SignalRange{-1.0F, 1.0F};
}

}  // namespace cambrian
