// A CPPN as a flat list of instructions, one per node, evaluated over blocks of points:
//
//             point 0   1   2  ...  127
//   row 0  x1 [ ..................... ]   coordinates, copied in
//   row 1  y1 [ ..................... ]
//   row 2     [ f(b + sum w * row_k)  ]   one instruction: a weighted sum kept in registers, four
//   row 3     [ ..................... ]   packets of points at a time, then its function, then one
//                                         store
//
// The rows of a block stay in the first-level cache. A point's result does not depend on the block
// or the place in which it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/network/activation.hpp"

namespace cambrian {

/// A node of a CPPN in topological order; its links follow those of the node before it.
struct CppnNode {
  Activation function = Activation::identity;
  float bias = 0.0F;        ///< added before the function; a bias link is folded into it
  std::uint32_t links = 0;  ///< how many links it has
};

/// A link into a node. Sources 0..inputs-1 are coordinates, inputs + i is node i.
struct CppnLink {
  std::uint32_t source = 0;
  float weight = 0.0F;
};

/// What a program is compiled of.
struct CppnListing {
  std::vector<CppnNode> nodes;
  std::vector<CppnLink> links;
  std::vector<std::uint32_t> outputs;
};

class CppnProgram {
 public:
  static constexpr std::size_t kPoints = 128;  ///< points in a block

  /// Replaces the program; nodes that reach no output are left out. Reuses memory.
  /// @param nodes    in topological order: a link's source stands before its node
  /// @param links    grouped by node, in the order of the nodes
  /// @param outputs  sources, numbered like those of links
  void compile(std::size_t inputs, std::span<const CppnNode> nodes, std::span<const CppnLink> links,
               std::span<const std::uint32_t> outputs);

  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_.size(); }
  /// Nodes that are computed, and the links into them.
  std::size_t instructions() const { return instructions_.size(); }
  std::size_t links() const { return links_.size(); }
  /// That which is computed, numbered as compile() takes it.
  CppnListing listing() const;

  /// Evaluates any number of points. Allocates nothing.
  /// @param coordinates  [inputs] pointers to `points` floats each
  /// @param results      [outputs] pointers to `points` floats each, written
  void evaluate(std::span<const float* const> coordinates, std::size_t points,
                std::span<float* const> results);

 private:
  struct Instruction {
    Activation function;
    float bias;
    std::uint32_t first_link;
    std::uint32_t links;
  };

  void run(std::size_t points);

  std::size_t inputs_ = 0;
  std::vector<Instruction> instructions_;  // the i-th fills row inputs + i
  std::vector<CppnLink> links_;            // source: first float of its row
  std::vector<std::uint32_t> outputs_;
  CacheAligned<float> rows_;           // [inputs + instructions, kPoints]
  std::vector<std::uint32_t> row_of_;  // of each source; kDead: reaches no output
};

}  // namespace cambrian
