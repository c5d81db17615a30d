// The quadtree of ES-HyperNEAT, which finds where the neurons should be that a given neuron links
// with: the plane is divided where the CPPN's pattern of weights varies, and links are taken where
// bands of the pattern lie.
//
//   depth 1        depth 2            a cell of depth d is at ((2 i + 1) / 2^d - 1, ...), of
//  +---+---+      +-+-+---+           half-width 1 / 2^d; its value is what the CPPN answers for the
//  | o | o |      |o|o|   |           link between its centre and the given neuron
//  +---+---+      +-+-+ o |
//  | o | o |      |o|o|   |
//  +---+---+      +-+-+---+
//
// All cells of one depth are one block of queries; so are the neighbours that extraction asks for
// beyond those that are known from division. Source: Risi & Stanley 2012; EPLEX (their release).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/encoding/substrate.hpp"
#include "cambrian/network/cppn_program.hpp"

namespace cambrian {

struct QuadtreeRules {
  double variance_threshold =
      0.03;  ///< a cell of this variance or more is extracted from its parts
  double division_threshold = 0.03;  ///< a cell of more variance is divided further
  double band_threshold = 0.3;       ///< a link's band is higher
  int initial_depth = 3;  ///< down to here every cell is divided, the whole square always
  int max_depth = 3;      ///< of cells, at least 1; at most 2^max_depth of them lie along an axis
  /// Outputs up to this size count as 0, the others begin there at 0 and reach `scale` at 1.
  float cut = 0.0F;
  float scale = 1.0F;
};

/// A cell as division leaves it, for pictures and tests.
struct QuadtreeCell {
  float x = 0.0F;
  float y = 0.0F;
  int depth = 0;            ///< 0: the whole square
  float value = 0.0F;       ///< 0 for the whole square, which is not asked for
  double variance = 0.0;    ///< of the values of all leaves within; 0 for a leaf
  std::uint32_t parts = 0;  ///< row of the first of its four; 0: a leaf
};

/// A link that extraction takes.
struct QuadtreeLink {
  std::uint32_t cell = 0;  ///< number of its cell, the same in each tree; below cells_within()
  float x = 0.0F;
  float y = 0.0F;
  float value = 0.0F;
};

class Quadtree {
 public:
  Quadtree(const QuadtreeRules& rules, const CppnInputs& inputs);

  /// How many cells a tree of all depths could have, without the whole square.
  std::size_t cells_within() const { return values_.size(); }

  /// Divides and extracts. @param program  of outputs weight and, where there is link expression,
  /// that; there a link is taken only if it is at least 0
  /// @param neuron  the given one  @param outgoing  whether links lead from it, or to it
  /// @return valid until the next call; in the order of a walk from the whole square, the parts of
  /// a cell by y, then x
  const std::vector<QuadtreeLink>& search(CppnProgram& program, const SubstratePoint& neuron,
                                          bool outgoing);
  /// The tree of the last search; the whole square first, then depth by depth.
  const std::vector<QuadtreeCell>& tree() const { return tree_; }

 private:
  struct Place {
    int depth = 0;
    std::int32_t column = 0;
    std::int32_t row = 0;
  };
  struct Candidate {
    std::uint32_t cell = 0;   ///< row of tree_
    std::uint32_t asked = 0;  ///< bits of the sides whose values are not known from division
    std::array<float, 4> values = {};
  };

  std::uint32_t number_of(Place place) const;
  bool within(Place place) const;
  void ask(CppnProgram& program, const SubstratePoint& neuron, bool outgoing);
  void divide(CppnProgram& program, const SubstratePoint& neuron, bool outgoing);
  bool goes_deeper(std::uint32_t cell, int level);
  void add_parts(std::uint32_t parent);
  void sum_variances();
  void collect(std::uint32_t parent);
  void extract(CppnProgram& program, const SubstratePoint& neuron, bool outgoing);
  float scaled(float output) const;

  struct Leaves {
    double count = 1.0;
    double mean = 0.0;
    double squares = 0.0;  ///< sum of squared differences from the mean
  };
  void join_parts(std::uint32_t parent);

  QuadtreeRules rules_;
  CppnInputs inputs_;
  std::vector<QuadtreeCell> tree_;
  std::vector<Place> places_;       // [tree]
  std::vector<Leaves> leaves_;      // [tree]
  std::vector<float> expressions_;  // [tree] of links
  std::vector<Candidate> candidates_;
  std::vector<QuadtreeLink> links_;
  std::vector<std::uint32_t> level_;  // rows of tree_ to be divided
  std::vector<std::uint32_t> next_level_;

  std::vector<float> values_;         // by number of cell
  std::vector<std::uint32_t> known_;  // by number of cell: the search that has asked for it
  std::uint32_t searches_ = 0;

  std::vector<Place> queries_;
  CacheAligned<float> coordinates_;  // [inputs, kPoints]
  std::vector<const float*> columns_;
  std::vector<float> answers_;    // [queries]
  std::vector<float> expressed_;  // [queries]
};

}  // namespace cambrian
