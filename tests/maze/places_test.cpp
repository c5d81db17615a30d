#include "environments/maze/places.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include "environments/maze/robot.hpp"
#include "mazes.hpp"

namespace cambrian {
namespace {

using Place = std::vector<double>;

std::vector<Place> places_of(const std::vector<Terminal>& terminals) {
  std::vector<Place> places;
  for (const Terminal& terminal : terminals) places.push_back(terminal.position);
  return places;
}

/// Where a robot with heading 0 would have a sensor that looks along `degrees`, left positive.
void expect_direction(const Terminal& sensor, double degrees, double radius) {
  const double angle = degrees * std::numbers::pi / 180;
  EXPECT_NEAR(sensor.position[0], -std::sin(angle) * radius, 1e-12) << sensor.name;
  EXPECT_NEAR(sensor.position[1], std::cos(angle) * radius, 1e-12) << sensor.name;
}

TEST(Places, EachRangefinderSitsOnTheSideOnWhichItSeesAWall) {
  const NetworkInterface body = maze_body(Places::around, 1);
  for (const double degrees : {-90.0, -45.0, 0.0, 45.0, 90.0, 180.0}) {
    // Heading 0 looks along x: a wall across the ray at distance 30, as wide as one ray can meet.
    const double angle = degrees * std::numbers::pi / 180;
    const double c = std::cos(angle), s = std::sin(angle);
    Maze maze;
    maze.goal = {1000, 0};
    maze.walls = {{{30 * c - 5 * s, 30 * s + 5 * c}, {30 * c + 5 * s, 30 * s - 5 * c}}};
    const auto ranges = Robot<double>(maze).rangefinders();
    int seen = 0;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      if (ranges[i] == 1) continue;
      ++seen;
      expect_direction(body.sensors[i], degrees, 1.0);
    }
    EXPECT_EQ(seen, 1) << degrees;
  }
}

TEST(Places, EachRadarSitsOnTheSideOnWhichItSeesTheGoal) {
  const NetworkInterface body = maze_body(Places::around, 1);
  for (const double degrees : {-90.0, 0.0, 90.0, 180.0}) {
    const double angle = degrees * std::numbers::pi / 180;
    Maze maze;
    maze.goal = {100 * std::cos(angle), 100 * std::sin(angle)};
    maze.walls = {{{-200, -200}, {-200, 200}}};
    const auto radars = Robot<double>(maze).radars();
    EXPECT_EQ(std::count(radars.begin(), radars.end(), 1.0), 1);
    const auto lit = std::find(radars.begin(), radars.end(), 1.0) - radars.begin();
    expect_direction(body.sensors[kRangefinders + static_cast<std::size_t>(lit)], degrees, 0.6);
  }
}

TEST(Places, AroundIsTheDefaultAndExactOnTheAxes) {
  const auto body = make_maze("mazes/hard_maze.maze")->description().body;
  EXPECT_EQ(places_of(body.sensors), places_of(maze_body(Places::around, 1).sensors));
  EXPECT_EQ(body.sensors[0].position, (Place{1, 0}));
  EXPECT_EQ(body.sensors[2].position, (Place{0, 1}));
  EXPECT_EQ(body.sensors[5].position, (Place{0, -1}));
  EXPECT_EQ(body.sensors[7].position, (Place{-0.6, 0}));
  EXPECT_EQ(places_of(body.motors), (std::vector<Place>{{1, 0}, {0, 1}}));
  for (const Terminal& sensor : body.sensors) {
    for (const double x : sensor.position) EXPECT_FALSE(x == 0 && std::signbit(x)) << sensor.name;
  }
}

TEST(Places, RowsAreThePublishedOnes) {
  const NetworkInterface body = maze_body(Places::rows, 1);
  ASSERT_EQ(body.sensors.size(), 10U);
  EXPECT_EQ(body.sensors[0].position, (Place{-1, -1}));
  EXPECT_EQ(body.sensors[1].position, (Place{-0.6, -1}));
  EXPECT_EQ(body.sensors[5].position, (Place{1, -1}));
  EXPECT_EQ(body.sensors[6].position, (Place{-1, -1.2}));
  EXPECT_EQ(body.sensors[9].position, (Place{1, -1.2}));
  EXPECT_EQ(places_of(body.motors), (std::vector<Place>{{-1, 1}, {1, 1}}));
}

TEST(Places, AShuffleDealsTheSamePlacesAmongTheSensorsAndLeavesTheMotors) {
  const NetworkInterface around = maze_body(Places::around, 1);
  std::vector<Place> sorted = places_of(around.sensors);
  std::sort(sorted.begin(), sorted.end());
  std::set<std::vector<Place>> deals;
  for (std::int64_t shuffle = 0; shuffle < 20; ++shuffle) {
    const NetworkInterface body = maze_body(Places::shuffled, shuffle);
    const std::vector<Place> deal = places_of(body.sensors);
    EXPECT_EQ(deal, places_of(maze_body(Places::shuffled, shuffle).sensors));
    deals.insert(deal);
    std::vector<Place> places = deal;
    std::sort(places.begin(), places.end());
    EXPECT_EQ(places, sorted);
    EXPECT_EQ(places_of(body.motors), places_of(around.motors));
    for (std::size_t i = 0; i < body.sensors.size(); ++i) {
      EXPECT_EQ(body.sensors[i].name, around.sensors[i].name);
    }
  }
  EXPECT_EQ(deals.size(), 20U);
  EXPECT_EQ(deals.count(places_of(around.sensors)), 0U);
}

TEST(Places, RangefindersAndRadarsAreKindsOfTheirOwnWhereverTheySit) {
  for (const Places places : {Places::around, Places::rows, Places::shuffled}) {
    const NetworkInterface body = maze_body(places, 1);
    for (std::size_t i = 0; i < body.sensors.size(); ++i) {
      EXPECT_EQ(body.sensors[i].kind, i < kRangefinders ? "rangefinder" : "radar");
    }
  }
}

TEST(Places, AreChosenByTheEnvironmentsParameters) {
  MazeParameters parameters;
  parameters.places = Places::shuffled;
  parameters.shuffle = 7;
  const auto body = maze_environment().make(parameters, ShippedMazes())->description().body;
  EXPECT_EQ(places_of(body.sensors), places_of(maze_body(Places::shuffled, 7).sensors));
}

}  // namespace
}  // namespace cambrian
