#include "network.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian::python {

BoundNetwork::BoundNetwork(std::shared_ptr<void> owner, const Encoding& encoding,
                           const NetworkInterface& body, std::unique_ptr<Population> genome)
    : owner_(std::move(owner)),
      body_(body),
      genome_(std::move(genome)),
      decoder_(encoding.make_decoder(body)),
      network_(&decoder_->decode(*genome_, 0)),
      sensors_(body.sensors, SignalMap::Direction::sensors_to_network),
      motors_(body.motors, SignalMap::Direction::network_to_motors) {
  sensors_.fit(network_->input_range());
  motors_.fit(network_->output_range());
}

void BoundNetwork::reset(std::size_t lanes, std::uint64_t seed) {
  if (lanes == 0) throw Error("lanes: is 0, but at least 1 is expected");
  Stream birth(stream_key(seed, "birth"), 0);
  network_->reset(lanes, birth);
  lanes_ = lanes;
}

nb::object BoundNetwork::activate(const Signals& signals) {
  const std::size_t dimensions = signals.ndim();
  if (dimensions != 1 && dimensions != 2)
    throw ShapeError("signals: expected [sensors] or [lanes, sensors]");
  const std::size_t lanes = dimensions == 1 ? 1 : signals.shape(0);
  check_count("sensors", signals.shape(dimensions - 1), body_.sensors.size());
  if (lanes != lanes_) {
    const bool forgets = network_->stateful() || network_->learns();
    if (lanes_ != 0 && forgets) {
      throw ShapeError("signals: are of " + std::to_string(lanes) +
                       " lanes, but the network lives in " + std::to_string(lanes_) +
                       "; reset() begins anew");
    }
    reset(lanes, 0);
  }
  std::vector<float> in(signals.data(), signals.data() + signals.size());
  std::vector<float> out(lanes * body_.motors.size());
  {
    const nb::gil_scoped_release release;
    sensors_.apply(in);
    network_->activate(in, out);
    motors_.apply(out);
  }
  if (dimensions == 1) return owned_array(out.data(), {out.size()});
  return owned_array(out.data(), {lanes, body_.motors.size()});
}

std::unique_ptr<Population> population_of_one(const GenomeSpace& space, nb::handle genome) {
  std::unique_ptr<Population> made = space.make_population();
  made->resize(1);
  if (auto* graphs = dynamic_cast<GraphPopulation*>(made.get())) {
    if (!nb::isinstance<Graph>(genome))
      throw nb::type_error("genome: is not a Graph, but is expected to be one");
    (*graphs)[0] = nb::cast<const Graph&>(genome);
  } else if (auto* vectors = dynamic_cast<RealPopulation*>(made.get())) {
    nb::ndarray<const float, nb::c_contig, nb::ndim<1>> genes;
    if (!nb::try_cast(genome, genes))
      throw nb::type_error("genome: is not an array of numbers, but float32 [genes] is expected");
    check_count("genes", genes.size(), vectors->length());
    std::copy_n(genes.data(), genes.size(), vectors->row(0).data());
  } else {
    throw Error("genomes of kind '" + std::string(space.kind()) + "' cannot be given from Python");
  }
  space.check(*made, 0);
  return made;
}

void bind_networks(nb::module_& module) {
  nb::class_<BoundNetwork>(module, "Network", "A decoded genome: a network from sensors to motors.")
      .def("reset", &BoundNetwork::reset, nb::arg("lanes") = 1, nb::arg("seed") = 0,
           "Birth: forgets everything and prepares for `lanes` independent patterns. Networks that "
           "draw at birth draw from `seed`.")
      .def(
          "activate", &BoundNetwork::activate, nb::arg("signals"),
          "One update of all lanes: float32 [sensors] or [lanes, sensors], in the sensors' ranges, "
          "to float32 [motors] or [lanes, motors] in the motors' ranges. A network without memory "
          "takes any number of lanes; another keeps the number of its first call until reset().\n\n"
          "Raises ValueError for another number of sensors.")
      .def(
          "activate",
          [](BoundNetwork& n, nb::object signals) {
            const nb::object numpy = nb::module_::import_("numpy");
            return n.activate(
                nb::cast<Signals>(numpy.attr("ascontiguousarray")(signals, numpy.attr("float32"))));
          },
          nb::arg("signals"), "The same of anything that NumPy makes an array of.")
      .def(
          "set_learning", [](BoundNetwork& n, bool on) { n.network().set_learning(on); },
          nb::arg("on"), "Whether its links go on learning. Birth turns learning on.")
      .def_prop_ro("learns", [](BoundNetwork& n) { return n.network().learns(); })
      .def_prop_ro("stateful", [](BoundNetwork& n) { return n.network().stateful(); })
      .def_prop_ro("sensors",
                   [](BoundNetwork& n) {
                     std::vector<std::string> names;
                     for (const Terminal& t : n.body().sensors) names.push_back(t.name);
                     return names;
                   })
      .def_prop_ro("motors",
                   [](BoundNetwork& n) {
                     std::vector<std::string> names;
                     for (const Terminal& t : n.body().motors) names.push_back(t.name);
                     return names;
                   })
      .def_prop_ro(
          "nodes",
          [](BoundNetwork& n) {
            nb::list nodes;
            for (const Wiring::Node& node : n.wiring().nodes) {
              nb::dict one;
              one["kind"] = std::string(kind_name(node.kind));
              one["layer"] = node.layer;
              one["activation"] = std::string(activation_name(node.function));
              one["bias"] = node.bias;
              one["place"] = nb::make_tuple(node.place.x, node.place.y, node.place.z);
              nodes.append(one);
            }
            return nodes;
          },
          "Its neurons, sensors first: dictionaries of kind, layer, activation, bias and place.")
      .def_prop_ro(
          "links",
          [](BoundNetwork& n) {
            nb::list links;
            for (const Wiring::Link& link : n.wiring().links)
              links.append(nb::make_tuple(link.source, link.target, link.weight));
            return links;
          },
          "Its links as tuples (source, target, weight); ends are places in `nodes`.")
      .def("__repr__", [](BoundNetwork& n) {
        return "Network(" + std::to_string(n.body().sensors.size()) + " sensors, " +
               std::to_string(n.body().motors.size()) + " motors, " +
               std::to_string(n.network().links()) + " links)";
      });
}

}  // namespace cambrian::python
