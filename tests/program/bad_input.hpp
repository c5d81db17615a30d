// Bad input gives one clear line on standard error, the right exit status, and loses nothing.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/paths.hpp"
#include "tests/program/call.hpp"

namespace cambrian {

class BadInput : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("cambrian_bad_input_" +
               std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void expect_one_line(const Result& result, int status, const std::string& part) {
    EXPECT_EQ(result.status, status) << result.output;
    EXPECT_THAT(result.output, testing::HasSubstr(part));
    EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1) << result.output;
  }

  const std::string good_ =
      "[run]\nevaluations = 500\nlog_interval = 1000\n[environment]\nname = \"sphere\"\n"
      "[algorithm]\nname = \"map_elites\"\n[archive]\nshape = [10, 10]\n";
  std::filesystem::path folder_;
};

}  // namespace cambrian
