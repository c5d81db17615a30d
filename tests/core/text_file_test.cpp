#include "cambrian/core/text_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

class TextFile : public testing::Test {
 protected:
  ~TextFile() override { std::filesystem::remove(path_); }
  std::string complaint(const std::filesystem::path& path, std::size_t most) const {
    try {
      read_text_file(path, most);
    } catch (const FileError& error) {
      return error.what();
    }
    return "no complaint";
  }
  const std::filesystem::path path_ =
      std::filesystem::temp_directory_path() /
      ("cambrian_text_" +
       std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(TextFile, IsReadByteForByte) {
  const std::string bytes = "a\r\n\0b" + std::string(200'000, 'x');
  std::ofstream(path_, std::ios::binary) << bytes;
  EXPECT_EQ(read_text_file(path_), bytes);
}

TEST_F(TextFile, OfTheLargestSizeIsReadAndALargerOneRefused) {
  constexpr std::size_t kMost = std::size_t{1} << 20U;
  std::ofstream(path_) << std::string(kMost, 'x');
  EXPECT_EQ(read_text_file(path_, kMost).size(), kMost);
  std::ofstream(path_, std::ios::app) << 'x';
  EXPECT_EQ(complaint(path_, kMost),
            path_.string() + ": holds more than 1 MiB, the largest size of a text file");
}

TEST_F(TextFile, ThatNeverEndsIsRefused) {
  EXPECT_THAT(complaint("/dev/zero", 1000), testing::HasSubstr("/dev/zero: holds more than"));
}

TEST_F(TextFile, ThatIsNotThereOrAFolderIsRefusedWithTheReason) {
  EXPECT_EQ(complaint(path_, 1000), path_.string() + ": cannot be read: No such file or directory");
  EXPECT_EQ(complaint("/", 1000), "/: is a folder, but a file is expected");
}

}  // namespace
}  // namespace cambrian
