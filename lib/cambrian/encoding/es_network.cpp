#include "cambrian/encoding/es_network.hpp"

#include <cmath>

namespace cambrian {
namespace {

constexpr std::uint32_t kUnnumbered = 0xffffffffU;

}  // namespace

void delete_dead_ends(std::vector<RecurrentNetwork::Link>& links, std::uint32_t sensors,
                      std::uint32_t first_hidden, std::uint32_t ends,
                      std::vector<std::uint32_t>& incoming, std::vector<std::uint32_t>& outgoing) {
  for (std::size_t before = links.size() + 1; links.size() < before;) {
    before = links.size();
    incoming.assign(ends, 0);
    outgoing.assign(ends, 0);
    for (const RecurrentNetwork::Link& link : links) {
      ++incoming[link.target];
      outgoing[link.source] += link.source != link.target ? 1 : 0;
    }
    std::erase_if(links, [&](const RecurrentNetwork::Link& link) {
      const bool unreached = link.source >= sensors && incoming[link.source] == 0;
      const bool leads_nowhere = link.target >= first_hidden && outgoing[link.target] == 0;
      return unreached || leads_nowhere;
    });
  }
}

void normalise_incoming(std::vector<RecurrentNetwork::Link>& links, std::uint32_t ends, float range,
                        std::vector<float>& positive, std::vector<float>& negative) {
  positive.assign(ends, 0.0F);
  negative.assign(ends, 0.0F);
  for (const RecurrentNetwork::Link& link : links) {
    (link.weight > 0.0F ? positive : negative)[link.target] += std::abs(link.weight);
  }
  for (RecurrentNetwork::Link& link : links) {
    const float sum = (link.weight > 0.0F ? positive : negative)[link.target];
    if (sum != 0.0F) link.weight = link.weight / sum * range;
  }
}

DiscoveredNetwork::DiscoveredNetwork(std::span<const SubstratePoint> sensors,
                                     std::span<const SubstratePoint> motors,
                                     const QuadtreeRules& rules, const CppnInputs& inputs)
    : sensors_(sensors.begin(), sensors.end()),
      motors_(motors.begin(), motors.end()),
      quadtree_(rules, inputs) {}

void DiscoveredNetwork::explore(CppnProgram& program, const SubstratePoint& place,
                                std::uint32_t from, bool upward, float range) {
  for (const QuadtreeLink& link : quadtree_.search(program, place, true)) {
    if (upward && (link.value == 0.0F || place.y >= link.y)) continue;
    std::uint32_t& hidden = hidden_of_cell_[link.cell];
    if (hidden == kUnnumbered) {
      hidden = ends();
      hidden_.push_back({.x = link.x, .y = link.y});
    }
    links_.push_back({from, hidden, link.value * range});
  }
}

void DiscoveredNetwork::discover(CppnProgram& program, std::size_t iterations, bool upward,
                                 float range) {
  hidden_.clear();
  links_.clear();
  hidden_of_cell_.assign(quadtree_.cells_within(), kUnnumbered);
  for (std::uint32_t i = 0; i < sensors_.size(); ++i) {
    explore(program, sensors_[i], i, upward, range);
  }
  std::size_t explored = 0;
  for (std::size_t round = 0; round < iterations; ++round) {
    const std::size_t found = hidden_.size();
    for (; explored < found; ++explored) {
      const SubstratePoint place = hidden_[explored];
      explore(program, place, first_hidden() + static_cast<std::uint32_t>(explored), upward, range);
    }
  }
  for (std::uint32_t i = 0; i < motors_.size(); ++i) {
    const auto motor = static_cast<std::uint32_t>(sensors_.size() + 1 + i);
    for (const QuadtreeLink& link : quadtree_.search(program, motors_[i], false)) {
      const std::uint32_t source = hidden_of_cell_[link.cell];
      if (source == kUnnumbered) continue;
      if (upward && (link.value == 0.0F || link.y >= motors_[i].y)) continue;
      links_.push_back({source, motor, link.value * range});
    }
  }
}

void DiscoveredNetwork::prune() {
  delete_dead_ends(links_, static_cast<std::uint32_t>(sensors_.size()), first_hidden(), ends(),
                   incoming_, outgoing_);
  remove_unlinked_neurons();
}

void DiscoveredNetwork::remove_unlinked_neurons() {
  number_.assign(ends(), kUnnumbered);
  for (const RecurrentNetwork::Link& link : links_) number_[link.source] = number_[link.target] = 0;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hidden_.size(); ++i) {
    std::uint32_t& number = number_[first_hidden() + i];
    if (number == kUnnumbered) continue;
    number = first_hidden() + static_cast<std::uint32_t>(kept);
    hidden_[kept++] = hidden_[i];
  }
  hidden_.resize(kept);
  for (RecurrentNetwork::Link& link : links_) {
    if (link.source >= first_hidden()) link.source = number_[link.source];
    if (link.target >= first_hidden()) link.target = number_[link.target];
  }
}

void DiscoveredNetwork::normalise(float range) {
  normalise_incoming(links_, ends(), range, positive_, negative_);
}

}  // namespace cambrian
