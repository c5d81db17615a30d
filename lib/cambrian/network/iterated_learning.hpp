// The CPPN itself as the rule of learning: at every update it is asked for the change of each link
// from where the link lies, what both ends say, and what the link weighs.
//
//   dw = cppn(coordinates of the link, pre, post, w)[0] * rate_scale
//
// Source: Risi & Stanley 2010, adaptive HyperNEAT, the iterated model.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "cambrian/network/cppn_program.hpp"

namespace cambrian {

class IteratedLearning {
 public:
  /// Where the links lie.
  /// @param places  one list per coordinate, of all links of the network: layer by layer, source by
  /// source, neuron by neuron
  void place(std::vector<std::vector<float>> places);
  /// To be compiled with one output; its inputs are the coordinates in their order, then pre, post
  /// and the weight.
  CppnProgram& program() { return program_; }
  const CppnProgram& program() const { return program_; }
  /// Links first, first + 1, ...; allocates nothing. @param changes  as long as the others, written
  void ask(std::size_t first, std::span<const float> pre, std::span<const float> post,
           std::span<const float> weights, std::span<float> changes);

 private:
  CppnProgram program_;
  std::vector<std::vector<float>> places_;
  std::vector<const float*> inputs_;
};

}  // namespace cambrian
