// Pictures and films of environments, against reference pictures and read back by libpng and giflib.
#include "cambrian/picture/scene_painter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "cambrian/core/error.hpp"
#include "cambrian/picture/gif.hpp"
#include "cambrian/picture/png.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"
#include "tests/picture/decode.hpp"

namespace cambrian {
namespace {

/// Mean difference of a channel, of 255, that is still the same picture: another C library's last
/// bits. A missing wall is four times as much.
constexpr double kTolerance = 0.1;

class DataFiles final : public Inputs {
 public:
  std::string read(const std::string& name) const override {
    std::ifstream in(source_folder() + "/data/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

/// A quarter of a circle through the hard maze, as the maze's own trace rows say it.
std::vector<Scene> maze_scenes(int moments = 41) {
  std::unique_ptr<Environment> maze;
  for (const EnvironmentComponent& environment : environments()) {
    if (environment.name == "maze") maze = environment.make(*environment.parameters(), DataFiles());
  }
  std::vector<Scene> scenes;
  for (int i = 0; i < moments; ++i) {
    const double angle = i * 90.0 / (moments - 1);
    const double radians = angle * std::acos(-1.0) / 180;
    const std::vector<double> row = {static_cast<double>(i),
                                     40 + 110 * std::sin(radians),
                                     60 + 110 * std::cos(radians),
                                     (360 - angle),
                                     3,
                                     0};
    scenes.push_back(maze->scene(row).value());
  }
  return scenes;
}

/// Two agents in an environment whose y grows upward.
std::vector<Scene> two_agents() {
  std::vector<Scene> scenes;
  for (int i = 0; i <= 20; ++i) {
    Scene scene;
    scene.min = {-10, 0};
    scene.max = {10, 8};
    scene.lines.push_back({SceneRole::wall, {{-10, 0}, {0, 1}, {10, 0}}});
    scene.circles.push_back({SceneRole::agent, {-8 + 0.7 * i, 4 + 3 * std::sin(0.4 * i)}, 0.6});
    scene.circles.push_back({SceneRole::goal, {8, 6}, 0.8});
    scene.circles.push_back({SceneRole::agent, {8 - 0.7 * i, 2 + 0.1 * i}, 0.6});
    scene.labels.push_back({SceneRole::goal, {8, 4.5}, "goal"});
    scenes.push_back(scene);
  }
  return scenes;
}

/// What is found is left in the folder for temporary files, to be looked at.
void expect_reference(const Image& image, const std::string& name) {
  std::ifstream in(source_folder() + "/tests/picture/" + name, std::ios::binary);
  const Image reference = decode_png({std::istreambuf_iterator<char>(in), {}});
  const double apart = difference(image, reference);
  if (apart < kTolerance) return;
  const auto found = std::filesystem::temp_directory_path() / ("cambrian_found_" + name);
  std::ofstream(found, std::ios::binary) << encode_png(image);
  ADD_FAILURE() << name << " differs by " << apart << " of 255 a channel; found: " << found;
}

TEST(ScenePainter, DrawsTheMazeAsTheReferenceShows) {
  const ScenePainter painter(maze_scenes(), "elite 7: goal proximity 135.92", 240);
  expect_reference(painter.paint(40), "maze.png");
}

TEST(ScenePainter, DrawsTwoAgentsAndYUpwardAsTheReferenceShows) {
  const ScenePainter painter(two_agents(), "two agents", 240);
  expect_reference(painter.paint(14), "two_agents.png");
}

TEST(ScenePainter, AReferenceWouldNoticeAMissingWall) {
  const Image whole = ScenePainter(maze_scenes(), "", 240).paint(40);
  std::vector<Scene> scenes = maze_scenes();
  for (Scene& scene : scenes) scene.lines.erase(scene.lines.begin() + 8);
  EXPECT_GT(difference(whole, ScenePainter(std::move(scenes), "", 240).paint(40)), kTolerance);
}

TEST(ScenePainter, TheFirstMomentHasNoPathYet) {
  const std::vector<Scene> scenes = maze_scenes();
  const Image first = ScenePainter(scenes, "", 240).paint(0);
  const Colour path = viridis(0.93 / 2);
  EXPECT_EQ(std::count(first.pixels.begin(), first.pixels.end(), path), 0);
  const Image last = ScenePainter(scenes, "", 240).paint(40);
  EXPECT_GT(std::count(last.pixels.begin(), last.pixels.end(), path), 0);
}

TEST(ScenePainter, NoWayLeadsToWhereAgentsBeginAnew) {
  std::vector<Scene> scenes(2);
  for (const std::size_t i : {0U, 1U}) {
    scenes[i].min = {-10, -10};
    scenes[i].max = {10, 10};
    scenes[i].circles.push_back({SceneRole::agent, {i == 0 ? -8.0 : 8.0, 0}, 1});
  }
  const auto middle = [](const Image& image) {
    return image.pixels[image.height / 2 * image.width + image.width / 2];
  };
  const Colour ground{255, 255, 255};
  EXPECT_NE(middle(ScenePainter(scenes, "", 240).paint(1)), ground);
  scenes[1].begins = true;
  EXPECT_EQ(middle(ScenePainter(scenes, "", 240).paint(1)), ground);
}

TEST(ScenePainter, ALegendHasALineOfItsOwn) {
  std::vector<Scene> scenes = two_agents();
  const Image without = ScenePainter(scenes, "two agents", 240).paint(20);
  for (Scene& scene : scenes) scene.legend = "red: the goal";
  const Image with = ScenePainter(scenes, "two agents", 240).paint(20);
  ASSERT_EQ(with.height, without.height + 9);  // 15 steps of the font's grid at 240 / 400
  const auto below = [](const Image& image, std::size_t rows) {
    return std::vector<Colour>(image.pixels.end() - static_cast<std::ptrdiff_t>(rows * image.width),
                               image.pixels.end());
  };
  EXPECT_EQ(below(with, 100), below(without, 100));
}

TEST(ScenePainter, CellsLieBelowEverythingInTheirShades) {
  Scene scene;
  scene.max = {2, 1};
  scene.cells = {{{0, 0}, {1, 1}, 1}, {{1, 0}, {2, 1}, 0.4}};
  scene.circles = {{SceneRole::goal, {0.5, 0.5}, 0.3}};
  const Image image = ScenePainter({scene}, "", 200).paint(0);  // margins of 10 and 20 pixels
  EXPECT_EQ(image.at(20, 30).red, 0);
  EXPECT_EQ(image.at(200, 110).red, 153);
  EXPECT_EQ(image.at(60, 70).red, 0xd6);
}

TEST(ScenePainter, CellsHaveTheColourOfTheirRole) {
  Scene scene;
  scene.max = {2, 1};
  scene.cells = {{{0, 0}, {1, 1}, 1, SceneRole::start}, {{1, 0}, {2, 1}, 0.5, SceneRole::start}};
  const Image image = ScenePainter({scene}, "", 200).paint(0);
  EXPECT_EQ(image.at(60, 70), (Colour{0x1f, 0x77, 0xb4}));
  EXPECT_EQ(image.at(160, 70), (Colour{143, 187, 218}));
}

TEST(ScenePainter, RefusesABoxThatIsEmptyOrNotFinite) {
  std::vector<Scene> scenes(1);
  EXPECT_THROW(ScenePainter(scenes, "", 100), Error);
  scenes[0].max = {1, std::numeric_limits<double>::infinity()};
  EXPECT_THROW(ScenePainter(scenes, "", 100), Error);
  scenes[0].max = {1, 1};
  EXPECT_NO_THROW(ScenePainter(scenes, "", 100));
}

TEST(Png, ReadsBackEveryPixel) {
  const Image image = ScenePainter(two_agents(), "two agents", 100).paint(9);
  EXPECT_EQ(largest_difference(decode_png(encode_png(image)), image), 0);
}

TEST(Gif, FramesReadBackAsTheyWereWithinThePalettesSteps) {
  const ScenePainter painter(two_agents(), "two agents", 160);
  GifFilm film(painter.paint(20));
  for (std::size_t i = 0; i < 20; ++i) film.add(painter.paint(i), 5);
  film.add(painter.paint(20), 200);
  const std::vector<Frame> frames = decode_gif(film.finish());
  ASSERT_EQ(frames.size(), 21u);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const Image image = painter.paint(i);
    EXPECT_LT(difference(frames[i].image, image), 0.3) << i;
    EXPECT_LT(largest_difference(frames[i].image, image), 64) << i;
    EXPECT_EQ(frames[i].hundredths, i < 20 ? 5 : 200);
  }
}

TEST(Gif, AFrameLikeTheOneBeforeIsAFrameOfItsOwn) {
  const Image image(30, 20, {200, 30, 60});
  GifFilm film(image);
  film.add(image, 5);
  film.add(image, 7);
  const std::vector<Frame> frames = decode_gif(film.finish());
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(largest_difference(frames[1].image, image), 0);
}

}  // namespace
}  // namespace cambrian
