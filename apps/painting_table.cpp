#include "apps/painting_table.hpp"

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/dct.hpp"
#include "cambrian/encoding/es_hyperneat.hpp"
#include "cambrian/encoding/substrate_layout.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian::apps {
namespace {

/// The encoding of a table. @throws ConfigError if the run has another
template <class Wanted>
const Wanted& encoding_of(const StoredRun& run, const std::string& table, const char* name) {
  const auto* encoding = dynamic_cast<const Wanted*>(run.parts().encoding.get());
  if (encoding != nullptr) return *encoding;
  throw ConfigError("--table " + table, std::string("is of runs whose encoding is ") + name);
}

Table block_table(const std::string& name, const std::vector<DctSpectrum>& spectra,
                  std::size_t axes) {
  std::vector<std::uint32_t> block, layer, first_column, neuron_axes;
  std::vector<std::uint8_t> number;
  std::vector<std::vector<std::uint32_t>> lengths(axes);
  for (const DctSpectrum& one : spectra) {
    block.push_back(static_cast<std::uint32_t>(block.size()));
    number.push_back(static_cast<std::uint8_t>(one.number));
    layer.push_back(static_cast<std::uint32_t>(one.layer));
    first_column.push_back(static_cast<std::uint32_t>(one.first_column));
    neuron_axes.push_back(static_cast<std::uint32_t>(one.neuron_axes));
    for (std::size_t a = 0; a < axes; ++a)
      lengths[a].push_back(a < one.axes.size() ? static_cast<std::uint32_t>(one.axes[a]) : 0);
  }
  std::vector<TableColumn> columns = {{"block", block},
                                      {"number", number},
                                      {"layer", layer},
                                      {"first_column", first_column},
                                      {"neuron_axes", neuron_axes}};
  for (std::size_t n = 0; n < kLinkNumbers; ++n)
    columns[1].words.emplace_back(name_of(static_cast<LinkNumber>(n)));
  for (std::size_t a = 0; a < axes; ++a)
    columns.push_back({"length_" + std::to_string(a), lengths[a]});
  return Table(name, columns);
}

Table spectrum_table(const std::string& name, const std::vector<DctSpectrum>& spectra,
                     std::size_t axes) {
  std::vector<std::uint32_t> block;
  std::vector<std::vector<std::uint32_t>> frequencies(axes);
  std::vector<double> coefficient;
  for (std::size_t b = 0; b < spectra.size(); ++b) {
    const DctSpectrum& one = spectra[b];
    for (std::size_t c = 0; c < one.coefficients.size(); ++c) {
      block.push_back(static_cast<std::uint32_t>(b));
      coefficient.push_back(one.coefficients[c]);
      std::size_t place = one.places[c];
      for (std::size_t a = axes; a-- > 0;) {
        const std::size_t length = a < one.axes.size() ? one.axes[a] : 1;
        frequencies[a].push_back(static_cast<std::uint32_t>(place % length));
        place /= length;
      }
    }
  }
  std::vector<TableColumn> columns = {{"block", block}};
  for (std::size_t a = 0; a < axes; ++a)
    columns.push_back({"frequency_" + std::to_string(a), frequencies[a]});
  columns.push_back({"coefficient", coefficient});
  return Table(name, columns);
}

Table quadtree_table(const std::string& name, const EsHyperneat& encoding,
                     const NetworkInterface& body, const Graph& cppn) {
  std::vector<std::uint32_t> node;
  std::vector<float> x, y, value;
  std::vector<std::uint8_t> depth, leaf;
  std::vector<double> variance;
  const SubstrateLayout layout = lay_out({}, {}, {}, body, "es_hyperneat");
  std::uint32_t terminal = 0;
  for (const Sheet& sheet : {layout.sheets.front(), layout.sheets.back()}) {
    const bool outgoing = terminal < body.sensors.size();
    for (const SubstratePoint& place : sheet) {
      for (const QuadtreeCell& cell : encoding.quadtree(cppn, place, outgoing)) {
        node.push_back(terminal);
        x.push_back(cell.x);
        y.push_back(cell.y);
        depth.push_back(static_cast<std::uint8_t>(cell.depth));
        value.push_back(cell.value);
        variance.push_back(cell.variance);
        leaf.push_back(cell.parts == 0 ? 1 : 0);
      }
      ++terminal;
    }
  }
  return Table(name, {{"node", node},
                      {"x", x},
                      {"y", y},
                      {"depth", depth},
                      {"value", value},
                      {"variance", variance},
                      {"leaf", leaf}});
}

}  // namespace

std::vector<std::string> painting_tables() {
  return {"network/block", "network/spectrum", "network/quadtree"};
}

Table painting_table(const StoredRun& run, std::uint32_t row, const std::string& name) {
  const NetworkInterface& body = run.parts().description.body;
  const Proposal elite = run.elite(row);
  if (name == "network/quadtree") {
    const auto& encoding = encoding_of<EsHyperneat>(run, name, "es_hyperneat");
    return quadtree_table(name, encoding, body,
                          dynamic_cast<const GraphPopulation&>(*elite.population)[0]);
  }
  const auto& encoding = encoding_of<Dct>(run, name, "dct");
  const std::vector<DctSpectrum> spectra = encoding.spectra(body, *elite.population, 0);
  std::size_t axes = 0;
  for (const DctSpectrum& one : spectra) axes = std::max(axes, one.axes.size());
  return name == "network/block" ? block_table(name, spectra, axes)
                                 : spectrum_table(name, spectra, axes);
}

}  // namespace cambrian::apps
