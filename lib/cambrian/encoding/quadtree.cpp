#include "cambrian/encoding/quadtree.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace cambrian {
namespace {

constexpr std::size_t kBlock = CppnProgram::kPoints;

/// Left, right, below, above: by column and row.
constexpr std::array<std::array<std::int32_t, 2>, 4> kSides = {{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}};

/// Cells of all depths before this one, without the whole square.
std::size_t cells_before(int depth) {
  return ((std::size_t{1} << (2U * static_cast<unsigned>(depth))) - 4) / 3;
}

/// Exact: a dyadic fraction.
float centre(std::int32_t index, int depth) {
  return static_cast<float>(2 * index + 1) / static_cast<float>(1 << depth) - 1.0F;
}

}  // namespace

Quadtree::Quadtree(const QuadtreeRules& rules, const CppnInputs& inputs)
    : rules_(rules), inputs_(inputs), columns_(inputs.count()) {
  assert(rules.max_depth >= 1 && rules.initial_depth <= rules.max_depth && inputs.dimensions == 2);
  const std::size_t cells = cells_before(rules.max_depth + 1);
  values_.resize(cells);
  known_.resize(cells);
  coordinates_.resize(inputs.count() * kBlock);
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = &coordinates_[i * kBlock];
  tree_.reserve(cells + 1);
  places_.reserve(cells + 1);
  leaves_.reserve(cells + 1);
  expressions_.reserve(cells + 1);
  candidates_.reserve(cells);
  links_.reserve(cells);
  level_.reserve(cells);
  next_level_.reserve(cells);
  // A block of division, or the four neighbours of all leaves.
  queries_.reserve(4 * cells);
  answers_.reserve(4 * cells);
  expressed_.reserve(4 * cells);
}

std::uint32_t Quadtree::number_of(Place place) const {
  const auto depth = static_cast<unsigned>(place.depth);
  return static_cast<std::uint32_t>(cells_before(place.depth)) +
         (static_cast<std::uint32_t>(place.row) << depth) +
         static_cast<std::uint32_t>(place.column);
}

bool Quadtree::within(Place place) const {
  const std::int32_t side = std::int32_t{1} << place.depth;
  return place.column >= 0 && place.row >= 0 && place.column < side && place.row < side;
}

float Quadtree::scaled(float output) const {
  if (rules_.cut == 0.0F) return output * rules_.scale;
  std::array<float, 1> value = {output};
  express(ExpressionRule{rules_.cut, rules_.scale}, value);
  return value[0];
}

void Quadtree::ask(CppnProgram& program, const SubstratePoint& neuron, bool outgoing) {
  const bool expression = program.outputs() > 1;
  answers_.resize(queries_.size());
  if (expression) expressed_.resize(queries_.size());
  for (std::size_t begin = 0; begin < queries_.size(); begin += kBlock) {
    const std::size_t count = std::min(kBlock, queries_.size() - begin);
    for (std::size_t i = 0; i < count; ++i) {
      const Place place = queries_[begin + i];
      const SubstratePoint point = {.x = centre(place.column, place.depth),
                                    .y = centre(place.row, place.depth)};
      inputs_.write(outgoing ? neuron : point, outgoing ? point : neuron, coordinates_.data(),
                    kBlock, i);
    }
    std::array<float*, 2> results = {&answers_[begin], nullptr};
    if (expression) results[1] = &expressed_[begin];
    program.evaluate(columns_, count, std::span(results).first(expression ? 2 : 1));
  }
  for (float& answer : answers_) answer = scaled(answer);
}

const std::vector<QuadtreeLink>& Quadtree::search(CppnProgram& program,
                                                  const SubstratePoint& neuron, bool outgoing) {
  if (++searches_ == 0) {  // the count has begun anew
    std::fill(known_.begin(), known_.end(), 0U);
    searches_ = 1;
  }
  divide(program, neuron, outgoing);
  sum_variances();
  extract(program, neuron, outgoing);
  return links_;
}

void Quadtree::divide(CppnProgram& program, const SubstratePoint& neuron, bool outgoing) {
  tree_.assign(1, {});
  places_.assign(1, {});
  leaves_.assign(1, {});
  expressions_.assign(1, 0.0F);
  level_.assign(1, 0U);
  for (int level = 1; !level_.empty(); ++level) {
    const std::size_t first = tree_.size();
    queries_.clear();
    for (const std::uint32_t parent : level_) add_parts(parent);
    ask(program, neuron, outgoing);
    for (std::size_t i = first; i < tree_.size(); ++i) {
      const float value = answers_[i - first];
      const std::uint32_t number = number_of(places_[i]);
      tree_[i].value = value;
      leaves_[i].mean = static_cast<double>(value);
      expressions_.push_back(program.outputs() > 1 ? expressed_[i - first] : 0.0F);
      values_[number] = value;
      known_[number] = searches_;
    }
    next_level_.clear();
    for (const std::uint32_t parent : level_) {
      if (!goes_deeper(parent, level)) continue;
      for (std::uint32_t k = 0; k < 4; ++k) next_level_.push_back(tree_[parent].parts + k);
    }
    std::swap(level_, next_level_);
  }
}

/// Of a cell whose parts are leaves.
bool Quadtree::goes_deeper(std::uint32_t cell, int level) {
  if (level < rules_.initial_depth) return true;
  if (level >= rules_.max_depth) return false;
  join_parts(cell);
  return tree_[cell].variance > rules_.division_threshold;
}

void Quadtree::add_parts(std::uint32_t parent) {
  const Place place = places_[parent];
  tree_[parent].parts = static_cast<std::uint32_t>(tree_.size());
  for (std::int32_t k = 0; k < 4; ++k) {
    const Place part = {place.depth + 1, 2 * place.column + k % 2, 2 * place.row + k / 2};
    places_.push_back(part);
    leaves_.push_back({});
    tree_.push_back({.x = centre(part.column, part.depth),
                     .y = centre(part.row, part.depth),
                     .depth = part.depth});
    queries_.push_back(part);
  }
}

// Joins the leaves of four parts by the formula of Chan, Golub & LeVeque (1979), which gives exactly
// 0 where all are equal.
void Quadtree::join_parts(std::uint32_t parent) {
  Leaves sum = leaves_[tree_[parent].parts];
  for (std::uint32_t k = 1; k < 4; ++k) {
    const Leaves& part = leaves_[tree_[parent].parts + k];
    const double delta = part.mean - sum.mean;
    const double count = sum.count + part.count;
    sum.squares += part.squares + delta * delta * sum.count * part.count / count;
    sum.mean += delta * part.count / count;
    sum.count = count;
  }
  leaves_[parent] = sum;
  tree_[parent].variance = sum.squares / sum.count;
}

/// Parts stand behind their cell.
void Quadtree::sum_variances() {
  for (auto i = static_cast<std::uint32_t>(tree_.size()); i-- > 0;) {
    if (tree_[i].parts != 0) join_parts(i);
  }
}

void Quadtree::collect(std::uint32_t parent) {
  for (std::uint32_t part = tree_[parent].parts; part < tree_[parent].parts + 4; ++part) {
    if (tree_[part].parts != 0 && tree_[part].variance >= rules_.variance_threshold) {
      collect(part);
      continue;
    }
    Candidate& candidate = candidates_.emplace_back();
    candidate.cell = part;
    const Place place = places_[part];
    for (std::size_t side = 0; side < 4; ++side) {
      const Place neighbour = {place.depth, place.column + kSides[side][0],
                               place.row + kSides[side][1]};
      if (within(neighbour) && known_[number_of(neighbour)] == searches_) {
        candidate.values[side] = values_[number_of(neighbour)];
      } else {
        candidate.asked |= 1U << side;
        queries_.push_back(neighbour);
      }
    }
  }
}

// A cell shifted by the half-width of the cell around it is its neighbour of the same depth, whose
// value may be known from division, with the same bits.
void Quadtree::extract(CppnProgram& program, const SubstratePoint& neuron, bool outgoing) {
  queries_.clear();
  candidates_.clear();
  links_.clear();
  collect(0);
  ask(program, neuron, outgoing);
  auto answer = answers_.begin();
  for (Candidate& candidate : candidates_) {
    const QuadtreeCell& cell = tree_[candidate.cell];
    std::array<float, 4> differences{};
    for (std::size_t side = 0; side < 4; ++side) {
      if ((candidate.asked >> side & 1U) != 0) candidate.values[side] = *answer++;
      differences[side] = std::abs(cell.value - candidate.values[side]);
    }
    const auto& [left, right, below, above] = differences;
    const float band = std::max(std::min(below, above), std::min(left, right));
    if (!(static_cast<double>(band) > rules_.band_threshold)) continue;
    if (expressions_[candidate.cell] < 0.0F) continue;
    links_.push_back({number_of(places_[candidate.cell]), cell.x, cell.y, cell.value});
  }
}

}  // namespace cambrian
