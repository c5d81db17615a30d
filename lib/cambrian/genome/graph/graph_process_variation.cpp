// Graphs in the lines of a program that varies them: the objects of `cambrian export`, without ids.

#include <nlohmann/json.hpp>

#include "cambrian/core/words.hpp"
#include "cambrian/genome/detail/graph_reader.hpp"
#include "cambrian/genome/detail/process_variation.hpp"
#include "cambrian/genome/graph/graph_json.hpp"

namespace cambrian {
namespace {

/// What a program must know to make graphs of this shape.
std::string form_of(const GraphSpace::Shape& shape, std::int64_t max_genes) {
  nlohmann::ordered_json form = {{"request", "describe"},
                                 {"genome", "graph"},
                                 {"inputs", shape.inputs},
                                 {"outputs", shape.outputs},
                                 {"acyclic", shape.acyclic},
                                 {"activations", nlohmann::ordered_json::array()},
                                 {"outputs_may_change", shape.outputs_may_change},
                                 {"max_genes", max_genes}};
  for (const Activation activation : shape.activations)
    form["activations"].push_back(activation_name(activation));
  return form.dump() + "\n";
}

class GraphProcessVariation final : public ProcessVariation {
 public:
  GraphProcessVariation(const ProcessVariationParameters& parameters, const GraphSpace& space)
      : ProcessVariation(parameters, form_of(space.shape(), parameters.max_genes)),
        shape_(space.shape()),
        distance_(parameters),
        max_genes_(static_cast<std::size_t>(parameters.max_genes)) {}

  double distance(const Population& a, std::size_t row_a, const Population& b,
                  std::size_t row_b) const override {
    return distance_.between(population_of<const GraphPopulation>(a)[row_a],
                             population_of<const GraphPopulation>(b)[row_b]);
  }
  std::size_t genes(const Population& population, std::size_t row) const override {
    return population_of<const GraphPopulation>(population)[row].edges.size();
  }

 private:
  void append_parent(std::string& request, const Population& parents,
                     std::size_t row) const override {
    request += graph_to_line(graph_of(parents, row, shape_));
  }

  void read_child(const JsonValue& json, const Population& parents, Mating mating,
                  Population& children, std::size_t row, Stream& /*stream*/) const override {
    json.expect_members({"id", "structural_mutations", "nodes", "links"});
    const std::size_t genes =
        json.member("nodes").list().size() + json.member("links").list().size();
    if (genes > max_genes_) {
      json.fault("has " + counted(genes, "node") + " and links, but variation.max_genes is " +
                 std::to_string(max_genes_));
    }
    const GraphPopulation& from = graphs_of(parents, shape_);
    const GraphParents of = {
        .shape = shape_,
        .mother = from[mating.mother],
        .father = mating.father == Mating::kNone ? nullptr : &from[mating.father]};
    graphs_of(children, shape_)[row] = GraphReader(json, shape_, &of).read();
  }

  GraphSpace::Shape shape_;
  NeatDistance distance_;
  std::size_t max_genes_;
};

}  // namespace

std::unique_ptr<Variation> make_process_of(const ProcessVariationParameters& parameters,
                                           const GraphSpace& space) {
  return std::make_unique<GraphProcessVariation>(parameters, space);
}

}  // namespace cambrian
