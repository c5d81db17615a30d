// How the numbers of a network's links lie in arrays of cosine coefficients.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/encoding/layered.hpp"
#include "cambrian/network/painted_layer.hpp"

namespace cambrian {

/// `[encoding]` of dct.
struct DctParameters final : LayeredParameters {
  enum class Genome { real, ragged };
  /// Of sensors and motors along an axis of their own, where they form no grid.
  enum class Order { listed, places };
  std::int64_t coefficients = 20;
  std::vector<std::string> hidden_shapes;
  std::vector<std::string> corners;
  bool diagonal_corners = false;
  Order order = Order::listed;
  std::vector<double> gains;
  std::int64_t shuffle = 0;
  Genome genome = Genome::real;
  PaintedProduct product = PaintedProduct::automatic;
  void visit(ParameterVisitor& visitor) override;
};

/// The grid that terminals form: unique x times unique y (times z), each place taken once, in whatever
/// order they are listed.
struct TerminalGrid {
  std::vector<std::size_t> axes;  ///< x, then y, then z; those of length 1 left out; at least two
  std::vector<std::uint32_t> places;  ///< [terminals] row-major over axes
};
/// None where their positions are no grid of at least two axes.
std::optional<TerminalGrid> grid_of(const std::vector<Terminal>& terminals);

/// [terminals] the rank of each by kind, in the order in which kinds are first listed; within a kind by
/// the last coordinate, then by those before it.
std::vector<std::uint32_t> ranks_by_place(const std::vector<Terminal>& terminals);

/// Columns of a link matrix that have an array of coefficients of their own.
struct DctBlock {
  std::size_t matrix = 0;  ///< of LayeredShape::matrices
  std::size_t first_column = 0;
  std::vector<std::size_t> axes = {};    ///< of the neurons, then of the sources
  std::size_t neuron_axes = 1;           ///< how many are the neurons'
  std::vector<std::size_t> corner = {};  ///< frequencies that may have first coefficients, per axis
  bool diagonal = false;  ///< of the corner, only what lies before the diagonals of either side
  std::vector<std::uint32_t> neurons = {};  ///< [rows] place of each along the neurons' axes
  std::vector<std::uint32_t> sources = {};  ///< [columns] place of each along the sources' axes
  std::size_t coefficients = 0;
  double scale = 1.0;  ///< a coefficient is its gene times this
  std::size_t size() const { return neurons.size() * sources.size(); }
  /// Places in the corner, the lowest frequencies first.
  std::vector<std::uint32_t> corner_places() const;
  /// [coefficients] those of first genes.
  std::vector<std::uint32_t> first_places() const;
};

/// All blocks, in the order of their genes: matrix after matrix; of a matrix that is split the links
/// from the layer before, those from its own layer, the biases.
///
/// A matrix is split where the neurons or the sources of its layer form a grid, or where `corners` are
/// given. Otherwise it is one array, rows neurons, columns sources, of weights the last the biases.
class DctLayout {
 public:
  /// @throws ConfigError "hidden_shapes", "corners", "gains" or "coefficients" where they do not fit the
  /// layers
  DctLayout(const DctParameters& parameters, const LayeredShape& shape,
            const NetworkInterface& body);
  const std::vector<DctBlock>& blocks() const { return blocks_; }
  /// Coefficients in all blocks.
  std::size_t coefficients() const;
  /// Of the sd of first genes: sqrt(weights / coefficients), which gives the weights the sd of the genes
  /// (Parseval); 1 where corners are given, since each block then has its own scale.
  double sd_scale() const { return sd_scale_; }

 private:
  struct Side {
    std::vector<std::size_t> axes;
    std::vector<std::uint32_t> places;
    bool is_grid() const { return axes.size() > 1; }
  };
  static std::vector<Side> sides_of(const DctParameters& parameters, const LayeredForm& form,
                                    const NetworkInterface& body);
  /// The columns of a matrix that is one array: the layer before, its own layer, the bias.
  static Side columns_of(const LinkMatrix& matrix, const LayeredForm& form, const Side& sources,
                         const Side& neurons);
  void add(DctBlock block, const Side& neurons, const Side& sources);
  void add_split(std::size_t matrix, const LayeredShape& shape, const Side& sources,
                 const Side& neurons, std::vector<std::size_t> corner);
  void share_out(std::size_t coefficients, std::size_t weights);

  void shuffle(std::uint64_t seed);
  void amplify(const std::vector<double>& gains);

  std::vector<DctBlock> blocks_;
  double sd_scale_ = 1.0;
};

}  // namespace cambrian
