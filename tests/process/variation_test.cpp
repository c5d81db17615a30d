#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/process_variation.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

/// What a program that answers every request with one line is refused for; or the first child's genes.
std::string outcome_of(const std::string& description, const std::string& answer,
                       const RealGenomeParameters& genome = {}) {
  const RealSpace space(genome, 2);
  ProcessVariationParameters parameters;
  parameters.command = {"sh", "-c",
                        "echo '" + description + "'; while read -r line; do " + answer + "; done"};
  try {
    const std::unique_ptr<Variation> variation = make_process_variation(parameters, space);
    RealPopulation parents(2), children(2);
    parents.resize(1);
    parents.row(0)[0] = parents.row(0)[1] = 0.5F;
    children.resize(1);
    const std::vector<Mating> matings = {{0, Mating::kNone}};
    variation->vary(parents, matings, children, {0, 1}, {}, 7);
    return std::to_string(children.row(0)[0]) + " " + std::to_string(children.row(0)[1]);
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(OutsideVariation, GivesParentsAndASeedAndTakesChildren) {
  // The mother as she came, with nothing for the father.
  EXPECT_EQ(
      outcome_of(R"({"cambrian":1})",
                 R"(case $line in *'"mothers":[[0.5,0.5]],"fathers":[null],"seeds":['[0-9]*']}')
                          echo '{"children":[[1.5,-2]]}';; *) exit 1;; esac)"),
      "1.500000 -2.000000");
}

TEST(OutsideVariation, BringsChildrenBackWithinTheBounds) {
  RealGenomeParameters genome;
  genome.bounds = RealGenomeParameters::Bounds::clip;
  EXPECT_EQ(outcome_of(R"({"cambrian":1})", R"(echo '{"children":[[1.5,-2]]}')", genome),
            "1.000000 -1.000000");
}

TEST(OutsideVariation, RefusesWhatIsNotAsTheProtocolSays) {
  const auto answered = [](const std::string& line) {
    return outcome_of(R"({"cambrian":1})", "echo '" + line + "'");
  };
  EXPECT_THAT(answered("no"), HasSubstr("is not JSON: no"));
  EXPECT_THAT(answered("[1]"), HasSubstr("is not an object: [1]"));
  EXPECT_THAT(answered("{}"), HasSubstr("has no 'children'"));
  EXPECT_THAT(answered(R"({"children":[],"more":1})"), HasSubstr("an unknown member 'more'"));
  EXPECT_THAT(answered(R"({"children":1})"), HasSubstr("something else than a list"));
  EXPECT_THAT(answered(R"({"children":[]})"),
              HasSubstr("has 0 entries in 'children', but 1 is expected: {\"children\":[]}"));
  EXPECT_THAT(answered(R"({"children":[[1]]})"), HasSubstr("is not 2 finite numbers"));
  EXPECT_THAT(answered(R"({"children":[[1,1e300]]})"), HasSubstr("is not 2 finite numbers"));
  EXPECT_THAT(outcome_of("{}", "true"), HasSubstr("an object without 'cambrian': 1"));
  EXPECT_THAT(outcome_of(R"({"cambrian":1,"mating_share":2})", "true"),
              HasSubstr("not a number from 0 to 1"));
}

TEST(OutsideVariation, ANumberThatIsNoneIsNamedAndQuotedWithItsPlace) {
  const std::string genes(1000, '1');
  for (const std::string word : {"NaN", "-Infinity", "nan", "-nan", "inf"}) {
    const std::string failure =
        outcome_of(R"({"cambrian":1})", "echo '{\"children\":[[1." + genes + "," + word + ",2]]}'");
    EXPECT_THAT(failure, HasSubstr("is not JSON, which has no NaN and no Infinity "
                                   "(at character 1018): ..."));
    EXPECT_THAT(failure, HasSubstr("1," + word + ",2]]}"));
  }
  EXPECT_THAT(outcome_of(R"({"cambrian":1})", R"(echo '{"children":"NaN"')"),
              HasSubstr("answered what is not JSON: {"));
}

TEST(OutsideVariation, AProgramThatDiesTwiceAtARequestEndsTheRunWithItsLastWords) {
  EXPECT_THAT(outcome_of(R"({"cambrian":1})", "echo 'no key' >&2; exit 1"),
              HasSubstr("exited with status 1: no key, twice at the same request"));
}

}  // namespace
}  // namespace cambrian
