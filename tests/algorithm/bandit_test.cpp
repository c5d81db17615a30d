#include "cambrian/algorithm/bandit.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

BanditParameters choosing(std::int64_t active, BanditParameters::Reselect reselect) {
  BanditParameters parameters;
  parameters.active = active;
  parameters.reselect = reselect;
  return parameters;
}

TEST(Bandit, TriesEachEmitterBeforeItPrefersOne) {
  Bandit bandit(choosing(1, BanditParameters::Reselect::all), 3);
  const std::vector<std::uint64_t> restarts(3);
  for (std::size_t e = 0; e < 3; ++e) {
    ASSERT_THAT(bandit.choose(restarts), ElementsAre(e));
    bandit.note(e, 10, e == 1 ? 9 : 0);
  }
  EXPECT_THAT(bandit.choose(restarts), ElementsAre(1U));
}

TEST(Bandit, ScoresByTheFormulaOfUcb1) {
  Bandit bandit(choosing(2, BanditParameters::Reselect::all), 2);
  bandit.note(0, 100, 25);
  bandit.note(1, 300, 60);
  EXPECT_DOUBLE_EQ(bandit.score(0), 0.25 + 0.05 * std::sqrt(std::log(400.0) / 100));
  EXPECT_DOUBLE_EQ(bandit.score(1), 0.2 + 0.05 * std::sqrt(std::log(400.0) / 300));
}

TEST(Bandit, CountsSuccessesAloneAsPyribsDoes) {
  BanditParameters parameters = choosing(2, BanditParameters::Reselect::all);
  parameters.total = BanditParameters::Total::accepted;
  Bandit bandit(parameters, 2);
  bandit.note(0, 100, 25);
  bandit.note(1, 300, 60);
  EXPECT_DOUBLE_EQ(bandit.score(0), 0.25 + 0.05 * std::sqrt(std::log(85.0) / 100));
}

TEST(Bandit, KeepsAnEmitterUntilItBeginsAnew) {
  Bandit bandit(choosing(1, BanditParameters::Reselect::terminated), 2);
  ASSERT_THAT(bandit.choose(std::vector<std::uint64_t>{0, 0}), ElementsAre(0U));
  bandit.note(0, 10, 0);
  ASSERT_THAT(bandit.choose(std::vector<std::uint64_t>{0, 0}), ElementsAre(0U));
  bandit.note(0, 10, 0);
  EXPECT_THAT(bandit.choose(std::vector<std::uint64_t>{1, 0}), ElementsAre(1U));
}

TEST(Bandit, ContinuesWhereItWasSaved) {
  const BanditParameters parameters = choosing(1, BanditParameters::Reselect::terminated);
  Bandit first(parameters, 3);
  first.choose(std::vector<std::uint64_t>{0, 0, 0});
  first.note(0, 10, 3);
  StateTree tree;
  first.save(*tree.writer());
  Bandit second(parameters, 3);
  second.load(*tree.reader());
  for (std::uint64_t restart = 1; restart < 20; ++restart) {
    const std::vector<std::uint64_t> restarts{restart / 2, restart, restart / 3};
    const auto a = first.choose(restarts);
    const auto b = second.choose(restarts);
    ASSERT_TRUE(std::ranges::equal(a, b));
    for (const std::size_t e : a) {
      first.note(e, 10, (restart * (e + 1)) % 7);
      second.note(e, 10, (restart * (e + 1)) % 7);
    }
  }
}

TEST(Bandit, RefusesMoreActiveEmittersThanThereAre) {
  EXPECT_THROW(Bandit(choosing(3, BanditParameters::Reselect::all), 2), ConfigError);
}

TEST(Bandit, RefusesKeysOfAChoiceThatIsNotMade) {
  const auto refused = [](const BanditParameters& parameters) -> std::string {
    try {
      const Bandit bandit(parameters, 3);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "made";
  };
  BanditParameters parameters = choosing(0, BanditParameters::Reselect::all);
  EXPECT_EQ(refused(parameters),
            "reselect: has no effect while active_emitters is 0; leave it out");
  parameters = {};
  parameters.exploration = 0.5;
  EXPECT_EQ(refused(parameters),
            "exploration: has no effect while active_emitters is 0; leave it out");
  parameters.active = 2;
  EXPECT_EQ(refused(parameters), "made");
  parameters = {};
  parameters.total = BanditParameters::Total::accepted;  // as the preset pyribs
  EXPECT_EQ(refused(parameters), "made");
}

}  // namespace
}  // namespace cambrian
