// Linear maps between the ranges of a body's terminals and those of a network.
#pragma once

#include <span>
#include <vector>

#include "cambrian/network/network.hpp"

namespace cambrian {

class SignalMap {
 public:
  enum class Direction { sensors_to_network, network_to_motors };

  /// @param terminals  of the body, which outlive this
  SignalMap(const std::vector<Terminal>& terminals, Direction direction)
      : terminals_(terminals), direction_(direction) {}

  /// Prepares for a network of this range; cheap if it is that of the last one.
  void fit(SignalRange network);
  /// Of the range that it is fitted to: value -> factor * value + offset, per terminal.
  std::span<const float> factors() const { return factor_; }
  std::span<const float> offsets() const { return offset_; }
  /// Maps [lanes, terminals] in place; what lies outside its range stays outside.
  void apply(std::span<float> signals) const;

 private:
  const std::vector<Terminal>& terminals_;
  Direction direction_;
  bool fitted_ = false;
  bool identical_ = false;
  SignalRange network_;
  std::vector<float> factor_, offset_;  // [terminals]
};

}  // namespace cambrian
