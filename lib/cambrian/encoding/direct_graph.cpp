#include "cambrian/encoding/direct_graph.hpp"

#include <cassert>

#include "cambrian/encoding/node_functions.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian {
namespace {

class DirectGraphDecoder final : public Decoder {
 public:
  DirectGraphDecoder(const GraphForm& form, SignalRange range)
      : form_(form), network_({0.0F, 1.0F}, range) {}
  Network& decode(const Population& population, std::size_t row) override {
    builder_.build(graph_of(population, row, form_), network_);
    return network_;
  }

 private:
  GraphForm form_;
  GraphNetworkBuilder builder_;
  RecurrentNetwork network_;
};

}  // namespace

void GraphNetworkBuilder::build(const Graph& graph, RecurrentNetwork& network) {
  ends_.resize(graph.nodes.size());
  nodes_.clear();
  links_.clear();
  std::uint32_t inputs = 0;
  for (const NodeGene& node : graph.nodes) inputs += node.kind == NodeKind::input ? 1U : 0U;
  std::uint32_t sensor = 0;
  const auto number = [&](NodeKind kind) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      const NodeGene& node = graph.nodes[i];
      if (node.kind != kind) continue;
      if (kind == NodeKind::input) {
        ends_[i] = sensor++;
      } else if (kind == NodeKind::bias) {
        ends_[i] = inputs;
      } else {
        ends_[i] = inputs + 1 + static_cast<std::uint32_t>(nodes_.size());
        nodes_.push_back({node_function(node.activation), node.bias});
      }
    }
  };
  number(NodeKind::input);
  number(NodeKind::bias);
  number(NodeKind::output);
  const std::size_t outputs = nodes_.size();
  number(NodeKind::hidden);
  for (const EdgeGene& edge : graph.edges) {
    if (edge.enabled) links_.push_back({ends_[edge.source], ends_[edge.target], edge.weight});
  }
  network.build(inputs, outputs, nodes_, links_);
}

void DirectGraphParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "activation", activation,
      activation_choices({Activation::neat_sigmoid, Activation::steep_sigmoid, Activation::sigmoid,
                          Activation::tanh, Activation::bipolar_sigmoid}),
      {"function of output nodes, and of hidden ones unless the genome says otherwise", "",
       "NEAT 1.2"});
  visitor.boolean(
      "one_hidden", one_hidden,
      {"whether first graphs have one hidden node between inputs and outputs; otherwise none", "",
       "NSC (novelty-search-cpp), maze seed"});
}

DirectGraph::DirectGraph(const DirectGraphParameters& parameters, const NetworkInterface& body)
    : inputs_(body.sensors.size()),
      outputs_(body.motors.size()),
      one_hidden_(parameters.one_hidden),
      activation_(checked(parameters).activation) {}

std::vector<GenomePart> DirectGraph::genome() const {
  GraphSpace::Shape shape;
  shape.inputs = inputs_;
  shape.outputs = outputs_;
  shape.acyclic = false;
  shape.one_hidden = one_hidden_;
  shape.activations = {activation_};
  shape.output_activation = activation_;
  return {graph_genome(shape)};
}

std::unique_ptr<Decoder> DirectGraph::make_decoder(const NetworkInterface& body) const {
  require_terminals(body, inputs_, outputs_);
  return std::make_unique<DirectGraphDecoder>(GraphForm{inputs_, outputs_, false},
                                              signal_range(node_function(activation_)));
}

Wiring DirectGraph::wiring(const NetworkInterface&, const Population& population,
                           std::size_t row) const {
  const Graph& graph = graph_of(population, row, {inputs_, outputs_, false});
  Wiring wiring;
  for (const NodeGene& node : graph.nodes) {
    const bool neuron = node.kind == NodeKind::hidden || node.kind == NodeKind::output;
    wiring.nodes.push_back({static_cast<Wiring::Kind>(node.kind), neuron ? 1U : 0U,
                            neuron ? node_function(node.activation) : NodeFunction::identity,
                            node.bias});
  }
  for (const EdgeGene& edge : graph.edges) {
    if (edge.enabled && edge.weight != 0.0F)
      wiring.links.push_back({edge.source, edge.target, edge.weight});
  }
  return wiring;
}

std::vector<NetworkNote> DirectGraph::notes() const {
  return {
      {"genes",
       "the graph itself; its inputs are the sensors, its outputs the motors, in order; "
       "disabled links carry nothing"},
      {"sensors", "mapped onto 0 to 1; the bias node is 1"},
      {"update",
       "one step moves every signal over one link: all nodes at once, new value = f(bias + "
       "sum of weight * old value of the source), with sensors of this step"},
      {"start",
       "all nodes are 0; a node n links away from the nearest sensor or bias (over enabled "
       "links) stays 0 before the n-th update, and for ever if no signal reaches it, whatever "
       "f(bias) is"},
      {"motors", "the outputs, from the range of [encoding] activation onto the motor's"},
  };
}

}  // namespace cambrian
