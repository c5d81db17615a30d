#include "cambrian/genome/genome_kind.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(GenomeKinds, EachNamesAVariationThatThereIs) {
  const std::vector<VariationComponent> known = variations();
  for (const GenomeKind& kind : genome_kinds()) {
    EXPECT_NE(std::ranges::find(known, kind.variation, &VariationComponent::name), known.end());
    EXPECT_NE(kind.parameters(), nullptr);
  }
}

TEST(GenomeKinds, RealVectorsAreReadFromTheCellsOfALine) {
  const GenomeKind kind = real_kind();
  const RealSpace space({}, 3);
  RealPopulation population(3);
  population.resize(2);
  ASSERT_EQ(kind.cells(space), 3U);
  kind.parse(space, std::vector<std::string>{"1", "-2.5e-3", "0.1"}, population, 1);
  EXPECT_THAT(population.row(1), testing::ElementsAre(1.0F, -2.5e-3F, 0.1F));
  EXPECT_THAT(population.row(0), testing::Each(0.0F));
  for (const std::string cell : {"", "two", "1x"}) {
    EXPECT_THAT(
        [&] {
          kind.parse(space, std::vector<std::string>{"1", cell, "0"}, population, 0);
        },
        ThrowsMessage<Error>(HasSubstr("'" + cell + "' is not a number")));
  }
}

}  // namespace
}  // namespace cambrian
