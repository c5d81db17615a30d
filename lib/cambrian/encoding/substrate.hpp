// A substrate: layers of neurons in 1, 2 or 3 dimensions, whose links and neurons a CPPN paints.
//
//   motors    layer  1        o        o
//                            / (all pairs)
//   hidden    layer  0    o  o  o  o  o  o      weight = expressed(cppn(x1, y1, x2, y2)[0])
//                            / (all pairs)      bias   = range * cppn(0, 0, x2, y2)[1]
//   sensors   layer -1      o   o   o   o
//
// Links are asked for block by block, so that a painter's memory grows with the number of neurons,
// not with that of links.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/network/cppn_program.hpp"
#include "cambrian/network/layered_network.hpp"

namespace cambrian {

struct SubstratePoint {
  float x = 0.0F;
  float y = 0.0F;      ///< 0 in one dimension
  float z = 0.0F;      ///< 0 in less than three
  float layer = 0.0F;  ///< from -1 (sensors) to 1 (motors)
  float kind = 0.0F;   ///< its kind among those of its layer, from -1 to 1; 0 for a single one
};
using Sheet = std::vector<SubstratePoint>;  ///< where the neurons of a layer sit

/// `count` points evenly over x in [-1, 1] (one: at 0).
Sheet make_row(std::size_t count, float y);

/// A grid over [-1, 1] in its own dimensions, x fastest; its height is the coordinate behind them,
/// where the substrate has one, and the rest are 0.
/// @param shape  at most 3 numbers, all at least 1
Sheet make_grid(std::span<const std::int64_t> shape, std::size_t dimensions, float height);

/// What a CPPN is asked about a link, in this order: x1, y1, z1, x2, y2, z2, as many of each as there
/// are dimensions, then what is chosen here. Where a neuron is asked for, the source is 0 in
/// everything.
struct CppnInputs {
  std::size_t dimensions = 2;
  bool layer = false;         ///< l2, the layer of the target
  bool kind = false;          ///< k1, the kind of the source
  bool source_layer = false;  ///< l1, the layer of the source
  bool deltas = false;        ///< x2 - x1 and so on
  bool distance = false;      ///< Euclidean
  bool activity = false;  ///< pre, post and w, 0 where the CPPN paints: it is the rule of learning
  friend bool operator==(const CppnInputs&, const CppnInputs&) = default;
  std::size_t count() const;
  std::vector<std::string> names() const;
  /// Writes the inputs for a link into column `column` of [count(), stride].
  void write(const SubstratePoint& source, const SubstratePoint& target, float* block,
             std::size_t stride, std::size_t column) const;
};

/// All inputs but activity of all links of a substrate, as IteratedLearning::place() takes them.
std::vector<std::vector<float>> link_places(const std::vector<Sheet>& sheets,
                                            const CppnInputs& inputs, Recurrence recurrence);

/// How a CPPN's output becomes a weight.
/// Source: Stanley, D'Ambrosio & Gauci 2009; Gauci's HyperNEAT; EPLEX.
struct ExpressionRule {
  float threshold = 0.2F;  ///< below 1; outputs up to it make no link
  float range = 3.0F;      ///< the weight that an output of 1 makes
};

/// An output of size a becomes 0 if a <= threshold, else
/// sign * (a - threshold) / (1 - threshold) * range. In place.
void express(const ExpressionRule& rule, std::span<float> weights);

/// An output becomes 0 if that of link expression is below 0, else output * range. In place.
/// Source: Verbancsics & Stanley 2011 (LEO); EPLEX.
void express(float range, std::span<const float> expressions, std::span<float> weights);

/// The answers of a program to all pairs of a list of layers, in blocks of CppnProgram::kPoints.
class PairQueries {
 public:
  struct Layer {
    Sheet sources;
    Sheet targets;
  };
  /// Neighbours in a block: one source, and targets first .. first + count - 1.
  struct Run {
    std::size_t layer = 0;
    std::size_t source = 0;
    std::size_t first = 0;
    std::size_t count = 0;
    std::size_t at = 0;  ///< place in the block of the first
  };
  PairQueries(std::vector<Layer> layers, const CppnInputs& inputs);
  std::size_t pairs() const { return pairs_; }

  /// Calls done(runs) after each block, whose answers are answers(output)[Run::at ...]. Allocates
  /// nothing but in the first call of a program of so many outputs.
  template <class Done>
  void ask(CppnProgram& program, const Done& done) {
    Run next;
    for (std::size_t block = 0; block * CppnProgram::kPoints < pairs_; ++block) {
      done(std::span<const Run>(evaluate(program, block, next)));
    }
  }
  std::span<float> answers(std::size_t output) {
    return std::span<float>(answers_).subspan(output * CppnProgram::kPoints, points_);
  }

 private:
  /// @param next  where the block begins; where the next one does
  const std::vector<Run>& evaluate(CppnProgram& program, std::size_t block, Run& next);
  /// Cuts the next block into runs_.
  void cut(Run& next);
  void write_coordinates(float* block) const;

  std::vector<Layer> layers_;
  CppnInputs inputs_;
  std::size_t pairs_ = 0;
  bool keeps_coordinates_ = false;   // of all blocks: a small substrate is asked often
  CacheAligned<float> coordinates_;  // [blocks or 1, inputs, kPoints]
  std::size_t written_ = 0;          // blocks whose coordinates are kept
  std::vector<Run> runs_;
  std::size_t points_ = 0;  // in the block
  CacheAligned<float> answers_;
  std::vector<const float*> columns_;
  std::vector<float*> results_;
};

/// What the outputs of the programs are that paint a substrate.
struct SubstrateOutputs {
  /// Of links, in the order of the program's outputs; behind the weight, if link_expression, one
  /// that says whether there is a link.
  std::vector<LinkNumber> links;
  bool link_expression = false;
  /// Of neurons; weight: the bias.
  std::vector<LinkNumber> neurons;
};

/// Paints networks of one substrate, with one CPPN after another.
class Substrate {
 public:
  /// @param sheets  at least two: the sensors' first, the motors' last; each layer is linked to the
  /// next, all to all, and as the recurrence says
  Substrate(std::vector<Sheet> sheets, const CppnInputs& inputs,
            Recurrence recurrence = Recurrence::none);

  const std::vector<Sheet>& sheets() const { return sheets_; }
  const CppnInputs& inputs() const { return inputs_; }
  /// Links of all layers, expressed or not.
  std::size_t links() const { return links_.pairs(); }

  /// Paints all numbers of links. The other numbers of a link that is not expressed are 0.
  /// @param network  of the substrate's form
  void paint_links(CppnProgram& program, const SubstrateOutputs& outputs,
                   const ExpressionRule& rule, LayeredNetwork& network);
  /// Paints all numbers of neurons; biases are answers times range.
  void paint_neurons(CppnProgram& program, const SubstrateOutputs& outputs, float range,
                     LayeredNetwork& network);

 private:
  std::vector<Sheet> sheets_;
  CppnInputs inputs_;
  PairQueries links_;
  PairQueries neurons_;
};

}  // namespace cambrian
