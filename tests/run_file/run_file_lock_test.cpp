// One holder of a run file at a time, whatever its name and however it ends.
#include "cambrian/run_file/run_file_lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <sstream>

#include "tests/run_file/fixture.hpp"
#include "tests/run_file/no_flock.hpp"

namespace cambrian {
namespace {

using run_file_tests::error_of;
using run_file_tests::Folder;

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
  run_file_tests::write_bytes(folder / ".run.h5.lock", std::to_string(child) + "\n");
  EXPECT_EQ(writer_of(folder / "run.h5"), std::nullopt);
}

TEST(RunFileLock, ANumberAloneIsOfAnotherProcessWhereTheLockIsOlderThanThatOfTheNumber) {
  const Folder folder;
  const std::filesystem::path lock = folder / ".run.h5.lock";
  run_file_tests::write_bytes(lock, std::to_string(getpid()) + "\n");
  EXPECT_EQ(writer_of(folder / "run.h5"), "process " + std::to_string(getpid()));
  std::filesystem::last_write_time(lock,
                                   std::filesystem::last_write_time(lock) - std::chrono::hours(48));
  EXPECT_EQ(writer_of(folder / "run.h5"), std::nullopt);
}

TEST(RunFileLock, LeavesAFileAloneThatMayNotBeWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everything";
  const Folder folder;
  run_file_tests::write_small_run(folder / "run.h5");
  std::filesystem::permissions(folder / "run.h5", std::filesystem::perms::owner_read);
  EXPECT_THAT(error_of([&] { RunFileLock lock(folder / "run.h5"); }),
              testing::EndsWith("run.h5: cannot be written: Permission denied"));
}

TEST(RunFileLock, HoldsAcrossReplacementsAndThroughLinks) {
  const Folder folder;
  std::filesystem::create_symlink("run.h5", folder / "link.h5");
  const RunFileLock first(folder / "link.h5");
  for (int i = 0; i < 2; ++i) {
    RunFileWriter(folder / "run.h5", &first).commit();
    EXPECT_THROW(RunFileWriter(folder / "run.h5"), RunFileInUse);
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
  run_file_tests::write_bytes(folder / ".run.h5.lock", "99999999999999999999\n");
  const RunFileLock lock(folder / "run.h5");
  EXPECT_THAT(run_file_tests::read_bytes(folder / ".run.h5.lock"),
              testing::StartsWith(std::to_string(getpid()) + "\n"));
}

/// The lock's file of this process, with one of its lines (0: number, 1: start, 2: boot, 3: host)
/// replaced.
std::string signed_by(std::size_t line, const std::string& word) {
  const Folder folder;
  const RunFileLock lock(folder / "run.h5");
  std::istringstream words(run_file_tests::read_bytes(folder / ".run.h5.lock"));
  std::string text;
  std::string next;
  for (std::size_t i = 0; words >> next; ++i) text += (i == line ? word : next) + "\n";
  return text;
}

TEST(RunFileLock, TakesNoOtherProcessOfItsNumberForTheHolder) {
  const Folder folder;
  const auto holder = [&](const std::string& text) {
    run_file_tests::write_bytes(folder / ".run.h5.lock", text);
    return writer_of(folder / "run.h5");
  };
  const std::string ours = "process " + std::to_string(getpid());
  EXPECT_EQ(holder(signed_by(9, "")), ours);
  EXPECT_EQ(holder(std::to_string(getpid()) + "\n"), ours);           // of an older program
  EXPECT_EQ(holder(signed_by(1, "1")), std::nullopt);                 // started with the machine
  EXPECT_EQ(holder(signed_by(2, "0f0e0d0c/pid:[1]")), std::nullopt);  // before a reboot
  EXPECT_EQ(holder(signed_by(3, "far")), ours + " on far");
}

TEST(RunFileLock, TakesNoZombieForTheHolder) {
  const Folder folder;
  const pid_t child = fork();
  if (child == 0) {
    new RunFileLock(folder / "run.h5");  // never given back
    _exit(0);
  }
  siginfo_t info = {};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
  EXPECT_EQ(writer_of(folder / "run.h5"), std::nullopt);
  waitpid(child, nullptr, 0);
}

/// A file system without flock, as Lustre and some of FUSE are.
class WithoutLocks : public testing::Test {
 protected:
  WithoutLocks() { run_file_tests::flock_error = ENOSYS; }
  ~WithoutLocks() override { run_file_tests::flock_error = 0; }
  Folder folder_;
  std::filesystem::path run_file_ = folder_ / "run.h5";
  std::filesystem::path lock_file_ = folder_ / ".run.h5.lock";
};

TEST_F(WithoutLocks, ASecondHolderIsRefusedAndTheFirstIsTold) {
  {
    const RunFileLock first(run_file_);
    EXPECT_EQ(first.note(),
              run_file_.string() + ": its file system does not support locks (flock); " +
                  lock_file_.string() + " keeps others out for as long as it is there");
    EXPECT_EQ(error_of([&] { RunFileLock second(run_file_); }),
              run_file_.string() + ": is being written by another process (" +
                  std::to_string(getpid()) + "); if that is no longer so, remove " +
                  lock_file_.string());
    EXPECT_EQ(writer_of(run_file_), "process " + std::to_string(getpid()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(WithoutLocks, WhatAProcessThatHasEndedLeftBehindIsTakenOver) {
  run_file_tests::flock_error = 0;
  const std::string ended = signed_by(1, "1");
  run_file_tests::flock_error = ENOLCK;
  run_file_tests::write_bytes(lock_file_, ended);
  const RunFileLock lock(run_file_);
  EXPECT_NE(run_file_tests::read_bytes(lock_file_), ended);
  EXPECT_THROW(RunFileLock second(run_file_), RunFileInUse);
}

TEST_F(WithoutLocks, WhatCannotBeLookedAtIsLeftAlone) {  // another machine's; one without a name
  for (const std::string& text : {signed_by(3, "far"), std::string()}) {
    run_file_tests::write_bytes(lock_file_, text);
    EXPECT_THAT(error_of([&] { RunFileLock lock(run_file_); }),
                testing::EndsWith("remove " + lock_file_.string()));
    EXPECT_EQ(run_file_tests::read_bytes(lock_file_), text);
  }
}

TEST_F(WithoutLocks, OneOfManyProcessesTakesOver) {
  run_file_tests::write_bytes(lock_file_, signed_by(1, "1"));
  constexpr int kProcesses = 20;
  std::array<int, 2> start = {};
  std::array<int, 2> result = {};
  std::array<int, 2> end = {};
  ASSERT_EQ(pipe(start.data()) + pipe(result.data()) + pipe(end.data()), 0);
  const auto wait_until_closed = [](const std::array<int, 2>& ends) {
    char byte = 0;
    close(ends[1]);
    static_cast<void>(!read(ends[0], &byte, 1));
  };
  for (int i = 0; i < kProcesses; ++i) {
    if (fork() != 0) continue;
    wait_until_closed(start);
    char held = 1;
    try {
      new RunFileLock(run_file_);  // held to the end of the process
    } catch (const Error&) {
      held = 0;
    }
    static_cast<void>(!write(result[1], &held, 1));
    wait_until_closed(end);  // one that has ended would be taken over
    _exit(0);
  }
  close(start[1]);
  int holders = 0;
  for (int i = 0; i < kProcesses; ++i) {
    char held = 0;
    ASSERT_EQ(read(result[0], &held, 1), 1);
    holders += held;
  }
  EXPECT_EQ(holders, 1);
  close(end[1]);
  for (int i = 0; i < kProcesses; ++i) wait(nullptr);
  for (const int descriptor : {start[0], result[0], result[1], end[0]}) close(descriptor);
}

TEST(RunFileLock, SaysSoWhereTheHolderIsNotKnown) {
  const Folder folder;
  const RunFileLock lock(folder / "run.h5");
  run_file_tests::write_bytes(folder / ".run.h5.lock", "");  // the disk was full
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
