// The experiments that come with the program, each damaged in many ways: what is left is good, or
// is refused in one line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cambrian/core/stream.hpp"
#include "tests/catalogue/drafts.hpp"

namespace cambrian {
namespace {

using drafts::complaint_of;

const std::filesystem::path kFolder =
    std::filesystem::path(source_folder()) / "data" / "experiments";

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(kFolder)) {
    if (file.path().extension() == ".toml") names.push_back(file.path().stem().string());
  }
  // Their images are not in the repository.
  std::erase_if(names, [](const std::string& name) { return name.starts_with("digits_"); });
  std::sort(names.begin(), names.end());
  return names;
}

class ExperimentFile : public testing::TestWithParam<std::string> {
 protected:
  ExperimentFile() {
    std::ifstream file(kFolder / (GetParam() + ".toml"));
    std::ostringstream bytes;
    bytes << file.rdbuf();
    text_ = bytes.str();
    std::istringstream lines(text_);
    for (std::string line; std::getline(lines, line);) lines_.push_back(line);
  }
  /// The text with line `i` standing `times` times.
  std::string with(std::size_t i, int times) const {
    std::string text;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      for (int k = 0; k < (at == i ? times : 1); ++k) text += lines_[at] + "\n";
    }
    return text;
  }
  static bool is_key(const std::string& line) {
    return line.find('=') < line.find('#') && line.front() != '[';
  }
  static void expect_one_line(const std::string& message) {
    EXPECT_EQ(message.find_first_of("\r\n"), std::string::npos) << message;
    EXPECT_NE(message.find(": "), std::string::npos) << message;
  }

  std::string text_;
  std::vector<std::string> lines_;
};

TEST_P(ExperimentFile, IsGood) {
  ASSERT_GT(lines_.size(), 10U);
  EXPECT_EQ(complaint_of(text_).value_or("no complaint"), "no complaint");
}

TEST_P(ExperimentFile, NeedsOnlyTheNamesOfItsComponents) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].empty() || !is_key(lines_[i])) continue;
    const auto message = complaint_of(with(i, 0));
    // Beside names: what only the user knows, and what other keys of the file are for.
    static const std::vector<std::string> kNeeded = {
        "name", "categorical", "descriptor", "contents",          "dimensions",    "leo",   "max",
        "task", "general",     "fitness",    "local_competition", "initial_depth", "preset"};
    const std::string key = lines_[i].substr(0, lines_[i].find(' '));
    const bool is_name = std::ranges::find(kNeeded, key) != kNeeded.end();
    if (message) {
      expect_one_line(*message);
      EXPECT_TRUE(is_name) << lines_[i] << " is needed: " << *message;
    }
  }
}

TEST_P(ExperimentFile, NamesTheLineOfAKeyOrTableThatStandsTwice) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const bool says_something = !lines_[i].empty() && lines_[i].front() != '#';
    if (lines_[i].starts_with("[[")) continue;  // a list of tables may have another
    const auto message = complaint_of(with(i, 2));
    if (!says_something) {
      EXPECT_FALSE(message) << *message;
      continue;
    }
    ASSERT_TRUE(message) << lines_[i];
    EXPECT_THAT(*message, testing::StartsWith("draft.toml:" + std::to_string(i + 2) + ":"));
    expect_one_line(*message);
  }
}

TEST_P(ExperimentFile, IsRefusedInOneLineOrGoodWhereverItIsCut) {
  std::size_t refused = 0;
  for (std::size_t size = 0; size < text_.size(); size += 3) {
    const auto message = complaint_of(text_.substr(0, size));
    if (!message) continue;
    ++refused;
    expect_one_line(*message);
  }
  EXPECT_GT(refused, 50U);
}

TEST_P(ExperimentFile, IsRefusedInOneLineOrGoodWithAnyByteChanged) {
  Stream stream(stream_key(1, "byte"), 0);
  std::size_t refused = 0;
  for (int i = 0; i < 200; ++i) {
    std::string text = text_;
    const std::size_t at = stream.below(static_cast<std::uint32_t>(text.size()));
    text[at] = static_cast<char>(stream.below(256));
    const auto message = complaint_of(text);
    if (!message) continue;
    ++refused;
    expect_one_line(*message);
  }
  EXPECT_GT(refused, 20U);
}

INSTANTIATE_TEST_SUITE_P(Data, ExperimentFile, testing::ValuesIn(files()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace cambrian
