#include "cambrian/network/recurrent.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "cambrian/network/detail/packets.hpp"

namespace cambrian {
namespace {

using packets::kWidth;
using packets::Packet;

}  // namespace

void RecurrentNetwork::build(std::size_t inputs, std::size_t outputs, std::span<const Node> nodes,
                             std::span<const Link> links) {
  assert(outputs <= nodes.size());
  inputs_ = inputs;
  nodes_ = inputs + 1 + nodes.size();
  links_ = links.size();
  lanes_ = 0;
  sort_links(links);
  find_distances(links);
  find_live_nodes(outputs, links);
  place_nodes(nodes);

  slices_.clear();
  sources_.clear();
  weights_.clear();
  biases_.clear();
  reached_.clear();
  slot_.assign(nodes_, 0);
  std::size_t place = packets::padded(inputs + 2);
  for (std::size_t begin = 0; begin < order_.size(); place += kWidth) {
    std::size_t end = begin + 1;
    while (end < order_.size() && place_[order_[end]] < place + kWidth) ++end;
    fill_slice(std::span(order_).subspan(begin, end - begin), nodes, links);
    begin = end;
  }
  if (pass_ == Pass::settled) find_longest_path(links);
  stride_ = place;
  outputs_.assign(place_.begin() + static_cast<std::ptrdiff_t>(inputs) + 1,
                  place_.begin() + static_cast<std::ptrdiff_t>(inputs + 1 + outputs));
}

void RecurrentNetwork::sort_links(std::span<const Link> links) {
  first_in_.assign(nodes_ + 1, 0);
  for (const Link& link : links) {
    assert(link.target > inputs_ && link.target < nodes_ && link.source < nodes_);
    ++first_in_[link.target + 1];
  }
  for (std::size_t i = 0; i < nodes_; ++i) first_in_[i + 1] += first_in_[i];
  incoming_.resize(links.size());
  slot_.assign(first_in_.begin(), first_in_.end());
  for (std::uint32_t k = 0; k < links.size(); ++k) incoming_[slot_[links[k].target]++] = k;
}

void RecurrentNetwork::find_distances(std::span<const Link> links) {
  distance_.assign(nodes_, kNever);
  std::fill_n(distance_.begin(), inputs_ + 1, 0U);
  for (bool changed = true; changed;) {
    changed = false;
    for (const Link& link : links) {
      if (distance_[link.source] == kNever) continue;
      if (distance_[link.source] + 1 >= distance_[link.target]) continue;
      distance_[link.target] = distance_[link.source] + 1;
      changed = true;
    }
  }
}

// Collects in order_ the nodes that a signal reaches and that reach an output.
void RecurrentNetwork::find_live_nodes(std::size_t outputs, std::span<const Link> links) {
  live_.assign(nodes_, 0);
  order_.clear();
  const auto visit = [&](std::uint32_t end) {
    if (end <= inputs_ || live_[end] != 0 || distance_[end] == kNever) return;
    live_[end] = 1;
    order_.push_back(end);
  };
  for (std::size_t o = 0; o < outputs; ++o) visit(static_cast<std::uint32_t>(inputs_ + 1 + o));
  for (std::size_t i = 0; i < order_.size(); ++i) {  // NOLINT(modernize-loop-convert): it grows
    const std::uint32_t target = order_[i];
    for (std::uint32_t k = first_in_[target]; k < first_in_[target + 1]; ++k) {
      visit(links[incoming_[k]].source);
    }
  }
}

void RecurrentNetwork::place_nodes(std::span<const Node> nodes) {
  const auto function_of = [&](std::uint32_t end) { return nodes[end - inputs_ - 1].function; };
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(function_of(a), a) < std::tuple(function_of(b), b);
  });
  // Ends that are not computed share the place behind the bias, which stays 0.
  place_.assign(nodes_, static_cast<std::uint32_t>(inputs_ + 1));
  for (std::uint32_t i = 0; i <= inputs_; ++i) place_[i] = i;
  std::size_t place = packets::padded(inputs_ + 2);
  for (std::size_t i = 0, in_slice = 0; i < order_.size(); ++i, ++in_slice) {
    const bool other = i > 0 && function_of(order_[i]) != function_of(order_[i - 1]);
    if (other || in_slice == kWidth) {
      place += kWidth;
      in_slice = 0;
    }
    place_[order_[i]] = static_cast<std::uint32_t>(place + in_slice);
  }
}

void RecurrentNetwork::fill_slice(std::span<const std::uint32_t> members,
                                  std::span<const Node> nodes, std::span<const Link> links) {
  const auto first = static_cast<std::uint32_t>(sources_.size());
  std::uint32_t complete = 0;
  biases_.resize(biases_.size() + kWidth, 0.0F);
  reached_.resize(reached_.size() + kWidth, 0);
  for (std::size_t m = 0; m < members.size(); ++m) {
    const std::uint32_t end = members[m];
    biases_[biases_.size() - kWidth + m] = nodes[end - inputs_ - 1].bias;
    reached_[reached_.size() - kWidth + m] = distance_[end];
    complete = std::max(complete, distance_[end]);
    for (std::uint32_t k = first_in_[end]; k < first_in_[end + 1]; ++k) {
      const Link& link = links[incoming_[k]];
      const std::uint32_t place = place_[link.source];
      if (place == inputs_ + 1) continue;  // a node that no signal reaches
      std::uint32_t slot = slot_[link.source];
      if (slot < first || slot >= sources_.size() || sources_[slot] != place) {
        slot = slot_[link.source] = static_cast<std::uint32_t>(sources_.size());
        sources_.push_back(place);
        weights_.resize(weights_.size() + kWidth, 0.0F);
      }
      weights_[slot * kWidth + m] += link.weight;
    }
  }
  slices_.push_back({nodes[members.front() - inputs_ - 1].function, first,
                     static_cast<std::uint32_t>(sources_.size()) - first, complete});
}

/// Over the nodes that are computed. Every round lengthens the paths that are known by a link, so
/// that after as many as the longest path has, nothing changes.
void RecurrentNetwork::find_longest_path(std::span<const Link> links) {
  longest_ = 1;
  std::vector<std::uint32_t>& length = slot_;  // of the longest path to an end, so far
  for (std::size_t end = 0; end < nodes_; ++end) length[end] = end <= inputs_ ? 0 : 1;
  for (bool changed = true; changed && longest_ <= nodes_;) {
    changed = false;
    for (const Link& link : links) {
      if (live_[link.source] == 0 || live_[link.target] == 0) continue;
      if (length[link.source] < length[link.target]) continue;
      length[link.target] = length[link.source] + 1;
      longest_ = std::max(longest_, length[link.target]);
      changed = true;
    }
  }
}

void RecurrentNetwork::reset(std::size_t lanes, Stream&) {
  lanes_ = lanes;
  reset_state();
}

void RecurrentNetwork::reset_state() {
  updates_ = 0;
  now_.assign(lanes_ * stride_, 0.0F);
  next_.assign(lanes_ * stride_, 0.0F);
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    now_[lane * stride_ + inputs_] = 1.0F;
    next_[lane * stride_ + inputs_] = 1.0F;
  }
}

void RecurrentNetwork::activate(std::span<const float> sensors, std::span<float> motors) {
  assert(lanes_ > 0 && sensors.size() == lanes_ * inputs_);
  assert(motors.size() == lanes_ * outputs_.size());
  if (updates_ != kNever - 1) ++updates_;
  const bool settles = pass_ == Pass::settled;
  if (settles) updates_ = kNever - 1;  // what no signal has reached yet does not count in the end
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    float* now = &now_[lane * stride_];
    float* next = &next_[lane * stride_];
    for (std::size_t i = 0; i < inputs_; ++i) now[i] = sensors[lane * inputs_ + i];
    update_lane(now, next);
    for (std::uint32_t pass = 1; settles && pass < longest_; ++pass) {
      std::copy_n(sensors.data() + lane * inputs_, inputs_, next);
      std::swap(now, next);
      update_lane(now, next);
    }
    for (std::size_t o = 0; o < outputs_.size(); ++o) {
      motors[lane * outputs_.size() + o] = next[outputs_[o]];
    }
  }
  std::swap(now_, next_);
}

void RecurrentNetwork::update_lane(const float* now, float* next) const {
  namespace simd = packets::simd;
  float* out = next + packets::padded(inputs_ + 2);
  for (std::size_t s = 0; s < slices_.size(); ++s, out += kWidth) {
    const Slice& slice = slices_[s];
    const std::uint32_t* source = sources_.data() + slice.first_source;
    const float* weights = weights_.data() + slice.first_source * kWidth;
    // Four sums, since each addition waits for the one before it.
    Packet sums[4] = {packets::load(&biases_[s * kWidth]), packets::all(0.0F), packets::all(0.0F),
                      packets::all(0.0F)};
    std::uint32_t k = 0;
    for (; k + 4 <= slice.sources; k += 4, weights += 4 * kWidth) {
      for (std::uint32_t j = 0; j < 4; ++j) {
        sums[j] = simd::pmadd(packets::load(weights + j * kWidth), packets::all(now[source[k + j]]),
                              sums[j]);
      }
    }
    for (; k < slice.sources; ++k, weights += kWidth) {
      sums[0] = simd::pmadd(packets::load(weights), packets::all(now[source[k]]), sums[0]);
    }
    const Packet sum = simd::padd(simd::padd(sums[0], sums[1]), simd::padd(sums[2], sums[3]));
    packets::with_function(slice.function,
                           [&]<Activation F>() { packets::store(out, packets::activate<F>(sum)); });
    if (updates_ >= slice.complete) continue;
    for (std::size_t m = 0; m < kWidth; ++m) {
      if (reached_[s * kWidth + m] > updates_) out[m] = 0.0F;
    }
  }
}

}  // namespace cambrian
