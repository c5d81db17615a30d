// Shapes cover as many pixels as their area says, colours are matplotlib's, text is readable.
#include "cambrian/picture/canvas.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "cambrian/picture/stroke_font.hpp"

namespace cambrian {
namespace {

constexpr Colour kWhite{255, 255, 255};
constexpr Colour kBlack{0, 0, 0};

/// Black on white: how much is covered, in pixels.
double covered(const Image& image) {
  double sum = 0;
  for (const Colour& pixel : image.pixels) sum += (255 - pixel.red) / 255.0;
  return sum;
}

TEST(Canvas, ADiscCoversItsAreaWhereverItLies) {
  for (const double shift : {0.0, 0.25, 0.5, 0.8}) {
    Canvas canvas(60, 60, kWhite);
    canvas.disc({30 + shift, 28 - shift}, 11, kBlack);
    EXPECT_NEAR(covered(canvas.image()), std::numbers::pi * 121, 2) << shift;
  }
}

TEST(Canvas, ARingCoversItsArea) {
  Canvas canvas(60, 60, kWhite);
  canvas.ring({30, 30}, 15, 3, kBlack);
  EXPECT_NEAR(covered(canvas.image()), 2 * std::numbers::pi * 15 * 3, 3);
}

TEST(Canvas, AStrokeIsARectangleWithRoundEndsInEveryDirection) {
  for (const double angle : {0.0, 0.3, 1.0, 2.2}) {
    Canvas canvas(80, 80, kWhite);
    const std::vector<ScenePoint> line = {{40 - 20 * std::cos(angle), 40 - 20 * std::sin(angle)},
                                          {40 + 20 * std::cos(angle), 40 + 20 * std::sin(angle)}};
    canvas.stroke(line, 4, kBlack);
    EXPECT_NEAR(covered(canvas.image()), 40 * 4 + std::numbers::pi * 4, 3) << angle;
  }
}

TEST(Canvas, RectanglesThatTouchLeaveNoSeamAndDoNotOverlap) {
  Canvas canvas(20, 10, kWhite);
  canvas.rectangle({10.3, 8.6}, {2.2, 3.1}, kBlack);  // corners in any order
  EXPECT_EQ(covered(canvas.image()), 8 * 6);
  canvas.rectangle({10.3, 3.1}, {14.9, 8.6}, kBlack);
  EXPECT_EQ(covered(canvas.image()), 13 * 6);
}

TEST(Canvas, WhatLiesOutsideIsLeftOutHoweverFar) {
  Canvas canvas(20, 10, kWhite);
  canvas.disc({-50, 5}, 10, kBlack);
  canvas.disc({1e300, 1e300}, 10, kBlack);
  const std::vector<ScenePoint> line = {{-100, -3}, {100, -3}};
  canvas.stroke(line, 2, kBlack);
  EXPECT_EQ(covered(canvas.image()), 0);
  canvas.disc({0, 0}, 5, kBlack);
  EXPECT_NEAR(covered(canvas.image()), std::numbers::pi * 25 / 4, 1);
}

TEST(Viridis, IsCloseToMatplotlibs) {
  // matplotlib.colormaps['viridis'](t), matplotlib 3.6
  const std::vector<std::pair<double, Colour>> known = {
      {0.0, {68, 1, 84}},    {0.25, {59, 82, 139}}, {0.5, {33, 145, 140}},
      {0.75, {94, 201, 98}}, {1.0, {253, 231, 37}},
  };
  for (const auto& [t, expected] : known) {
    const Colour colour = viridis(t);
    EXPECT_NEAR(colour.red, expected.red, 6) << t;
    EXPECT_NEAR(colour.green, expected.green, 6) << t;
    EXPECT_NEAR(colour.blue, expected.blue, 6) << t;
  }
  EXPECT_EQ(viridis(-3), viridis(0));
  EXPECT_EQ(viridis(7), viridis(1));
}

TEST(StrokeFont, EveryLetterDigitAndSignHasAGlyphOfItsOwn) {
  const auto strange = text_strokes("\x7f");
  std::vector<std::vector<std::vector<ScenePoint>>> seen;
  const auto same = [](const auto& a, const auto& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i].size() != b[i].size()) return false;
      for (std::size_t j = 0; j < a[i].size(); ++j) {
        if (a[i][j].x != b[i][j].x || a[i][j].y != b[i][j].y) return false;
      }
    }
    return true;
  };
  for (const char letter : std::string("abcdefghijklmnopqrstuvwxyz0123456789.,:-_=+/()%")) {
    const auto strokes = text_strokes(std::string(1, letter));
    EXPECT_FALSE(same(strokes, strange)) << letter;
    for (const auto& other : seen) EXPECT_FALSE(same(strokes, other)) << letter;
    seen.push_back(strokes);
  }
}

TEST(StrokeFont, WidthIsThatOfTheInk) {
  EXPECT_EQ(text_width("x"), 4);
  EXPECT_EQ(text_width("xx"), 10);
  EXPECT_EQ(text_width("X"), text_width("x"));
  EXPECT_EQ(text_width(""), 0);
}

}  // namespace
}  // namespace cambrian
