// How a population of graphs is written into, and read from, the run file.
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {
namespace {

/// As the file holds a number: kinds, functions and flags as bytes.
template <class T>
using Stored = std::conditional_t<sizeof(T) == 1, std::uint8_t, T>;

/// Every column once: act(name, member, description).
struct NodeTable {
  static constexpr auto kGenes = &Graph::nodes;
  template <class Act>
  static void each_column(const Act& act) {
    act("innovation", &NodeGene::mark, "innovation number of the node");
    act("kind", &NodeGene::kind, "index into the attribute kind_names");
    act("activation", &NodeGene::activation, "index into the attribute activation_names");
    act("bias", &NodeGene::bias, "added before the activation");
  }
};

struct EdgeTable {
  static constexpr auto kGenes = &Graph::edges;
  template <class Act>
  static void each_column(const Act& act) {
    act("innovation", &EdgeGene::mark, "innovation number of the edge");
    act("source", &EdgeGene::source, "row of the source node within its own genome");
    act("target", &EdgeGene::target, "row of the target node within its own genome");
    act("weight", &EdgeGene::weight, "weight of the edge");
    act("enabled", &EdgeGene::enabled, "1: enabled, 0: disabled");
    act("birth", &EdgeGene::birth, "structural mutations in its lineage when the edge arose");
  }
};

template <class Table>
void write_genes(StateWriter& writer, std::span<const Graph> graphs, std::size_t total) {
  const auto write = [&]<class Gene, class T>(std::string_view name, T Gene::*member,
                                              std::string_view description) {
    std::vector<Stored<T>> values;
    values.reserve(total);
    for (const Graph& graph : graphs) {
      for (const Gene& gene : graph.*Table::kGenes)
        values.push_back(static_cast<Stored<T>>(gene.*member));
    }
    writer.column<Stored<T>>(name, values, {description});
  };
  Table::each_column(write);
}

void require_length(std::string_view column, std::size_t is, std::size_t rows) {
  if (is == rows) return;
  throw Error("genome: column '" + std::string(column) + "' has " + std::to_string(is) +
              " rows, not " + std::to_string(rows));
}

/// The genes of all graphs, one after another.
template <class Table>
auto read_genes(const StateReader& reader) {
  std::remove_cvref_t<decltype(std::declval<Graph>().*Table::kGenes)> genes;
  bool first = true;
  const auto read = [&]<class Gene, class T>(std::string_view name, T Gene::*member,
                                             std::string_view) {
    const auto values = reader.column<Stored<T>>(name);
    if (std::exchange(first, false)) genes.resize(values.size());
    require_length(name, values.size(), genes.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::is_same_v<T, bool> && values[i] > 1) {
        throw Error("genome: column '" + std::string(name) + "' holds a number other than 0 and 1");
      }
      genes[i].*member = static_cast<T>(values[i]);
    }
  };
  Table::each_column(read);
  return genes;
}

/// Offsets that rise from 0 to the number of rows; anything else would read out of bounds.
std::vector<std::uint64_t> read_offsets(const StateReader& reader, std::string_view name,
                                        std::size_t rows) {
  std::vector<std::uint64_t> offsets = reader.column<std::uint64_t>(name);
  bool good = !offsets.empty() && offsets.front() == 0 && offsets.back() == rows;
  for (std::size_t i = 1; good && i < offsets.size(); ++i) good = offsets[i - 1] <= offsets[i];
  if (good) return offsets;
  throw Error("genome: column '" + std::string(name) + "' does not increase from 0 to " +
              std::to_string(rows));
}

}  // namespace

void GraphPopulation::save(StateWriter& writer) const {
  const std::span<const Graph> graphs(graphs_.data(), size_);
  std::vector<std::uint64_t> node_offset(1, 0);
  std::vector<std::uint64_t> edge_offset(1, 0);
  std::vector<std::uint32_t> structural_mutations;
  for (const Graph& graph : graphs) {
    node_offset.push_back(node_offset.back() + graph.nodes.size());
    edge_offset.push_back(edge_offset.back() + graph.edges.size());
    structural_mutations.push_back(graph.structural_mutations);
  }
  writer.column<std::uint64_t>("node_offset", node_offset,
                               {"genome i has nodes node_offset[i] .. [i + 1] - 1"});
  writer.column<std::uint64_t>("edge_offset", edge_offset,
                               {"genome i has edges edge_offset[i] .. [i + 1] - 1"});
  writer.column<std::uint32_t>("structural_mutations", structural_mutations,
                               {"structural mutations in its lineage so far"});
  const std::unique_ptr<StateWriter> node = writer.group("node");
  write_genes<NodeTable>(*node, graphs, node_offset.back());
  node->attribute("activation_names",
                  std::vector<std::string>(kActivationNames.begin(), kActivationNames.end()));
  node->attribute("kind_names",
                  std::vector<std::string>(kNodeKindNames.begin(), kNodeKindNames.end()));
  write_genes<EdgeTable>(*writer.group("edge"), graphs, edge_offset.back());
}

void GraphPopulation::load(const StateReader& reader) {
  const std::vector<NodeGene> nodes = read_genes<NodeTable>(*reader.group("node"));
  const std::vector<EdgeGene> edges = read_genes<EdgeTable>(*reader.group("edge"));
  const auto node_offset = read_offsets(reader, "node_offset", nodes.size());
  const auto edge_offset = read_offsets(reader, "edge_offset", edges.size());
  const std::size_t rows = node_offset.size() - 1;
  if (edge_offset.size() != node_offset.size()) {
    throw Error("genome: columns 'node_offset' and 'edge_offset' differ in length");
  }
  const auto structural_mutations = reader.column<std::uint32_t>("structural_mutations");
  require_length("structural_mutations", structural_mutations.size(), rows);

  std::vector<Graph> graphs(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    Graph& graph = graphs[i];
    graph.structural_mutations = structural_mutations[i];
    graph.nodes.assign(nodes.data() + node_offset[i], nodes.data() + node_offset[i + 1]);
    graph.edges.assign(edges.data() + edge_offset[i], edges.data() + edge_offset[i + 1]);
    try {
      if (form_) {
        check(graph, *form_);
      } else {
        check(graph);
      }
    } catch (const Error& error) {
      throw Error("genome: in row " + std::to_string(i) + ", " + error.what());
    }
  }
  size_ = rows;
  graphs_ = std::move(graphs);
}

}  // namespace cambrian
