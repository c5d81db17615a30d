#include "cambrian/query/elite_choice.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The row nearest to a point, in an archive with these bounds.
std::size_t nearest(const std::vector<double>& min, const std::vector<double>& max,
                    const std::vector<double>& descriptors, const std::vector<double>& point) {
  const run_file_tests::Folder folder;
  {
    RunFileWriter file(folder / "run.h5");
    const auto archive = file.root().group("archive");
    const std::vector<std::uint64_t> ids(descriptors.size() / min.size());
    archive->attribute("descriptor_min", min);
    archive->attribute("descriptor_max", max);
    archive->column("id", std::span<const std::uint64_t>(ids));
    archive->matrix("descriptor", std::span<const double>(descriptors), min.size());
    file.commit();
  }
  const RunFileReader file(folder / "run.h5");
  EliteChoice choice;
  choice.near = point;
  return elite_row(file, "archive", choice);
}

TEST(EliteChoice, NearnessIsInUnitsOfTheBoundsOfEachAxis) {
  // From (50, 0.5): row 0 is 20 of 100 away, row 1 0.5 of 1.
  EXPECT_EQ(nearest({0, 0}, {100, 1}, {30, 0.5, 50, 0.0}, {50, 0.5}), 0U);
  EXPECT_EQ(nearest({0, 0}, {100, 100}, {30, 0.5, 50, 0.0}, {50, 0.5}), 1U);
  EXPECT_EQ(nearest({-50, 0}, {50, 1}, {-20, 0.5, 0, 0.3, 1, 0.5}, {0, 0.5}), 2U);
}

TEST(EliteChoice, AnAxisWithoutBoundsCountsInItsOwnUnit) {
  for (const double high : {kInfinity, 0.0}) {
    EXPECT_EQ(nearest({0, 0}, {high, 10}, {3, 5, 0, 9}, {0, 5}), 1U) << high;
    EXPECT_EQ(nearest({0, 0}, {high, 10}, {0.3, 5, 0, 9}, {0, 5}), 0U) << high;
  }
}

TEST(EliteChoice, OfEquallyNearOnesTheFirst) {
  EXPECT_EQ(nearest({0}, {1}, {0.9, 0.4, 0.6, 0.4}, {0.5}), 1U);
}

}  // namespace
}  // namespace cambrian
