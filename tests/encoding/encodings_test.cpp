#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cambrian/encoding/encoding.hpp"
#include "tests/encoding/bodies.hpp"

namespace cambrian {
namespace {

TEST(Encodings, AreFourWaysFromGenomeToNetwork) {
  std::set<std::string> names;
  for (const EncodingComponent& line : encodings()) names.insert(line.name);
  EXPECT_EQ(names, (std::set<std::string>{"direct_graph", "direct_vector", "dct", "hyperneat"}));
}

TEST(Encodings, AreMadeFromTheirDefaultsForABody) {
  for (const EncodingComponent& line : encodings()) {
    const auto encoding = line.make(*line.parameters(), maze_body());
    EXPECT_TRUE(encoding->genome_kind() == "graph" || encoding->genome_kind() == "real");
    EXPECT_NE(encoding->make_decoder(), nullptr);
  }
}

}  // namespace
}  // namespace cambrian
