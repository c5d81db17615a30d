#include "cambrian/encoding/substrate.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace cambrian {
namespace {

// Blocks whose coordinates are kept: half a megabyte of six inputs.
constexpr std::size_t kKeptBlocks = 160;

float spread(std::size_t i, std::size_t count) {
  if (count == 1) return 0.0F;
  return -1.0F + 2.0F * static_cast<float>(i) / static_cast<float>(count - 1);
}

void append(Sheet& sheet, const Sheet& more) {
  sheet.insert(sheet.end(), more.begin(), more.end());
}

std::vector<PairQueries::Layer> link_layers(const std::vector<Sheet>& sheets,
                                            Recurrence recurrence) {
  std::vector<PairQueries::Layer> layers;
  if (recurrence == Recurrence::full || recurrence == Recurrence::ctrnn) {
    PairQueries::Layer& all = layers.emplace_back();
    for (std::size_t s = 1; s < sheets.size(); ++s) append(all.targets, sheets[s]);
    all.sources = sheets.front();
    append(all.sources, all.targets);
    return layers;
  }
  for (std::size_t s = 0; s + 1 < sheets.size(); ++s) {
    PairQueries::Layer& layer = layers.emplace_back(PairQueries::Layer{sheets[s], sheets[s + 1]});
    const bool last = s + 2 == sheets.size();
    if (recurrence == Recurrence::elman && !last) append(layer.sources, sheets[s + 1]);
  }
  return layers;
}

/// Neurons are asked for as if they were linked from a source at 0.
std::vector<PairQueries::Layer> neuron_layers(const std::vector<Sheet>& sheets,
                                              Recurrence recurrence) {
  std::vector<PairQueries::Layer> layers = link_layers(sheets, recurrence);
  for (PairQueries::Layer& layer : layers) layer.sources = {SubstratePoint()};
  return layers;
}

}  // namespace

Sheet make_row(std::size_t count, float y) {
  Sheet row;
  for (std::size_t i = 0; i < count; ++i) row.push_back({.x = spread(i, count), .y = y});
  return row;
}

Sheet make_grid(std::span<const std::int64_t> shape, std::size_t dimensions, float height) {
  assert(!shape.empty() && shape.size() <= 3);
  std::array<std::size_t, 3> size = {1, 1, 1};
  std::copy(shape.begin(), shape.end(), size.begin());
  const auto at = [&](std::size_t axis, std::size_t i) {
    if (axis < shape.size()) return spread(i, size[axis]);
    return axis == shape.size() && axis < dimensions ? height : 0.0F;
  };
  Sheet grid;
  for (std::size_t k = 0; k < size[2]; ++k) {
    for (std::size_t j = 0; j < size[1]; ++j) {
      for (std::size_t i = 0; i < size[0]; ++i) {
        grid.push_back({.x = at(0, i), .y = at(1, j), .z = at(2, k)});
      }
    }
  }
  return grid;
}

std::size_t CppnInputs::count() const {
  return 2 * dimensions + (layer ? 1 : 0) + (kind ? 1 : 0) + (source_layer ? 1 : 0) +
         (deltas ? dimensions : 0) + (distance ? 1 : 0) + (activity ? 3 : 0);
}

std::vector<std::string> CppnInputs::names() const {
  const std::array<std::string, 3> axes = {"x", "y", "z"};
  std::vector<std::string> names;
  for (const char* end : {"1", "2"}) {
    for (std::size_t axis = 0; axis < dimensions; ++axis) names.push_back(axes[axis] + end);
  }
  if (layer) names.emplace_back("l2");
  if (kind) names.emplace_back("k1");
  if (source_layer) names.emplace_back("l1");
  for (std::size_t axis = 0; deltas && axis < dimensions; ++axis) {
    names.push_back(axes[axis] + "2 - " + axes[axis] + "1");
  }
  if (distance) names.emplace_back("distance");
  if (activity) names.insert(names.end(), {"pre", "post", "w"});
  return names;
}

void CppnInputs::write(const SubstratePoint& source, const SubstratePoint& target, float* block,
                       std::size_t stride, std::size_t column) const {
  const std::array<float, 3> from = {source.x, source.y, source.z};
  const std::array<float, 3> to = {target.x, target.y, target.z};
  float* at = block + column;
  const auto put = [&](float value) {
    *at = value;
    at += stride;
  };
  for (std::size_t axis = 0; axis < dimensions; ++axis) put(from[axis]);
  for (std::size_t axis = 0; axis < dimensions; ++axis) put(to[axis]);
  if (layer) put(target.layer);
  if (kind) put(source.kind);
  if (source_layer) put(source.layer);
  for (std::size_t axis = 0; deltas && axis < dimensions; ++axis) put(to[axis] - from[axis]);
  float square = 0.0F;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    square += (to[axis] - from[axis]) * (to[axis] - from[axis]);
  }
  if (distance) put(std::sqrt(square));
  for (int i = 0; activity && i < 3; ++i) put(0.0F);
}

std::vector<std::vector<float>> link_places(const std::vector<Sheet>& sheets,
                                            const CppnInputs& inputs, Recurrence recurrence) {
  std::size_t links = 0;
  const std::vector<PairQueries::Layer> layers = link_layers(sheets, recurrence);
  for (const PairQueries::Layer& layer : layers) {
    links += layer.sources.size() * layer.targets.size();
  }
  CppnInputs resting = inputs;
  resting.activity = false;
  std::vector<float> block(resting.count() * links);
  std::size_t link = 0;
  for (const PairQueries::Layer& layer : layers) {
    for (const SubstratePoint& source : layer.sources) {
      for (const SubstratePoint& target : layer.targets) {
        resting.write(source, target, block.data(), links, link++);
      }
    }
  }
  std::vector<std::vector<float>> places;
  for (auto row = block.begin(); row != block.end(); row += static_cast<std::ptrdiff_t>(links)) {
    places.emplace_back(row, row + static_cast<std::ptrdiff_t>(links));
  }
  return places;
}

void express(const ExpressionRule& rule, std::span<float> weights) {
  const float scale = rule.range / (1.0F - rule.threshold);
  for (float& weight : weights) {
    const float beyond = std::abs(weight) - rule.threshold;
    // Written so that what is not a number stays so and is noticed.
    weight = beyond <= 0.0F ? 0.0F : std::copysign(beyond * scale, weight);
  }
}

void express(float range, std::span<const float> expressions, std::span<float> weights) {
  assert(expressions.size() == weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float expression = expressions[i];
    const float weight = weights[i] * range;
    weights[i] = expression >= 0.0F ? weight : (expression < 0.0F ? 0.0F : expression);
  }
}

PairQueries::PairQueries(std::vector<Layer> layers, const CppnInputs& inputs)
    : layers_(std::move(layers)), inputs_(inputs), columns_(inputs.count()) {
  for (const Layer& layer : layers_) pairs_ += layer.sources.size() * layer.targets.size();
  const std::size_t blocks = (pairs_ + CppnProgram::kPoints - 1) / CppnProgram::kPoints;
  keeps_coordinates_ = blocks <= kKeptBlocks;
  coordinates_.resize((keeps_coordinates_ ? blocks : 1) * inputs.count() * CppnProgram::kPoints);
  // Each run but a block's first begins with a new source.
  runs_.reserve(CppnProgram::kPoints + 1);
}

const std::vector<PairQueries::Run>& PairQueries::evaluate(CppnProgram& program, std::size_t block,
                                                           Run& next) {
  assert(program.inputs() == inputs_.count());
  cut(next);
  float* coordinates = coordinates_.data();
  if (keeps_coordinates_) coordinates += block * inputs_.count() * CppnProgram::kPoints;
  if (!keeps_coordinates_ || block == written_) {
    write_coordinates(coordinates);
    written_ = block + 1;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i] = coordinates + i * CppnProgram::kPoints;
  }
  if (answers_.size() < program.outputs() * CppnProgram::kPoints) {
    answers_.resize(program.outputs() * CppnProgram::kPoints);
  }
  results_.resize(program.outputs());
  for (std::size_t o = 0; o < results_.size(); ++o) {
    results_[o] = answers_.data() + o * CppnProgram::kPoints;
  }
  program.evaluate(columns_, points_, results_);
  return runs_;
}

void PairQueries::cut(Run& next) {
  runs_.clear();
  points_ = 0;
  while (points_ < CppnProgram::kPoints && next.layer < layers_.size()) {
    const Layer& layer = layers_[next.layer];
    next.at = points_;
    next.count = std::min(CppnProgram::kPoints - points_, layer.targets.size() - next.first);
    if (next.count > 0) runs_.push_back(next);
    points_ += next.count;
    next.first += next.count;
    if (next.first < layer.targets.size()) continue;
    next.first = 0;
    if (++next.source < layer.sources.size()) continue;
    next.source = 0;
    ++next.layer;
  }
}

void PairQueries::write_coordinates(float* block) const {
  for (const Run& run : runs_) {
    const SubstratePoint source = layers_[run.layer].sources[run.source];
    const SubstratePoint* targets = &layers_[run.layer].targets[run.first];
    for (std::size_t i = 0; i < run.count; ++i) {
      inputs_.write(source, targets[i], block, CppnProgram::kPoints, run.at + i);
    }
  }
}

Substrate::Substrate(std::vector<Sheet> sheets, const CppnInputs& inputs, Recurrence recurrence)
    : sheets_(std::move(sheets)),
      inputs_(inputs),
      links_(link_layers(sheets_, recurrence), inputs),
      neurons_(neuron_layers(sheets_, recurrence), inputs) {
  assert(sheets_.size() >= 2);
}

void Substrate::paint_links(CppnProgram& program, const SubstrateOutputs& outputs,
                            const ExpressionRule& rule, LayeredNetwork& network) {
  const bool weights = !outputs.links.empty() && outputs.links.front() == LinkNumber::weight;
  assert(program.outputs() == outputs.links.size() + (outputs.link_expression ? 1 : 0));
  assert(weights || !outputs.link_expression);
  const std::size_t others = outputs.link_expression ? 2 : 1;  // the first output behind the weight
  links_.ask(program, [&](std::span<const PairQueries::Run> runs) {
    if (outputs.link_expression) {
      express(rule.range, links_.answers(1), links_.answers(0));
    } else if (weights) {
      express(rule, links_.answers(0));
    }
    for (std::size_t n = 0; n < outputs.links.size(); ++n) {
      const std::span<float> answers = links_.answers(n == 0 ? 0 : n - 1 + others);
      for (std::size_t i = 0; weights && n > 0 && i < answers.size(); ++i) {
        if (links_.answers(0)[i] == 0.0F) answers[i] = 0.0F;
      }
      for (const PairQueries::Run& run : runs) {
        const std::span<float> column = network.column(outputs.links[n], run.layer, run.source);
        std::copy_n(&answers[run.at], run.count, &column[run.first]);
      }
    }
  });
}

void Substrate::paint_neurons(CppnProgram& program, const SubstrateOutputs& outputs, float range,
                              LayeredNetwork& network) {
  assert(program.outputs() == outputs.neurons.size());
  neurons_.ask(program, [&](std::span<const PairQueries::Run> runs) {
    for (std::size_t n = 0; n < outputs.neurons.size(); ++n) {
      const LinkNumber number = outputs.neurons[n];
      const bool bias = number == LinkNumber::weight;
      const bool scaled = bias || number == LinkNumber::modulatory_bias;
      const std::span<const float> answers = neurons_.answers(n);
      for (const PairQueries::Run& run : runs) {
        const std::size_t column = bias ? network.form().sources(run.layer) : 0;
        const std::span<float> to =
            network.column(number, run.layer, column).subspan(run.first, run.count);
        for (std::size_t i = 0; i < to.size(); ++i) {
          to[i] = (scaled ? range : 1.0F) * answers[run.at + i];
        }
      }
    }
  });
}

}  // namespace cambrian
