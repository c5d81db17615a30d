#include "cambrian/network/activation.hpp"

#include <algorithm>
#include <array>

#include "cambrian/network/packets.hpp"

namespace cambrian {

void apply_function(NodeFunction function, std::span<float> values) {
  using namespace packets;
  const std::size_t whole = values.size() / kWidth * kWidth;
  with_function(function, [&]<NodeFunction F>() {
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

SignalRange signal_range(NodeFunction function) {
  switch (function) {
    case NodeFunction::steep_sigmoid:
    case NodeFunction::neat_sigmoid:
    case NodeFunction::sigmoid:
    case NodeFunction::step:
    case NodeFunction::plain_gaussian:
      return {0.0F, 1.0F};
    default:
      return {-1.0F, 1.0F};
  }
}

}  // namespace cambrian
