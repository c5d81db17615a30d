#include "cambrian/encoding/substrate.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace cambrian {
namespace {

float spread(std::size_t i, std::size_t count) {
  if (count == 1) return 0.0F;
  return -1.0F + 2.0F * static_cast<float>(i) / static_cast<float>(count - 1);
}

}  // namespace

Sheet make_row(std::size_t count, float y) {
  Sheet row;
  for (std::size_t i = 0; i < count; ++i) row.push_back({spread(i, count), y});
  return row;
}

void express(const ExpressionRule& rule, std::span<float> weights) {
  const float scale = rule.range / (1.0F - rule.threshold);
  for (float& weight : weights) {
    const float beyond = std::abs(weight) - rule.threshold;
    // Written so that what is not a number stays so and is noticed.
    weight = beyond <= 0.0F ? 0.0F : std::copysign(beyond * scale, weight);
  }
}

Substrate::Substrate(std::vector<Sheet> sheets, FurtherInputs further)
    : sheets_(std::move(sheets)), further_(further) {
  assert(sheets_.size() >= 2);
  link_points_.resize(further.coordinates());
  bias_points_.resize(further.coordinates());
  coordinates_.resize(further.coordinates());
  for (std::size_t layer = 0; layer + 1 < sheets_.size(); ++layer) {
    for (const SubstratePoint source : sheets_[layer]) {
      for (const SubstratePoint target : sheets_[layer + 1]) append(link_points_, source, target);
    }
    for (const SubstratePoint target : sheets_[layer + 1])
      append(bias_points_, SubstratePoint(), target);
  }
}

void Substrate::append(Points& points, SubstratePoint source, SubstratePoint target) const {
  std::size_t input = 0;
  for (const float value : {source.x, source.y, target.x, target.y}) {
    points[input++].push_back(value);
  }
  if (further_.layer) points[input++].push_back(target.z);
  if (further_.kind) points[input++].push_back(source.kind);
}

std::span<float> Substrate::query(CppnProgram& program, const Points& points) {
  assert(program.inputs() == points.size() && program.outputs() == 1);
  const std::size_t count = points[0].size();
  if (answers_.size() < count) answers_.resize(count);
  for (std::size_t i = 0; i < points.size(); ++i) coordinates_[i] = points[i].data();
  const std::array<float*, 1> results = {answers_.data()};
  program.evaluate(coordinates_, count, results);
  return std::span(answers_).first(count);
}

void Substrate::paint_weights(CppnProgram& weights, const ExpressionRule& rule,
                              FeedForwardNetwork& network) {
  assert(network.layers() + 1 == sheets_.size());
  const std::span<float> answers = query(weights, link_points_);
  express(rule, answers);
  const float* next = answers.data();
  for (std::size_t layer = 0; layer < network.layers(); ++layer) {
    for (std::size_t source = 0; source < sheets_[layer].size(); ++source) {
      const std::span<float> to = network.weights_from(layer, source);
      std::copy_n(next, to.size(), to.begin());
      next += to.size();
    }
  }
}

void Substrate::paint_biases(CppnProgram& biases, float range, FeedForwardNetwork& network) {
  const std::span<const float> answers = query(biases, bias_points_);
  const float* next = answers.data();
  for (std::size_t layer = 0; layer < network.layers(); ++layer) {
    for (float& bias : network.biases(layer)) bias = range * *next++;
  }
}

}  // namespace cambrian
