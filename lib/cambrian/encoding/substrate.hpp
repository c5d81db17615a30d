// A substrate of layers of neurons in the plane, whose links and biases a CPPN paints.
//
//   motors    z =  1        o        o
//                          / (all pairs)
//   hidden    z =  0    o  o  o  o  o  o        weight = expressed(cppn(x1, y1, x2, y2)[0])
//                          / (all pairs)        bias   = range * cppn(0, 0, x2, y2)[1]
//   sensors   z = -1      o   o   o   o
//
// Neurons that share x and y can be told apart by two further inputs: z2, the target's layer, and
// k1, the source's kind (0 where biases are asked for).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "cambrian/network/cppn_program.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {

struct SubstratePoint {
  float x = 0.0F;
  float y = 0.0F;
  float z = 0.0F;     ///< its layer, from -1 (sensors) to 1 (motors)
  float kind = 0.0F;  ///< its kind among those of its layer, from -1 to 1; 0 for a single one
};
using Sheet = std::vector<SubstratePoint>;  ///< where the neurons of a layer sit

/// `count` points evenly over x in [-1, 1] (one: at 0).
Sheet make_row(std::size_t count, float y);

/// How a CPPN's output becomes a weight.
/// Source: Stanley, D'Ambrosio & Gauci 2009; Gauci's HyperNEAT; EPLEX.
struct ExpressionRule {
  float threshold = 0.2F;  ///< below 1; outputs up to it make no link
  float range = 3.0F;      ///< the weight that an output of 1 makes
};

/// An output of size a becomes 0 if a <= threshold, else
/// sign * (a - threshold) / (1 - threshold) * range. In place.
void express(const ExpressionRule& rule, std::span<float> weights);

/// What a CPPN is asked beside x1, y1, x2, y2.
struct FurtherInputs {
  bool layer = false;  ///< z2
  bool kind = false;   ///< k1, after z2
  friend bool operator==(const FurtherInputs&, const FurtherInputs&) = default;
  /// Of a query, those four counted in.
  std::size_t coordinates() const { return 4U + (layer ? 1 : 0) + (kind ? 1 : 0); }
};

/// The queries of one substrate, made once, answered by one CPPN after another.
class Substrate {
 public:
  /// @param sheets  at least two: the inputs' first, the outputs' last; each layer is linked to the
  /// next, all to all
  explicit Substrate(std::vector<Sheet> sheets, FurtherInputs further = {});

  const std::vector<Sheet>& sheets() const { return sheets_; }
  /// Links of all layers, expressed or not.
  std::size_t links() const { return link_points_[0].size(); }

  /// Paints all weights. Allocates nothing but in the first call.
  /// @param weights  a program of one output, and of 4 coordinates (x1, y1, x2, y2) and the further
  /// ones
  /// @param network  with a layer for each sheet but the first, of its size
  void paint_weights(CppnProgram& weights, const ExpressionRule& rule, FeedForwardNetwork& network);
  /// Paints all biases: the answer at (0, 0, x, y), with z and 0 where asked, times range.
  void paint_biases(CppnProgram& biases, float range, FeedForwardNetwork& network);

 private:
  using Points = std::vector<std::vector<float>>;  // x1, y1, x2, y2 and the further inputs

  void append(Points& points, SubstratePoint source, SubstratePoint target) const;
  std::span<float> query(CppnProgram& program, const Points& points);

  std::vector<Sheet> sheets_;
  FurtherInputs further_;
  Points link_points_;                     // layer by layer, source by source, all its targets
  Points bias_points_;                     // layer by layer
  std::vector<const float*> coordinates_;  // of a query
  std::vector<float> answers_;
};

}  // namespace cambrian
