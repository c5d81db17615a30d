#include "cambrian/encoding/dct_layout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/network/cosine_transform.hpp"

namespace cambrian {
namespace {

std::string why_not_one_each(std::size_t entries, std::size_t things, std::string_view thing,
                             std::string_view plural = {}) {
  return "has " + counted(entries, "entry", "entries") + ", but there " +
         (things == 1 ? "is " : "are ") + counted(things, thing, plural) +
         "; one for each is expected";
}

std::size_t product(const std::vector<std::size_t>& lengths) {
  std::size_t all = 1;
  for (const std::size_t length : lengths) all *= length;
  return all;
}

std::string text_of(const std::vector<std::size_t>& lengths) {
  std::string text;
  for (const std::size_t length : lengths) {
    text += (text.empty() ? "" : "x") + std::to_string(length);
  }
  return text;
}

// "8x8x24". @throws ConfigError
std::vector<std::size_t> sizes_of(const std::string& key, const std::string& text) {
  std::vector<std::size_t> sizes;
  const char* at = text.data();
  const char* end = at + text.size();
  for (bool more = true; more;) {
    std::uint32_t size = 0;
    const auto [stop, error] = std::from_chars(at, end, size);
    more = stop != end && *stop == 'x';
    if (error != std::errc() || size == 0 || (stop != end && !more)) {
      throw ConfigError(key, quoted(text) + " is not a list of sizes, such as \"20x40\"");
    }
    sizes.push_back(size);
    at = stop + 1;
  }
  return sizes;
}

std::vector<std::uint32_t> in_order(std::size_t count) {
  std::vector<std::uint32_t> places(count);
  std::iota(places.begin(), places.end(), 0U);
  return places;
}

// The coordinates along one axis, sorted; those closer than rounding errors are one.
std::vector<double> coordinates(const std::vector<Terminal>& terminals, std::size_t axis) {
  std::vector<double> values;
  values.reserve(terminals.size());
  for (const Terminal& terminal : terminals) values.push_back(terminal.position[axis]);
  std::ranges::sort(values);
  const auto same = [](double a, double b) { return b - a < 1e-9; };
  values.erase(std::unique(values.begin(), values.end(), same), values.end());
  return values;
}

std::size_t rank_of(double value, const std::vector<double>& values) {
  return static_cast<std::size_t>(std::ranges::lower_bound(values, value - 1e-9) - values.begin());
}

}  // namespace

void DctParameters::visit(ParameterVisitor& visitor) {
  LayeredParameters::visit(visitor);
  visitor.integer("coefficients", coefficients, {1, 1000000},
                  {"cosine coefficients in all, the length of the genome (of first genomes, where "
                   "they are ragged); matrices share them by their sizes; where corners are given, "
                   "these decide instead",
                   "genes", "our choice"});
  visitor.texts("hidden_shapes", hidden_shapes,
                {"the grid of each hidden layer, such as \"20x40\" for 800 neurons, row-major; "
                 "empty: each is a row",
                 "neurons", "Koutnik, Gomez & Schmidhuber 2010 (the D-dimensional array)"});
  visitor.texts("corners", corners,
                {"frequencies of each layer of links along its sources' axes, then along its "
                 "neurons', such as \"8x8x24\"; biases have those along the neurons'; empty: the "
                 "lowest, as many as coefficients",
                 "coefficients", "our choice"});
  visitor.boolean(
      "diagonal_corners", diagonal_corners,
      {"whether corners leave out what lies beyond the diagonal of the sources' axes, or "
       "of the neurons': frequencies i, j of a corner of a x b stay where i / a + j / b "
       "< 1",
       "", "our choice"});
  visitor.choice(
      "order", order, {{"listed", Order::listed}, {"places", Order::places}},
      {"how sensors and motors that form no grid lie along their axis: as they are listed; or by "
       "kind, then by the last coordinate of their places, then by those before it",
       "", "our choice"});
  visitor.reals(
      "gains", gains, {1e-6, 1e6},
      {"factor on the coefficients of each array, in the order of the genes, so that large "
       "and small layers learn at one pace; biases are an array of their own behind a "
       "layer's weights where corners or grids are given; empty: 1",
       "", "our choice"});
  visitor.integer(
      "shuffle", shuffle, {0, 1'000'000},
      {"a control without geometry: each array's sources and neurons are dealt out anew "
       "among its places by a permutation that is the same in every run, one for each "
       "number; 0: they stay where they are",
       "", "our choice"});
  visitor.choice("genome", genome, {{"real", Genome::real}, {"ragged", Genome::ragged}},
                 {"real: a fixed list of frequencies; ragged: any number of frequencies, which "
                  "evolve, too",
                  "", "Koutnik, Gomez & Schmidhuber 2010; ragged: Koutnik et al. 2012"});
  visitor.choice("product", product,
                 {{"auto", PaintedProduct::automatic},
                  {"dense", PaintedProduct::dense},
                  {"factorised", PaintedProduct::factorised}},
                 {"how layers compute: dense: the weights are painted; factorised: never, without "
                  "learning and continuous time; auto: each array of weights factorised where that "
                  "takes at most half the multiply-adds, dense with learning or continuous time",
                  "", "our choice"});
}

std::vector<std::uint32_t> DctBlock::corner_places() const {
  std::vector<std::uint32_t> places = lowest_frequencies(axes, corner, product(corner));
  if (!diagonal) return places;
  std::erase_if(places, [&](std::uint32_t place) {
    std::array<double, 2> shares =
        {};  // of the way to the far ends: the neurons' axes, the sources'
    for (std::size_t axis = axes.size(); axis-- > 0;) {
      shares[axis < neuron_axes ? 0 : 1] +=
          static_cast<double>(place % axes[axis]) / static_cast<double>(corner[axis]);
      place /= static_cast<std::uint32_t>(axes[axis]);
    }
    return std::ranges::max(shares) > 1 - 1e-9;
  });
  return places;
}

std::vector<std::uint32_t> DctBlock::first_places() const {
  return diagonal ? corner_places() : lowest_frequencies(axes, corner, coefficients);
}

std::optional<TerminalGrid> grid_of(const std::vector<Terminal>& terminals) {
  if (terminals.empty()) return {};
  const std::size_t dimensions = terminals.front().position.size();
  TerminalGrid grid;
  grid.places.assign(terminals.size(), 0);
  for (std::size_t axis = 0; axis < dimensions; ++axis) {
    const std::vector<double> values = coordinates(terminals, axis);
    if (values.size() == 1) continue;
    grid.axes.push_back(values.size());
    for (std::size_t i = 0; i < terminals.size(); ++i) {
      const std::size_t rank = rank_of(terminals[i].position[axis], values);
      grid.places[i] = static_cast<std::uint32_t>(grid.places[i] * values.size() + rank);
    }
    if (product(grid.axes) > terminals.size()) return {};
  }
  if (grid.axes.size() < 2 || product(grid.axes) != terminals.size()) return {};
  std::vector<std::uint32_t> sorted = grid.places;
  std::ranges::sort(sorted);
  if (sorted != in_order(sorted.size())) return {};
  return grid;
}

std::vector<std::uint32_t> ranks_by_place(const std::vector<Terminal>& terminals) {
  std::vector<std::string> kinds;
  std::vector<std::pair<std::size_t, std::vector<double>>> keys;
  for (const Terminal& terminal : terminals) {
    const auto kind =
        static_cast<std::size_t>(std::ranges::find(kinds, terminal.kind) - kinds.begin());
    if (kind == kinds.size()) kinds.push_back(terminal.kind);
    keys.emplace_back(kind, std::vector(terminal.position.rbegin(), terminal.position.rend()));
  }
  std::vector<std::uint32_t> order = in_order(terminals.size());
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return keys[i]; });
  std::vector<std::uint32_t> ranks(order.size());
  for (std::uint32_t rank = 0; rank < ranks.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

std::vector<DctLayout::Side> DctLayout::sides_of(const DctParameters& parameters,
                                                 const LayeredForm& form,
                                                 const NetworkInterface& body) {
  const auto terminals = [&parameters](const std::vector<Terminal>& of) {
    if (const auto grid = grid_of(of)) return Side{grid->axes, grid->places};
    const bool listed = parameters.order == DctParameters::Order::listed;
    return Side{{of.size()}, listed ? in_order(of.size()) : ranks_by_place(of)};
  };
  const std::vector<std::string>& shapes = parameters.hidden_shapes;
  const std::size_t hidden = form.layers.size() - 1;
  const bool one_row = form.layers.back().neurons != form.outputs;
  if (!shapes.empty() && one_row) {
    throw ConfigError("hidden_shapes",
                      "is given, but with this recurrence all neurons are one row; leave it out");
  }
  if (!shapes.empty() && shapes.size() != hidden) {
    throw ConfigError("hidden_shapes", why_not_one_each(shapes.size(), hidden, "hidden layer"));
  }
  std::vector<Side> sides = {terminals(body.sensors)};
  for (std::size_t layer = 0; layer < hidden; ++layer) {
    const std::size_t neurons = form.layers[layer].neurons;
    std::vector<std::size_t> axes = {neurons};
    if (!shapes.empty()) axes = sizes_of("hidden_shapes", shapes[layer]);
    if (product(axes) != neurons) {
      throw ConfigError("hidden_shapes",
                        quoted(shapes[layer]) + " has " + std::to_string(product(axes)) +
                            " places, but the layer has " + std::to_string(neurons) + " neurons");
    }
    sides.push_back({axes, in_order(neurons)});
  }
  const std::size_t last = form.layers.back().neurons;
  sides.push_back(one_row ? Side{{last}, in_order(last)} : terminals(body.motors));
  return sides;
}

DctLayout::DctLayout(const DctParameters& parameters, const LayeredShape& shape,
                     const NetworkInterface& body) {
  const std::vector<Side> sides = sides_of(parameters, shape.form, body);
  const std::size_t layers = shape.form.layers.size();
  const std::vector<std::string>& corners = parameters.corners;
  if (!corners.empty() && corners.size() != layers) {
    throw ConfigError(
        "corners", why_not_one_each(corners.size(), layers, "layer of links", "layers of links"));
  }
  if (corners.empty() && parameters.diagonal_corners) {
    throw ConfigError("diagonal_corners", "is true, but there are no corners");
  }
  for (std::size_t m = 0; m < shape.matrices.size(); ++m) {
    const LinkMatrix& matrix = shape.matrices[m];
    const Side& sources = sides[matrix.layer];
    const Side& neurons = sides[matrix.layer + 1];
    std::vector<std::size_t> axes = sources.axes;
    axes.insert(axes.end(), neurons.axes.begin(), neurons.axes.end());
    std::vector<std::size_t> corner = axes;
    if (!corners.empty()) {
      const std::string& text = corners[matrix.layer];
      corner = sizes_of("corners", text);
      bool fits = corner.size() == axes.size();
      for (std::size_t axis = 0; fits && axis < axes.size(); ++axis) {
        fits = corner[axis] <= axes[axis];
      }
      if (!fits) {
        throw ConfigError("corners", quoted(text) + " does not fit layer " +
                                         std::to_string(matrix.layer + 1) + ", which is " +
                                         text_of(axes) + " (sources, then neurons)");
      }
    }
    if (corners.empty() && !sources.is_grid() && !neurons.is_grid()) {
      add({.matrix = m, .corner = {matrix.rows, matrix.columns}}, neurons,
          columns_of(matrix, shape.form, sources, neurons));
    } else {
      add_split(m, shape, sources, neurons, std::move(corner));
    }
  }
  if (corners.empty()) {
    share_out(static_cast<std::size_t>(parameters.coefficients), shape.size());
  } else {
    for (DctBlock& block : blocks_) {
      block.diagonal = parameters.diagonal_corners;
      block.coefficients = block.corner_places().size();
      block.scale =
          std::sqrt(static_cast<double>(block.size()) / static_cast<double>(block.coefficients));
    }
  }
  if (!parameters.gains.empty()) amplify(parameters.gains);
  if (parameters.shuffle > 0) shuffle(static_cast<std::uint64_t>(parameters.shuffle));
}

// Fisher and Yates.
void DctLayout::shuffle(std::uint64_t seed) {
  Stream stream(stream_key(seed, "encoding.dct.shuffle"), 0);
  const auto deal = [&](std::vector<std::uint32_t>& places) {
    for (std::size_t left = places.size(); left > 1; --left) {
      std::swap(places[left - 1], places[stream.below(static_cast<std::uint32_t>(left))]);
    }
  };
  for (DctBlock& block : blocks_) {
    deal(block.neurons);
    deal(block.sources);
  }
}

DctLayout::Side DctLayout::columns_of(const LinkMatrix& matrix, const LayeredForm& form,
                                      const Side& sources, const Side& neurons) {
  if (form.per_neuron(matrix.number)) return {{1}, {0}};
  std::vector<std::uint32_t> places = sources.places;
  if (form.feeds_itself(matrix.layer)) {
    const auto before = static_cast<std::uint32_t>(places.size());
    for (const std::uint32_t place : neurons.places) places.push_back(before + place);
  }
  if (matrix.number == LinkNumber::weight) {
    places.push_back(static_cast<std::uint32_t>(places.size()));
  }
  return {{places.size()}, std::move(places)};
}

void DctLayout::amplify(const std::vector<double>& gains) {
  if (gains.size() != blocks_.size()) {
    throw ConfigError("gains", why_not_one_each(gains.size(), blocks_.size(),
                                                "array of coefficients", "arrays of coefficients"));
  }
  for (std::size_t b = 0; b < blocks_.size(); ++b) blocks_[b].scale *= gains[b];
}

void DctLayout::add(DctBlock block, const Side& neurons, const Side& sources) {
  block.axes = neurons.axes;
  block.neuron_axes = neurons.axes.size();
  block.neurons = neurons.places;
  block.axes.insert(block.axes.end(), sources.axes.begin(), sources.axes.end());
  block.sources = sources.places;
  blocks_.push_back(std::move(block));
}

void DctLayout::add_split(std::size_t matrix, const LayeredShape& shape, const Side& sources,
                          const Side& neurons, std::vector<std::size_t> corner) {
  const LinkNumber number = shape.matrices[matrix].number;
  const std::size_t layer = shape.matrices[matrix].layer;
  const auto middle = corner.begin() + static_cast<std::ptrdiff_t>(sources.axes.size());
  const std::vector<std::size_t> along_neurons(middle, corner.end());
  const auto with_neurons = [&](const std::vector<std::size_t>& of_sources) {
    std::vector<std::size_t> all = along_neurons;
    all.insert(all.end(), of_sources.begin(), of_sources.end());
    return all;
  };
  const Side one = {{1}, {0}};
  if (shape.form.per_neuron(number)) {
    add({.matrix = matrix, .corner = with_neurons({1})}, neurons, one);
    return;
  }
  add({.matrix = matrix, .corner = with_neurons({corner.begin(), middle})}, neurons, sources);
  std::size_t column = shape.form.before(layer);
  if (shape.form.feeds_itself(layer)) {
    add({.matrix = matrix, .first_column = column, .corner = with_neurons(along_neurons)}, neurons,
        neurons);
    column += shape.form.layers[layer].neurons;
  }
  if (number == LinkNumber::weight) {
    add({.matrix = matrix, .first_column = column, .corner = with_neurons({1})}, neurons, one);
  }
}

std::size_t DctLayout::coefficients() const {
  std::size_t sum = 0;
  for (const DctBlock& block : blocks_) sum += block.coefficients;
  return sum;
}

// One each, then one by one to the block with the most numbers per coefficient that still has room.
void DctLayout::share_out(std::size_t coefficients, std::size_t weights) {
  if (coefficients < blocks_.size() || coefficients > weights) {
    throw ConfigError("coefficients", "is " + std::to_string(coefficients) +
                                          ", but these layers take " +
                                          std::to_string(blocks_.size()) + " (one per matrix) to " +
                                          std::to_string(weights) + " (one per weight)");
  }
  for (DctBlock& block : blocks_) block.coefficients = 1;
  const auto hunger = [](const DctBlock& block) {
    return block.coefficients == block.size()
               ? 0.0
               : static_cast<double>(block.size()) / static_cast<double>(block.coefficients);
  };
  for (std::size_t given = blocks_.size(); given < coefficients; ++given) {
    std::size_t hungriest = 0;
    for (std::size_t b = 1; b < blocks_.size(); ++b) {
      if (hunger(blocks_[b]) > hunger(blocks_[hungriest])) hungriest = b;
    }
    ++blocks_[hungriest].coefficients;
  }
  sd_scale_ = std::sqrt(static_cast<double>(weights) / static_cast<double>(coefficients));
}

}  // namespace cambrian
