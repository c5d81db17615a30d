#include "cambrian/evaluation/signal_map.hpp"

#include <algorithm>

namespace cambrian {

void SignalMap::fit(SignalRange network) {
  if (fitted_ && network == network_) return;
  fitted_ = true;
  network_ = network;
  identical_ = std::ranges::all_of(
      terminals_, [&](SignalRange range) { return range == network; }, &Terminal::range);
  factor_.clear();
  offset_.clear();
  for (const Terminal& terminal : terminals_) {
    const bool inward = direction_ == Direction::sensors_to_network;
    const SignalRange from = inward ? terminal.range : network;
    const SignalRange to = inward ? network : terminal.range;
    const float width = from.max - from.min;
    // A terminal that can only have one value is mapped to the middle.
    const float factor = width > 0 ? (to.max - to.min) / width : 0.0F;
    const float at_min = width > 0 ? to.min : (to.min + to.max) / 2;
    factor_.push_back(factor);
    offset_.push_back(at_min - factor * from.min);
  }
}

void SignalMap::apply(std::span<float> signals) const {
  if (identical_) return;
  const std::size_t n = factor_.size();
  for (std::size_t lane = 0; n > 0 && lane + n <= signals.size(); lane += n) {
    for (std::size_t i = 0; i < n; ++i) {
      signals[lane + i] = factor_[i] * signals[lane + i] + offset_[i];
    }
  }
}

}  // namespace cambrian
