// A substrate of neurons in space, layer after layer, whose links and biases a CPPN paints.
//
//   motors    z =  1        o        o
//                          / (all pairs)
//   hidden    z =  0    o  o  o  o  o  o     weight = expressed(cppn(x1, y1, x2, y2, z2, k1)[0])
//                          / (all pairs)     bias   = range * cppn(0, 0, x2, y2, z2, 0)[1]
//   sensors   z = -1      o   o   o   o
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "cambrian/network/cppn_program.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {

struct Point {
  float x = 0.0F;
  float y = 0.0F;
  float z = 0.0F;     ///< its layer, so that neurons of several layers may share x and y
  float kind = 0.0F;  ///< its kind among those of its layer
};
using Sheet = std::vector<Point>;  ///< where the neurons of a layer sit

/// `count` points evenly over x in [-1, 1] (one: at 0).
Sheet make_row(std::size_t count, float y);
/// `width` x `height` points evenly over [-1, 1] in both axes, row by row.
Sheet make_grid(std::size_t width, std::size_t height);

/// How a CPPN's answer becomes a weight.
/// Source: Stanley, D'Ambrosio & Gauci 2009; Gauci's HyperNEAT; EPLEX.
struct ExpressionRule {
  float threshold = 0.2F;  ///< below 1; answers up to it make no link
  float range = 3.0F;      ///< the weight that an answer of 1 makes
};

/// An answer of size a becomes 0 if a <= threshold, else
/// sign * (a - threshold) / (1 - threshold) * range. In place.
void express(const ExpressionRule& rule, std::span<float> weights);

/// The queries of one substrate, made once, answered by one CPPN after another.
class Substrate {
 public:
  /// @param sheets  at least two: the inputs' first, the outputs' last; each layer is linked to the
  /// next, all to all
  explicit Substrate(std::vector<Sheet> sheets);

  const std::vector<Sheet>& sheets() const { return sheets_; }
  /// Links of all layers, expressed or not.
  std::size_t links() const { return link_points_[0].size(); }

  /// Paints all weights. Allocates nothing but in the first call.
  /// @param weights  a program of one output and of 4 coordinates (x1, y1, x2, y2), or of 6 (and z2,
  /// kind1)
  /// @param network  with a layer for each sheet but the first, of its size
  void paint_weights(CppnProgram& weights, const ExpressionRule& rule, FeedForwardNetwork& network);
  /// Paints all biases: the answer at (0, 0, x, y), or (0, 0, x, y, z, 0), times range.
  void paint_biases(CppnProgram& biases, float range, FeedForwardNetwork& network);

 private:
  using Points = std::array<std::vector<float>, 6>;  // x1, y1, x2, y2, z2, kind1

  std::span<float> query(CppnProgram& program, const Points& points);

  std::vector<Sheet> sheets_;
  Points link_points_;  // layer by layer, source by source, all its targets
  Points bias_points_;  // layer by layer
  std::vector<float> answers_;
};

}  // namespace cambrian
