#include "cambrian/network/iterated_learning.hpp"

#include <cassert>
#include <utility>

namespace cambrian {

void IteratedLearning::place(std::vector<std::vector<float>> places) {
  places_ = std::move(places);
  inputs_.reserve(places_.size() + 3);
}

void IteratedLearning::ask(std::size_t first, std::span<const float> pre,
                           std::span<const float> post, std::span<const float> weights,
                           std::span<float> changes) {
  assert(program_.inputs() == places_.size() + 3 && program_.outputs() == 1);
  inputs_.clear();
  for (const std::vector<float>& coordinate : places_) {
    assert(first + changes.size() <= coordinate.size());
    inputs_.push_back(&coordinate[first]);
  }
  inputs_.insert(inputs_.end(), {pre.data(), post.data(), weights.data()});
  float* const result = changes.data();
  program_.evaluate(inputs_, changes.size(), {&result, 1});
}

}  // namespace cambrian
