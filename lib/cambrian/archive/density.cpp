#include "cambrian/archive/density.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr Eigen::Index kPoints = 256;  ///< of the sample, in one block on the stack
/// e^-700 is nothing beside any sum, and smaller numbers are slow.
constexpr double kLowestExponent = -700;
constexpr std::size_t kCandidates = 8;  ///< that a worker takes at once

}  // namespace

DensityBuffer::DensityBuffer(std::size_t capacity, std::size_t dimensions, double bandwidth,
                             StreamKey key, Executor* executor)
    : capacity_(capacity),
      dimensions_(dimensions),
      factor_(-0.5 / (bandwidth * bandwidth)),
      key_(key),
      executor_(executor),
      values_(capacity * dimensions) {}

std::size_t DensityBuffer::size() const {
  return static_cast<std::size_t>(std::min<std::uint64_t>(seen_, capacity_));
}

double DensityBuffer::density(const double* descriptor) const {
  using Block = Eigen::Array<double, kPoints, 1>;
  const auto held = static_cast<Eigen::Index>(size());
  Block squares;
  double sum = 0;
  for (Eigen::Index first = 0; first < held; first += kPoints) {
    const Eigen::Index n = std::min(kPoints, held - first);
    squares.setZero();
    for (std::size_t d = 0; d < dimensions_; ++d) {
      const Eigen::Map<const Eigen::ArrayXd> axis(values_.data() + d * capacity_ + first, n);
      squares.head(n) += (axis - descriptor[d]).square();
    }
    squares.head(n) = (squares.head(n) * factor_).max(kLowestExponent).exp();
    sum += squares.head(n).sum();
  }
  return held == 0 ? 0 : sum / static_cast<double>(held);
}

void DensityBuffer::densities(std::span<const double> descriptors,
                              std::span<const std::uint8_t> valid,
                              std::span<double> density) const {
  for_each_chunk(executor_, valid.size(), kCandidates,
                 [&](std::size_t begin, std::size_t end, std::size_t) {
                   for (std::size_t i = begin; i < end; ++i)
                     if (valid[i] != 0)
                       density[i] = this->density(descriptors.data() + i * dimensions_);
                 });
}

void DensityBuffer::skip(std::uint64_t from) {
  constexpr double kFarAway = 1e18;
  Stream stream = next_stream();
  weight_ *= std::exp(std::log(1 - stream.uniform()) / static_cast<double>(capacity_));
  const double passed = std::floor(std::log(1 - stream.uniform()) / std::log1p(-weight_));
  next_ = from + static_cast<std::uint64_t>(passed < kFarAway ? passed : kFarAway);
}

void DensityBuffer::add(std::span<const double> descriptors, std::span<const std::uint8_t> valid) {
  for (std::size_t i = 0; i < valid.size(); ++i) {
    if (valid[i] == 0) continue;
    auto slot = static_cast<std::size_t>(seen_);
    const bool replaces = seen_ >= capacity_;
    if (replaces && seen_ != next_) {
      ++seen_;
      continue;
    }
    if (replaces) slot = next_stream().below(static_cast<std::uint32_t>(capacity_));
    for (std::size_t d = 0; d < dimensions_; ++d)
      values_[d * capacity_ + slot] = descriptors[i * dimensions_ + d];
    ++seen_;
    if (seen_ >= capacity_) skip(seen_);
  }
}

void DensityBuffer::save(StateWriter& state) const {
  state.attribute("seen", seen_);
  state.attribute("next", next_);
  state.attribute("weight", weight_);
  state.attribute("steps", steps_);
  state.matrix<double>("descriptors", values_, capacity_,
                       {"a sample of all descriptors that were offered, an axis a row"});
}

void DensityBuffer::load(const StateReader& state) {
  auto values = state.column<double>("descriptors");
  if (values.size() != values_.size()) {
    throw Error("archive: its buffer holds " + std::to_string(values.size() / dimensions_) +
                " descriptors, but the configuration's " + std::to_string(capacity_));
  }
  values_ = std::move(values);
  seen_ = state.attribute_as<std::uint64_t>("seen");
  next_ = state.attribute_as<std::uint64_t>("next");
  weight_ = state.attribute_as<double>("weight");
  steps_ = state.attribute_as<std::uint64_t>("steps");
}

}  // namespace cambrian
