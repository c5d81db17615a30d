#include "cambrian/run/suite.hpp"

#include <gtest/gtest.h>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

constexpr const char* kMedium =
    "[[environments]]\nname = 'maze'\nlabel = 'medium'\nmaze = 'mazes/medium_maze.maze'\n";
constexpr const char* kHard =
    "[[environments]]\nname = 'maze'\nlabel = 'hard'\nmaze = 'mazes/hard_maze.maze'\n";

Suite suite(const std::string& text) {
  const RecordedInputs inputs({data_folder()});
  Configuration configuration = Configuration::from_text(text, "a.toml");
  return read_suite(configuration, environments(), inputs);
}

std::string refused(const std::string& text) {
  try {
    suite(text);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(Suite, OneEnvironmentIsNamedAsItself) {
  const Suite one = suite("[environment]\nname = 'sphere'\ndimensions = 7\n");
  EXPECT_EQ(one.name, "sphere");
  ASSERT_EQ(one.members.size(), 1U);
  EXPECT_EQ(one.description.vector_length, 7U);
}

TEST(Suite, OfTwoMazesHasTheirLabelsAndBoundsThatHoldInBoth) {
  const Suite two = suite(std::string(kMedium) + kHard);
  EXPECT_EQ(two.name, "medium, hard");
  ASSERT_EQ(two.members.size(), 2U);
  const auto one = [](const char* text) { return suite(text).description.measures; };
  const auto medium = one("[environment]\nname = 'maze'\nmaze = 'mazes/medium_maze.maze'\n");
  const auto hard = one("[environment]\nname = 'maze'\nmaze = 'mazes/hard_maze.maze'\n");
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(two.description.measures[i].min, std::min(medium[i].min, hard[i].min));
    EXPECT_EQ(two.description.measures[i].max, std::max(medium[i].max, hard[i].max));
  }
}

TEST(Suite, WhatCannotBeOneIsRefusedInOneLine) {
  const std::string two = std::string(kMedium) + kHard;
  EXPECT_EQ(refused(two + "[environment]\nname = 'maze'\n"),
            "environments: is a suite, so [environment] cannot stand beside it");
  EXPECT_EQ(refused(kMedium),
            "environments: has 1 entry, but a suite has at least 2; use [environment]");
  EXPECT_EQ(refused(std::string(kMedium) + kMedium),
            "environments: has two entries called 'medium'; give each a label");
  EXPECT_EQ(refused(std::string(kMedium) + "[[environments]]\nname = 'sphere'\n"),
            "environments: 'medium' and 'sphere' differ in objectives, so no genome can be "
            "evaluated in both");
  EXPECT_EQ(refused("[[environments]]\nname = 'sphere'\n[[environments]]\nname = 'rastrigin'\n"
                    "dimensions = 7\n"),
            "environments: 'sphere' and 'rastrigin' differ in the length of vectors, so no genome "
            "can be evaluated in both");
  EXPECT_EQ(refused(std::string(kMedium) + "[[environments]]\nlabel = 'x'\n"),
            "environments.1.name: is missing; `cambrian list environments` shows what there is");
}

}  // namespace
}  // namespace cambrian
