// A space that has been given genomes begins with them.
#include <gmock/gmock.h>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kLength = 4;

std::unique_ptr<Population> given_vectors(std::size_t rows, float first) {
  auto vectors = std::make_unique<RealPopulation>(kLength);
  vectors->resize(rows);
  for (std::size_t i = 0; i < rows; ++i)
    std::ranges::fill(vectors->row(i), first + static_cast<float>(i));
  return vectors;
}

TEST(Start, GivenGenomesComeFirstAndRandomOnesDrawAsEver) {
  const StreamKey key = stream_key(1, "first");
  RealSpace random({}, kLength);
  RealSpace space({}, kLength);
  space.start_from(given_vectors(3, 10.0F));
  EXPECT_EQ(space.given(), 3U);
  RealPopulation expected(kLength);
  RealPopulation found(kLength);
  expected.resize(6);
  found.resize(6);
  random.initialise(expected, 0, 6, key, 0);
  space.initialise(found, 0, 6, key, 0);
  for (std::size_t i = 0; i < 6; ++i) {
    if (i < 3) std::ranges::fill(expected.row(i), 10.0F + static_cast<float>(i));
    EXPECT_TRUE(std::ranges::equal(found.row(i), expected.row(i))) << i;
  }
}

TEST(Start, ARowIsTheCandidateThatItsIdSays) {
  RealSpace space({}, kLength);
  space.start_from(given_vectors(3, 10.0F));
  RealPopulation found(kLength);
  found.resize(4);
  space.initialise(found, 1, 2, stream_key(1, "first"), 1);
  EXPECT_EQ(found.row(1)[0], 12.0F);
  EXPECT_LT(found.row(2)[0], 10.0F);  // candidate 3 is random
}

TEST(Start, AGenomeThatDoesNotFitIsNamedAndNoneIsTaken) {
  RealGenomeParameters parameters;
  parameters.bounds = RealGenomeParameters::Bounds::clip;
  parameters.range = {-2.0, 11.5};
  RealSpace space(parameters, kLength);
  try {
    space.start_from(given_vectors(3, 10.0F));
    FAIL() << "12 lies outside the bounds";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::StartsWith("genome 2: gene 0 is 12"));
  }
  EXPECT_EQ(space.given(), 0U);
}

}  // namespace
}  // namespace cambrian
