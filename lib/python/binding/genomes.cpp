#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>

#include "binding.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/ragged/ragged_population.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian::python {

nb::object SpareMemory::array(const float* from, std::vector<std::size_t> shape) {
  std::size_t size = 1;
  for (const std::size_t extent : shape) size *= extent;
  auto block = std::make_unique<Block>(Block{spare_, {}});
  if (!spare_->empty()) {
    block->numbers = std::move(spare_->back());
    spare_->pop_back();
  }
  block->numbers.assign(from, from + size);
  float* data = block->numbers.data();
  // Python frees an array with the GIL held, as it asks for one.
  const nb::capsule owner(block.release(), [](void* held) noexcept {
    const std::unique_ptr<Block> freed(static_cast<Block*>(held));
    if (freed->spare->size() < kKept) freed->spare->push_back(std::move(freed->numbers));
  });
  return nb::cast(nb::ndarray<nb::numpy, float>(data, shape.size(), shape.data(), owner));
}

nb::object genome_of(const Population& population, std::size_t row) {
  if (const auto* graphs = dynamic_cast<const GraphPopulation*>(&population))
    return nb::cast((*graphs)[row]);
  if (const auto* vectors = dynamic_cast<const RealPopulation*>(&population))
    return owned_array(vectors->row(row).data(), {vectors->length()});
  throw Error("genomes of kind '" + std::string(population.kind()) +
              "' have no form in Python yet");
}

void bind_genomes(nb::module_& module) {
  nb::class_<NodeGene>(module, "Node", "A node of a graph genome.")
      .def_prop_ro("kind", [](const NodeGene& n) { return std::string(kind_name(n.kind)); })
      .def_prop_ro("activation",
                   [](const NodeGene& n) { return std::string(activation_name(n.activation)); })
      .def_ro("bias", &NodeGene::bias)
      .def_ro("innovation", &NodeGene::mark)
      .def("__repr__", [](const NodeGene& n) {
        return "Node(" + std::string(kind_name(n.kind)) + ", " +
               std::string(activation_name(n.activation)) + ")";
      });
  nb::class_<EdgeGene>(module, "Link", "An edge of a graph genome; its ends are places in `nodes`.")
      .def_ro("source", &EdgeGene::source)
      .def_ro("target", &EdgeGene::target)
      .def_ro("weight", &EdgeGene::weight)
      .def_ro("enabled", &EdgeGene::enabled)
      .def_ro("innovation", &EdgeGene::mark)
      .def("__repr__", [](const EdgeGene& e) {
        return "Link(" + std::to_string(e.source) + " -> " + std::to_string(e.target) + ", " +
               std::to_string(e.weight) + ")";
      });
  nb::class_<Graph>(module, "Graph", "A graph genome: a CPPN, or a network that NEAT grows.")
      .def_prop_ro("nodes", [](const Graph& g) { return g.nodes; })
      .def_prop_ro("links", [](const Graph& g) { return g.edges; })
      .def(
          "to_json",
          [](const Graph& g) {
            return graphs_to_json(std::vector{IdentifiedGraph{0, g}});
          },
          "The genome as `cambrian export` writes it; `cambrian evaluate --genomes` reads it.")
      .def("__getstate__",
           [](const Graph& g) {
             const auto count = [&g](NodeKind kind) {
               return std::ranges::count(g.nodes, kind, &NodeGene::kind);
             };
             return std::make_tuple(graphs_to_json(std::vector{IdentifiedGraph{0, g}}),
                                    static_cast<std::size_t>(count(NodeKind::input)),
                                    static_cast<std::size_t>(count(NodeKind::output)));
           })
      .def("__setstate__",
           [](Graph& g, const std::tuple<std::string, std::size_t, std::size_t>& state) {
             const auto& [json, inputs, outputs] = state;
             const GraphForm form{.inputs = inputs, .outputs = outputs, .acyclic = false};
             new (&g) Graph(graphs_from_json(json, "pickle", form).at(0).graph);
           })
      .def("__repr__", [](const Graph& g) {
        return "Graph(" + std::to_string(g.nodes.size()) + " nodes, " +
               std::to_string(g.edges.size()) + " links)";
      });
}

}  // namespace cambrian::python
