// A genome that Cambrian knows nothing of: sorting networks, a list of comparators each, in a grid
// of how many comparators they have and how deep they are. The archive places; the genomes are a
// column of our own beside it.
#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>
#include <vector>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/core/stream.hpp"

namespace {

constexpr int kWires = 6;
using Network = std::vector<std::pair<int, int>>;  // the smaller value leaves on the first wire

/// Of the 64 inputs of zeros and ones, how many leave in order; 64: it sorts whatever comes
/// (Knuth).
double sorted_inputs(const Network& network) {
  int sorted = 0;
  for (unsigned input = 0; input < 1U << kWires; ++input) {
    unsigned wires = input;
    for (const auto& [a, b] : network) {
      if ((wires >> a & 1U) > (wires >> b & 1U)) wires ^= 1U << a | 1U << b;
    }
    const unsigned zeros = ~wires & ((1U << kWires) - 1);
    sorted += (zeros & (zeros + 1)) == 0 ? 1 : 0;
  }
  return sorted;
}

int depth(const Network& network) {
  std::array<int, kWires> level = {};
  for (const auto& [a, b] : network) level[a] = level[b] = std::max(level[a], level[b]) + 1;
  return *std::max_element(level.begin(), level.end());
}

/// A comparator more, one less, or another one.
Network varied(Network network, cambrian::Stream& random) {
  const auto choice = random.below(3);
  const auto place = network.begin() + random.below(static_cast<std::uint32_t>(network.size()) + 1);
  int a = static_cast<int>(random.below(kWires)), b = static_cast<int>(random.below(kWires - 1));
  if (b >= a) ++b;
  const std::pair<int, int> comparator = std::minmax({a, b});
  if (choice == 0 || place == network.end()) {
    network.insert(place, comparator);
  } else if (choice == 1) {
    network.erase(place);
  } else {
    *place = comparator;
  }
  return network;
}

}  // namespace

int main() {
  cambrian::GridParameters cells;
  cells.shape = {20, 12};
  const auto archive =
      cambrian::grid_archive(cells, {{"comparators", "depth"}, {"", ""}, {0, 0}, {20, 12}});
  // Row i is what lies beside the archive's row i.
  std::vector<Network> elites = {};
  std::vector<double> sorted = {};

  const std::size_t n = 100;
  std::vector<Network> offered(n);
  std::vector<double> objectives(n), descriptors(2 * n);
  const std::vector<std::uint8_t> valid(n, 1);
  cambrian::Placement placement;
  cambrian::Stream random(cambrian::stream_key(1, "sorting"), 0);
  for (int batch = 0; batch < 5000; ++batch) {
    for (std::size_t i = 0; i < n; ++i) {
      const auto size = static_cast<std::uint32_t>(elites.size());
      offered[i] = varied(size == 0 ? Network() : elites[random.below(size)], random);
      objectives[i] = sorted_inputs(offered[i]);
      descriptors[2 * i] = static_cast<double>(offered[i].size());
      descriptors[2 * i + 1] = depth(offered[i]);
    }
    archive->add({objectives, descriptors, valid}, placement);
    cambrian::apply_edits<Network>(elites, offered, placement.edits);
    cambrian::apply_edits<double>(sorted, objectives, placement.edits);
  }

  std::printf("%zu elites; those that sort:\n", elites.size());
  for (std::size_t row = 0; row < elites.size(); ++row) {
    if (sorted[row] < 64) continue;
    std::printf("%zu comparators, depth %d\n", elites[row].size(), depth(elites[row]));
  }
}
