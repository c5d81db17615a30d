// A substrate of layers of neurons in the plane, whose links and biases a CPPN paints.
//
//   motors    y =  1        o        o
//                          / (all pairs)
//   hidden    y =  0    o  o  o  o  o  o        weight = expressed(cppn(x1, y1, x2, y2)[0])
//                          / (all pairs)        bias   = range * cppn(0, 0, x2, y2)[1]
//   sensors   y = -1      o   o   o   o
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
  /// @param layer_coordinate  queries have two further inputs, z1 and z2
  explicit Substrate(std::vector<Sheet> sheets, bool layer_coordinate = false);

  const std::vector<Sheet>& sheets() const { return sheets_; }
  /// Links of all layers, expressed or not.
  std::size_t links() const;

  /// Paints the weights into one layer. Allocates nothing but in its first calls.
  /// @param layer    of the network: 0 is that of the second sheet
  /// @param weights  a program of 4 coordinates (x1, y1, x2, y2) and one output
  /// @param network  with a layer for each sheet but the first, of its size
  void paint_weights(std::size_t layer, CppnProgram& weights, const ExpressionRule& rule,
                     FeedForwardNetwork& network);
  /// Paints the biases of one layer: the answer at (0, 0, x, y) times range.
  void paint_biases(std::size_t layer, CppnProgram& biases, float range,
                    FeedForwardNetwork& network);

 private:
  using Points = std::vector<std::vector<float>>;  // x1, y1, x2, y2

  std::span<float> query(CppnProgram& program, const Points& points);

  std::vector<Sheet> sheets_;
  std::vector<Points> link_points_;  // per layer; source by source, all its targets
  std::vector<Points> bias_points_;  // per layer
  std::vector<float> answers_;
};

}  // namespace cambrian
