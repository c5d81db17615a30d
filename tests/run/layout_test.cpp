// A run is continued only from a state that is stored as this version stores it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "cambrian/record/run_record.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {
namespace {

/// What is said of a run file whose checkpoint has this layout.
std::string refusal(std::optional<std::uint64_t> layout) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() /
      ("cambrian_layout_" + std::to_string(layout.value_or(0)) + ".h5");
  {
    RunFileWriter file(path);
    const auto checkpoint = file.root().group("checkpoint");
    if (layout) checkpoint->attribute("layout", *layout);
    file.commit();
  }
  std::string said;
  try {
    require_resumable(RunFileReader(path));
  } catch (const FileError& error) {
    EXPECT_EQ(error.path(), path.string());
    said = error.reason();
  }
  std::filesystem::remove(path);
  return said;
}

TEST(Layout, OfThisVersionIsResumed) { EXPECT_EQ(refusal(kCheckpointLayout), ""); }

TEST(Layout, ThatIsMissingIsOfAnEarlierVersion) {
  EXPECT_EQ(
      refusal({}),
      "was written by an earlier version of cambrian, which stored its state otherwise; it can "
      "be read and queried, but not resumed");
}

TEST(Layout, OfAnotherVersionIsRefused) {
  EXPECT_THAT(refusal(kCheckpointLayout + 1),
              testing::StartsWith("was written by another version"));
}

}  // namespace
}  // namespace cambrian
