// A substrate of layers of neurons in the plane, whose links and biases a CPPN paints.
//
//   motors    z =  1        o        o
//                          / (all pairs)
//   hidden    z =  0    o  o  o  o  o  o        weight = expressed(cppn(x1, y1, x2, y2, z2)[0])
//                          / (all pairs)        bias   = range * cppn(0, 0, x2, y2, z2)[1]
//   sensors   z = -1      o   o   o   o
//
// Each layer is a sheet in x and y; sheets may cover each other, and z tells them apart.
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
  /// @param weights  a program of one output and of 4 coordinates (x1, y1, x2, y2) or of 5: z2, the
  /// target's layer, from -1 (the first sheet) to 1 (the last)
  /// @param network  with a layer for each sheet but the first, of its size
  void paint_weights(CppnProgram& weights, const ExpressionRule& rule, FeedForwardNetwork& network);
  /// Paints all biases: the answer at (0, 0, x, y), or (0, 0, x, y, z), times range.
  void paint_biases(CppnProgram& biases, float range, FeedForwardNetwork& network);

 private:
  using Points = std::array<std::vector<float>, 5>;  // x1, y1, x2, y2, z2

  std::span<float> query(CppnProgram& program, const Points& points);

  std::vector<Sheet> sheets_;
  Points link_points_;  // layer by layer, source by source, all its targets
  Points bias_points_;  // layer by layer
  std::vector<float> answers_;
};

}  // namespace cambrian
