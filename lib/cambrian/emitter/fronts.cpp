#include "cambrian/emitter/fronts.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace cambrian {
namespace {

bool dominates(const double* a, const double* b, std::size_t keys) {
  bool better = false;
  for (std::size_t k = 0; k < keys; ++k) {
    if (a[k] < b[k]) return false;
    better |= a[k] > b[k];
  }
  return better;
}

}  // namespace

std::vector<std::uint32_t> fronts(std::span<const double> values, std::size_t keys) {
  const std::size_t n = values.size() / keys;
  // In lexicographic order nobody is dominated by one that comes later, so that the front of each
  // is known when those before it are.
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  const auto row = [&](std::uint32_t i) { return values.subspan(i * keys, keys); };
  std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::lexicographical_compare(row(b), row(a));
  });
  std::vector<std::uint32_t> front(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (front[order[j]] < front[order[i]]) continue;
      if (dominates(row(order[j]).data(), row(order[i]).data(), keys)) {
        front[order[i]] = front[order[j]] + 1;
      }
    }
  }
  return front;
}

std::vector<double> crowding_distances(std::span<const double> values, std::size_t keys,
                                       std::span<const std::uint32_t> front) {
  std::vector<double> distance(front.size());
  std::vector<std::uint32_t> order(front.size());
  for (std::size_t key = 0; key < keys; ++key) {
    const auto value = [&](std::size_t i) { return values[front[i] * keys + key]; };
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order,
                             [&](std::uint32_t a, std::uint32_t b) { return value(a) < value(b); });
    const double width = value(order.back()) - value(order.front());
    distance[order.front()] = std::numeric_limits<double>::infinity();
    distance[order.back()] = std::numeric_limits<double>::infinity();
    if (width <= 0) continue;
    for (std::size_t i = 1; i + 1 < order.size(); ++i) {
      distance[order[i]] += (value(order[i + 1]) - value(order[i - 1])) / width;
    }
  }
  return distance;
}

}  // namespace cambrian
