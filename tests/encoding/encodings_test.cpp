#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/dct.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/hyperneat.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "tests/encoding/bodies.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(Encodings, AreFiveWaysFromGenomeToNetwork) {
  std::set<std::string> names;
  for (const EncodingComponent& line : encodings()) names.insert(line.name);
  EXPECT_EQ(names, (std::set<std::string>{"direct_graph", "direct_vector", "dct", "hyperneat",
                                          "es_hyperneat"}));
}

TEST(Encodings, AreMadeFromTheirDefaultsForABody) {
  for (const EncodingComponent& line : encodings()) {
    const auto encoding = line.make(*line.parameters(), maze_body());
    const std::vector<GenomePart> genome = encoding->genome();
    ASSERT_EQ(genome.size(), 1U);
    EXPECT_EQ(genome[0].name, "");
    EXPECT_TRUE(genome[0].kind == "graph" || genome[0].kind == "real");
    EXPECT_NE(encoding->make_decoder(maze_body()), nullptr);
  }
}

/// The maze's body with one sensor more.
NetworkInterface larger_body() {
  NetworkInterface body = maze_body();
  body.sensors.push_back({"more", {0.0F, 1.0F}, {0.5, -1.1}});
  return body;
}

TEST(Encodings, OneServesSeveralBodiesWhereItsGenomesPaintTheNetwork) {
  for (const EncodingComponent& line : encodings()) {
    const auto encoding = line.make(*line.parameters(), maze_body());
    const GenomePart genome = encoding->genome().front();
    const bool painted = line.name != "direct_graph" && line.name != "direct_vector";
    if (!painted) {
      EXPECT_THAT([&] { encoding->make_decoder(larger_body()); },
                  ThrowsMessage<ConfigError>(HasSubstr(
                      "makes networks of 10 sensors and 2 motors from its genomes, but this body "
                      "has 11 and 2")));
      continue;
    }
    const auto graph = GraphGenomeParameters();
    const auto real = RealGenomeParameters();
    const auto space =
        genome.make(painted && genome.kind == "graph" ? static_cast<const Parameters&>(graph)
                                                      : static_cast<const Parameters&>(real));
    const auto population = space->make_population();
    population->resize(1);
    space->initialise(*population, 0, 1, stream_key(1, "bodies"), 0);
    for (const NetworkInterface& body : {maze_body(), larger_body()}) {
      const auto decoder = encoding->make_decoder(body);
      EXPECT_EQ(decoder->decode(*population, 0).inputs(), body.sensors.size()) << line.name;
      EXPECT_EQ(encoding->wiring(body, *population, 0).nodes.size(),
                decoder->decode(*population, 0).nodes() - 1)  // but the bias
          << line.name;
    }
  }
}

TEST(Encodings, RefuseBodiesThatTheirGenomesCannotPaint) {
  NetworkInterface two_kinds = maze_body();
  two_kinds.sensors[0].kind = "radar";
  EXPECT_THAT([&] { Hyperneat({}, maze_body()).make_decoder(two_kinds); },
              ThrowsMessage<ConfigError>(
                  HasSubstr("kind_coordinate: its CPPNs have 5 inputs, but this body")));
  DctParameters parameters;
  parameters.coefficients = 100;
  NetworkInterface small;
  small.sensors.resize(1);
  small.motors.resize(1);
  EXPECT_THROW(Dct(parameters, maze_body()).make_decoder(small), ConfigError);
}

TEST(Encodings, DecodersRefuseGenomesThatDoNotFit) {
  for (const EncodingComponent& line : encodings()) {
    const auto encoding = line.make(*line.parameters(), maze_body());
    const auto decoder = encoding->make_decoder(maze_body());
    RealPopulation vectors(3);
    vectors.resize(1);
    GraphPopulation graphs;
    graphs.resize(1);
    EXPECT_THROW(decoder->decode(vectors, 0), Error) << line.name;
    EXPECT_THROW(decoder->decode(graphs, 0), Error) << line.name;
  }
}

}  // namespace
}  // namespace cambrian
