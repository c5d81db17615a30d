#include "cambrian/encoding/direct_graph.hpp"

#include <span>

#include "cambrian/network/recurrent.hpp"

namespace cambrian {
namespace {

/// Nodes stand in the order of their marks: inputs, the bias, outputs, hidden ones. So a node's row
/// is its number in the network.
class DirectGraphDecoder final : public Decoder {
 public:
  DirectGraphDecoder(const GraphForm& form, SignalRange range)
      : form_(form),
        network_(
            {0.0F, 1.0F}, range,
            form.acyclic ? RecurrentNetwork::Pass::settled : RecurrentNetwork::Pass::one_link) {}
  Network& decode(const Population& population, std::size_t row) override {
    const Graph& graph = graph_of(population, row, form_);
    nodes_.clear();
    links_.clear();
    for (const NodeGene& node : std::span(graph.nodes).subspan(form_.inputs + 1))
      nodes_.push_back({node.activation, node.bias});
    for (const EdgeGene& edge : graph.edges) {
      if (edge.enabled) links_.push_back({edge.source, edge.target, edge.weight});
    }
    network_.build(form_.inputs, form_.outputs, nodes_, links_);
    return network_;
  }
  Wiring wiring() const override {
    Wiring wiring;
    wiring.update = update_of(network_);
    wiring.nodes.assign(form_.inputs, {.kind = NodeKind::input});
    wiring.nodes.push_back({.kind = NodeKind::bias});
    for (const RecurrentNetwork::Node& node : nodes_) {
      const bool output = wiring.nodes.size() < form_.inputs + 1 + form_.outputs;
      wiring.nodes.push_back(
          {output ? NodeKind::output : NodeKind::hidden, 1U, node.function, node.bias});
      wiring.nodes.back().first_update = network_.first_activation(wiring.nodes.size() - 1);
    }
    for (const RecurrentNetwork::Link& link : links_) {
      if (link.weight != 0.0F) wiring.links.push_back({link.source, link.target, link.weight});
    }
    return wiring;
  }

 private:
  GraphForm form_;
  std::vector<RecurrentNetwork::Node> nodes_;
  std::vector<RecurrentNetwork::Link> links_;
  RecurrentNetwork network_;
};

}  // namespace

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
  visitor.boolean("recurrent", recurrent,
                  {"whether links may close cycles, and one update carries signals over one link; "
                   "otherwise none do, and one update is a pass through the whole network",
                   "", "Stanley & Miikkulainen 2002; false: our choice, for tasks without time"});
}

DirectGraph::DirectGraph(const DirectGraphParameters& parameters, const NetworkInterface& body)
    : shape_{{body.sensors.size(), body.motors.size(), !parameters.recurrent,
              "an input per sensor and an output per motor of the environment",
              "encoding.recurrent = false allows none"},
             parameters.one_hidden,
             {checked(parameters).activation},
             parameters.activation} {}

std::vector<GenomePart> DirectGraph::genome() const { return {graph_genome(shape_)}; }

std::unique_ptr<Decoder> DirectGraph::make_decoder(const NetworkInterface& body) const {
  require_terminals(body, shape_.inputs, shape_.outputs);
  return std::make_unique<DirectGraphDecoder>(shape_, signal_range(shape_.output_activation));
}

std::vector<NetworkNote> DirectGraph::notes() const {
  return {
      {"genes",
       "the graph itself; its inputs are the sensors, its outputs the motors, in order; "
       "disabled links carry nothing"},
      {"sensors", "mapped onto 0 to 1; the bias node is 1"},
      {"update",
       "one step moves every signal over one link: all nodes at once, new value = f(bias + "
       "sum of weight * old value of the source), with sensors of this step; with recurrent = "
       "false as many updates at once as the longest path has links, after which nothing changes"},
      {"start",
       "all nodes are 0; a node n links away from the nearest sensor or bias (over enabled "
       "links) stays 0 before the n-th update, and for ever if no signal reaches it, whatever "
       "f(bias) is"},
      {"motors", "the outputs, from the range of [encoding] activation onto the motor's"},
  };
}

}  // namespace cambrian
