// The cells of mazes of very many walls.
#include "environments/maze/wall_cells.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "environments/maze/sine_cosine.hpp"
#include "environments/maze/wall_field.hpp"

namespace cambrian {
namespace {

/// Walls of random places and directions. @param span  of the maze  @param longest  of a wall
std::vector<Wall> random_walls(std::size_t count, double span, double longest) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> u(0, 1);
  std::vector<Wall> walls;
  while (walls.size() < count) {
    const Point a = {span * u(random), span * u(random)};
    walls.push_back({a, {a.x + longest * (u(random) - 0.5), a.y + longest * (u(random) - 0.5)}});
  }
  return walls;
}

std::size_t held(const WallCells& grid) {
  std::size_t walls = 0;
  for (const WallCells::Cell& cell : grid.cells) walls += cell.walls.size();
  return walls;
}

/// How often of many places a field sees and touches otherwise than one wall after another.
std::size_t differences(const std::vector<Wall>& walls, double span) {
  const WallField<double> field(walls, 100, 8);
  std::vector<WallField<double>> alone;
  for (const Wall& wall : walls) alone.push_back(WallField<double>({wall}, 100, 8));
  std::mt19937 random(2);
  std::uniform_real_distribution<double> u(0, 1);
  std::size_t differ = 0;
  for (int i = 0; i < 300; ++i) {
    const double x = span * u(random), y = span * u(random);
    const auto [sine, cosine] = sine_cosine(360 * u(random));
    std::array<double, kRangefinders> nearest;
    nearest.fill(1);
    bool blocks = false;
    for (const auto& wall : alone) {
      const auto seen = wall.ranges(x, y, cosine, sine);
      for (std::size_t k = 0; k < kRangefinders; ++k) nearest[k] = std::min(nearest[k], seen[k]);
      blocks |= wall.blocks(x, y);
    }
    differ += field.ranges(x, y, cosine, sine) != nearest || field.blocks(x, y) != blocks ? 1 : 0;
  }
  return differ;
}

TEST(WallCells, LeaveOutNothingThatIsSeenAmongThousandsOfWalls) {
  EXPECT_EQ(differences(random_walls(3000, 300, 100), 300), 0U);
  EXPECT_EQ(differences(random_walls(3000, 2000, 150), 2000), 0U);
  EXPECT_EQ(differences(random_walls(3000, 200, 2), 200), 0U);
}

TEST(WallCells, LeaveOutMostOfThousandsOfWallsThatHideEachOther) {
  const auto walls = random_walls(3000, 300, 100);
  const WallCells grid = make_wall_cells(walls, 100, 8);
  EXPECT_EQ(grid.cells.size(), grid.rows * grid.columns);
  EXPECT_LT(held(grid), grid.cells.size() * walls.size() / 20);
}

TEST(WallCells, AreFewerWhereNothingHidesAndWallsAreMany) {
  const auto walls = random_walls(30000, 300, 1);
  const WallCells grid = make_wall_cells(walls, 100, 8);
  EXPECT_LE(held(grid), 1U << 19U);
  EXPECT_GT(held(grid), walls.size() / 2);
}

TEST(WallCells, HoldMoreWallsThanSixteenBitsCount) {
  // Beyond the grid all walls are looked at, and the last of them is the only one in sight.
  std::vector<Wall> walls(270'000, Wall{{1000, 0}, {1001, 1}});
  walls.push_back({{0, -10}, {0, 10}});
  const WallField<double> field(walls, 100, 8);
  EXPECT_EQ(field.ranges(-50, 0, 1, 0)[2], 0.5);
  EXPECT_TRUE(field.blocks(-7, 0));
}

TEST(WallCells, StandTheFarthestAndTheShortestWallsThatAMazeMayHave) {
  const WallField<float> far({{{-1e6, -1e6}, {1e6, -1e6}}, {{1e6, -1e6}, {1e6, 1e6}}}, 100, 8);
  EXPECT_FLOAT_EQ(far.ranges(999'950, 0, 1, 0)[2], 0.5F);
  EXPECT_TRUE(far.blocks(999'995, 0));
  const WallField<double> tiny({{{0, 0}, {1e-6, 0}}, {{30, 0}, {30, 1}}}, 100, 8);
  EXPECT_TRUE(tiny.blocks(-7, 0));
  EXPECT_FALSE(tiny.blocks(-9, 0));
}

}  // namespace
}  // namespace cambrian
