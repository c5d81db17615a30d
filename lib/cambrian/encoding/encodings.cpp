#include "cambrian/core/error.hpp"
#include "cambrian/encoding/dct.hpp"
#include "cambrian/encoding/direct_graph.hpp"
#include "cambrian/encoding/direct_vector.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/es_hyperneat.hpp"
#include "cambrian/encoding/hyperneat.hpp"

namespace cambrian {
namespace {

template <class Made, class P>
EncodingComponent line(std::string name, std::string summary, std::string source) {
  return component<Encoding, Made, P, const NetworkInterface&>(std::move(name), std::move(summary),
                                                               std::move(source));
}

}  // namespace

Wiring Decoder::wiring() const {
  throw Error("networks of this encoding cannot be shown as neurons and links");
}

Wiring Encoding::wiring(const NetworkInterface& body, const Population& population,
                        std::size_t row) const {
  const std::unique_ptr<Decoder> decoder = make_decoder(body);
  decoder->decode(population, row);
  return decoder->wiring();
}

void require_terminals(const NetworkInterface& body, std::size_t sensors, std::size_t motors) {
  if (body.sensors.size() == sensors && body.motors.size() == motors) return;
  throw ConfigError("name", "makes networks of " + std::to_string(sensors) + " sensors and " +
                                std::to_string(motors) +
                                " motors from its genomes, but this body has " +
                                std::to_string(body.sensors.size()) + " and " +
                                std::to_string(body.motors.size()));
}

std::vector<EncodingComponent> encodings() {
  return {
      line<DirectGraph, DirectGraphParameters>("direct_graph",
                                               "the graph is the network (NEAT), recurrent",
                                               "Stanley & Miikkulainen 2002"),
      line<DirectVector, DirectVectorParameters>(
          "direct_vector", "the vector holds the weights and biases of fixed layers",
          "as in pyribs' and QDax's examples"),
      line<Dct, DctParameters>("dct", "a few cosine coefficients paint the weights of fixed layers",
                               "Koutnik, Gomez & Schmidhuber 2010"),
      line<Hyperneat, HyperneatParameters>("hyperneat",
                                           "a CPPN paints a substrate laid out like the body",
                                           "Stanley, D'Ambrosio & Gauci 2009"),
      line<EsHyperneat, EsHyperneatParameters>(
          "es_hyperneat", "a CPPN also says where hidden neurons are, by a quadtree",
          "Risi & Stanley 2012"),
  };
}

}  // namespace cambrian
