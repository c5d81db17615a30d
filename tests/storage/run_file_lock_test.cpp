// One holder of a run file at a time, whatever its name and however it ends.
#include "cambrian/storage/run_file_lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/fixture.hpp"

namespace cambrian {
namespace {

using storage_tests::error_of;
using storage_tests::Folder;

TEST(RunFileLock, RefusesASecondHolderAndNamesTheFirst) {
  const Folder folder;
  const RunFileLock first(folder / "run.h5");
  EXPECT_EQ(error_of([&] { RunFileLock second(folder / "run.h5"); }),
            (folder / "run.h5").string() + ": is being written by another process (" +
                std::to_string(getpid()) + ")");
  const RunFileLock other(folder / "other.h5");
}

TEST(RunFileLock, TellsWhoHoldsIt) {
  const Folder folder;
  EXPECT_EQ(writer_of(folder / "run.h5"), std::nullopt);
  {
    const RunFileLock lock(folder / "run.h5");
    EXPECT_EQ(writer_of(folder / "run.h5"), "process " + std::to_string(getpid()));
  }
  EXPECT_EQ(writer_of(folder / "run.h5"), std::nullopt);
  const pid_t child = fork();  // one that has ended
  if (child == 0) _exit(0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  storage_tests::write_bytes(folder / ".run.h5.lock", std::to_string(child) + "\n");
  EXPECT_EQ(writer_of(folder / "run.h5"), std::nullopt);
}

TEST(RunFileLock, LeavesAFileAloneThatMayNotBeWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everything";
  const Folder folder;
  storage_tests::write_small_run(folder / "run.h5");
  std::filesystem::permissions(folder / "run.h5", std::filesystem::perms::owner_read);
  EXPECT_THAT(error_of([&] { RunFileLock lock(folder / "run.h5"); }),
              testing::EndsWith("run.h5: cannot be written: Permission denied"));
}

TEST(RunFileLock, HoldsAcrossReplacementsAndThroughLinks) {
  const Folder folder;
  std::filesystem::create_symlink("run.h5", folder / "link.h5");
  const RunFileLock first(folder / "link.h5");
  for (int i = 0; i < 2; ++i) {
    storage_tests::write_small_run(folder / "run.h5");
    EXPECT_THROW(RunFileLock(folder / "run.h5"), RunFileInUse);
    EXPECT_THROW(RunFileLock(folder / "link.h5"), RunFileInUse);
  }
}

TEST(RunFileLock, LeavesNothingBehindAndIsFreeAgain) {
  const Folder folder;
  for (int i = 0; i < 2; ++i) const RunFileLock lock(folder / "run.h5");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(RunFileLock, TakesOverWhatAKilledProcessLeftBehind) {
  const Folder folder;
  storage_tests::write_bytes(folder / ".run.h5.lock", "99999999999999999999\n");
  const RunFileLock lock(folder / "run.h5");
  EXPECT_EQ(storage_tests::read_bytes(folder / ".run.h5.lock"), std::to_string(getpid()) + "\n");
}

TEST(RunFileLock, SaysSoWhereTheHolderIsNotKnown) {
  const Folder folder;
  const RunFileLock lock(folder / "run.h5");
  storage_tests::write_bytes(folder / ".run.h5.lock", "");  // the disk was full
  EXPECT_THAT(error_of([&] { RunFileLock second(folder / "run.h5"); }),
              testing::EndsWith("is being written by another process"));
}

TEST(RunFileLock, RefusesPlacesWhereNoFileCanStand) {
  const Folder folder;
  EXPECT_THROW(RunFileLock(folder.path()), FileError);
  EXPECT_THROW(RunFileLock(folder / "none/run.h5"), FileError);
}

}  // namespace
}  // namespace cambrian
