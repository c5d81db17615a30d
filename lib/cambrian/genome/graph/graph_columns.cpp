// How a population of graphs is written into, and read from, the run file.
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {
namespace {

struct NodeColumns {
  std::vector<std::uint64_t> innovation;
  std::vector<std::uint8_t> kind, activation;
  std::vector<float> bias;
};

struct EdgeColumns {
  std::vector<std::uint64_t> innovation;
  std::vector<std::uint32_t> source, target, birth;
  std::vector<float> weight;
  std::vector<std::uint8_t> enabled;
};

template <class T>
void put(StateWriter& writer, std::string_view name, const std::vector<T>& values,
         std::string_view description) {
  writer.column(name, std::span<const T>(values), {description, {}});
}

void write_nodes(StateWriter& writer, std::span<const Graph> graphs, std::size_t total) {
  NodeColumns columns;
  columns.innovation.reserve(total);
  columns.kind.reserve(total);
  columns.activation.reserve(total);
  columns.bias.reserve(total);
  for (const Graph& graph : graphs) {
    for (const NodeGene& node : graph.nodes) {
      columns.innovation.push_back(node.mark);
      columns.kind.push_back(static_cast<std::uint8_t>(node.kind));
      columns.activation.push_back(static_cast<std::uint8_t>(node.activation));
      columns.bias.push_back(node.bias);
    }
  }
  put(writer, "innovation", columns.innovation, "innovation number of the node");
  put(writer, "kind", columns.kind, "index into the attribute kind_names");
  put(writer, "activation", columns.activation, "index into the attribute activation_names");
  put(writer, "bias", columns.bias, "added before the activation");
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kActivations; ++i) {
    names.emplace_back(activation_name(static_cast<Activation>(i)));
  }
  writer.attribute("activation_names", names);
  writer.attribute("kind_names",
                   std::vector<std::string>(kNodeKindNames.begin(), kNodeKindNames.end()));
}

void write_edges(StateWriter& writer, std::span<const Graph> graphs, std::size_t total) {
  EdgeColumns columns;
  columns.innovation.reserve(total);
  columns.source.reserve(total);
  columns.target.reserve(total);
  columns.birth.reserve(total);
  columns.weight.reserve(total);
  columns.enabled.reserve(total);
  for (const Graph& graph : graphs) {
    for (const EdgeGene& edge : graph.edges) {
      columns.innovation.push_back(edge.mark);
      columns.source.push_back(edge.source);
      columns.target.push_back(edge.target);
      columns.birth.push_back(edge.birth);
      columns.weight.push_back(edge.weight);
      columns.enabled.push_back(edge.enabled ? 1 : 0);
    }
  }
  put(writer, "innovation", columns.innovation, "innovation number of the edge");
  put(writer, "source", columns.source, "row of the source node within its own genome");
  put(writer, "target", columns.target, "row of the target node within its own genome");
  put(writer, "weight", columns.weight, "weight of the edge");
  put(writer, "enabled", columns.enabled, "1: enabled, 0: disabled");
  put(writer, "birth", columns.birth, "structural mutations in its lineage when the edge arose");
}

template <class T>
std::vector<T> take(const StateReader& reader, std::string_view name, std::size_t rows) {
  std::vector<T> values = reader.column<T>(name);
  if (values.size() == rows) return values;
  throw Error("genome: column '" + std::string(name) + "' has " + std::to_string(values.size()) +
              " rows, not " + std::to_string(rows));
}

NodeColumns read_nodes(const StateReader& reader) {
  NodeColumns columns;
  columns.innovation = reader.column<std::uint64_t>("innovation");
  const std::size_t rows = columns.innovation.size();
  columns.kind = take<std::uint8_t>(reader, "kind", rows);
  columns.activation = take<std::uint8_t>(reader, "activation", rows);
  columns.bias = take<float>(reader, "bias", rows);
  return columns;
}

EdgeColumns read_edges(const StateReader& reader) {
  EdgeColumns columns;
  columns.innovation = reader.column<std::uint64_t>("innovation");
  const std::size_t rows = columns.innovation.size();
  columns.source = take<std::uint32_t>(reader, "source", rows);
  columns.target = take<std::uint32_t>(reader, "target", rows);
  columns.birth = take<std::uint32_t>(reader, "birth", rows);
  columns.weight = take<float>(reader, "weight", rows);
  columns.enabled = take<std::uint8_t>(reader, "enabled", rows);
  for (const std::uint8_t enabled : columns.enabled) {
    if (enabled > 1) throw Error("genome: column 'enabled' holds a number other than 0 and 1");
  }
  return columns;
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
  put(writer, "node_offset", node_offset, "genome i has nodes node_offset[i] .. [i + 1] - 1");
  put(writer, "edge_offset", edge_offset, "genome i has edges edge_offset[i] .. [i + 1] - 1");
  put(writer, "structural_mutations", structural_mutations,
      "structural mutations in its lineage so far");
  write_nodes(*writer.group("node"), graphs, node_offset.back());
  write_edges(*writer.group("edge"), graphs, edge_offset.back());
}

void GraphPopulation::load(const StateReader& reader) {
  const NodeColumns node = read_nodes(*reader.group("node"));
  const EdgeColumns edge = read_edges(*reader.group("edge"));
  const auto node_offset = read_offsets(reader, "node_offset", node.innovation.size());
  const auto edge_offset = read_offsets(reader, "edge_offset", edge.innovation.size());
  const std::size_t rows = node_offset.size() - 1;
  if (edge_offset.size() != node_offset.size()) {
    throw Error("genome: columns 'node_offset' and 'edge_offset' differ in length");
  }
  const auto structural_mutations = take<std::uint32_t>(reader, "structural_mutations", rows);

  std::vector<Graph> graphs(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    Graph& graph = graphs[i];
    graph.structural_mutations = structural_mutations[i];
    graph.nodes.reserve(node_offset[i + 1] - node_offset[i]);
    for (std::size_t j = node_offset[i]; j < node_offset[i + 1]; ++j) {
      graph.nodes.push_back({node.innovation[j], static_cast<NodeKind>(node.kind[j]),
                             static_cast<Activation>(node.activation[j]), node.bias[j]});
    }
    graph.edges.reserve(edge_offset[i + 1] - edge_offset[i]);
    for (std::size_t j = edge_offset[i]; j < edge_offset[i + 1]; ++j) {
      graph.edges.push_back({edge.innovation[j], edge.source[j], edge.target[j], edge.weight[j],
                             edge.birth[j], edge.enabled[j] == 1});
    }
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
