#include "apps/series_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cambrian::apps {
namespace {

using testing::HasSubstr;

RunSummary run(double best, double coverage, std::optional<std::uint64_t> solved) {
  RunSummary summary;
  summary.objective_best = best;
  summary.can_be_solved = true;
  summary.solved_evaluation = solved;
  ArchiveSummary archive;
  archive.name = "archive";
  archive.coverage = coverage;
  archive.qd_score = 10 * best;
  summary.archives = {archive};
  return summary;
}

TEST(SeriesSummary, QuartilesAreInterpolatedAsNumpyDoes) {
  EXPECT_FALSE(quartiles({}));
  const auto of_one = quartiles({7});
  EXPECT_EQ(of_one->lower, 7);
  EXPECT_EQ(of_one->upper, 7);
  // numpy.percentile([10, 1, 4, 2], [25, 50, 75])
  const auto of_four = quartiles({10, 1, 4, 2});
  EXPECT_DOUBLE_EQ(of_four->lower, 1.75);
  EXPECT_DOUBLE_EQ(of_four->median, 3.0);
  EXPECT_DOUBLE_EQ(of_four->upper, 5.5);
}

TEST(SeriesSummary, EvaluationsToSuccessAreOfTheRunsThatSolvedTheirTask) {
  const SeriesSummary series =
      summarise_series({run(1, 0.1, 1000), run(2, 0.2, {}), run(3, 0.3, 3000)});
  EXPECT_EQ(series.runs, 3U);
  EXPECT_EQ(series.solved, 2U);
  EXPECT_EQ(series.evaluations_to_success->median, 2000);
  EXPECT_EQ(series.objective_best->median, 2);
  EXPECT_DOUBLE_EQ(series.coverage->lower, 0.15);
  EXPECT_EQ(series.qd_score->upper, 25);
  EXPECT_THAT(text_of(series),
              HasSubstr("\nsolved at (2 of 3 runs)               1500            2000            "
                        "2500\n"));
  const auto json = to_json(series);
  EXPECT_EQ(json["solved"], 2);
  EXPECT_EQ(json["evaluations_to_success"]["upper_quartile"], 2500);
}

TEST(SeriesSummary, SaysNothingOfWhatNoRunHas) {
  const SeriesSummary series = summarise_series({RunSummary(), RunSummary()});
  EXPECT_EQ(text_of(series), "");
  EXPECT_TRUE(to_json(series)["coverage"].is_null());
}

}  // namespace
}  // namespace cambrian::apps
