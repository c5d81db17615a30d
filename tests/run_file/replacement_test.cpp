// Whatever happens, a whole file is there: the old or the new.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <functional>

#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using run_file_tests::error_of;
using run_file_tests::Folder;
using run_file_tests::read_bytes;

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder),
                                                std::filesystem::directory_iterator()));
}

void write_values(const std::filesystem::path& path, std::size_t size) {
  const std::vector<double> values(size, 2.5);
  RunFileWriter file(path);
  file.root().group("archive")->column("objective", std::span<const double>(values));
  file.commit();
}

TEST(Replacement, PutsTheNewFileInPlaceOfTheOldAndLeavesNothingElse) {
  const Folder folder;
  write_values(folder / "run.h5", 10);
  write_values(folder / "run.h5", 20);
  EXPECT_EQ(RunFileReader(folder / "run.h5").columns("archive").at(0).rows, 20U);
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(Replacement, LeavesTheOldFileWithoutCommit) {
  const Folder folder;
  write_values(folder / "run.h5", 10);
  const std::string before = read_bytes(folder / "run.h5");
  {
    RunFileWriter file(folder / "run.h5");
    file.root().attribute("status", std::string("half"));
  }
  EXPECT_EQ(read_bytes(folder / "run.h5"), before);
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(Replacement, KeepsAnOpenReaderOnTheOldFile) {
  const Folder folder;
  write_values(folder / "run.h5", 10);
  const RunFileReader old(folder / "run.h5");
  write_values(folder / "run.h5", 20);
  EXPECT_EQ(old.group("archive")->column<double>("objective").size(), 10U);
}

TEST(Replacement, KeepsTheModeOfTheOldFileAndFollowsLinks) {
  const Folder folder;
  write_values(folder / "run.h5", 10);
  std::filesystem::permissions(folder / "run.h5", std::filesystem::perms(0640));
  std::filesystem::create_symlink("run.h5", folder / "latest.h5");
  write_values(folder / "latest.h5", 20);
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "latest.h5"));
  EXPECT_EQ(RunFileReader(folder / "run.h5").columns("archive").at(0).rows, 20U);
  EXPECT_EQ(std::filesystem::status(folder / "run.h5").permissions(), std::filesystem::perms(0640));
}

TEST(Replacement, FollowsALinkToWhatIsNotThereYet) {
  const Folder folder;
  std::filesystem::create_directory(folder / "far");
  std::filesystem::create_symlink("far/run.h5", folder / "latest.h5");
  write_values(folder / "latest.h5", 20);
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "latest.h5"));
  EXPECT_EQ(RunFileReader(folder / "far/run.h5").columns("archive").at(0).rows, 20U);
}

TEST(Replacement, RefusesPlacesWhereNoFileCanStand) {
  const Folder folder;
  const auto refusal = [](const std::filesystem::path& path) {
    return error_of([&] { RunFileWriter file(path); });
  };
  EXPECT_THAT(refusal(folder.path()), testing::EndsWith(": is a folder, not a run file"));
  EXPECT_THAT(refusal(folder / "none/run.h5"), testing::HasSubstr("there is no folder"));
  EXPECT_THAT(refusal("/dev/full"), testing::HasSubstr("is not a regular file"));
  EXPECT_NE(refusal(""), "");
}

TEST(Replacement, RefusesTwoWritersOfOneFile) {
  const Folder folder;
  const RunFileWriter first(folder / "run.h5");
  EXPECT_THAT(error_of([&] { RunFileWriter second(folder / "run.h5"); }),
              testing::HasSubstr("is being written by another process"));
}

TEST(Replacement, ReusesWhatAKilledProcessLeftBehind) {
  const Folder folder;
  run_file_tests::write_bytes(folder / ".run.h5.tmp", std::string(100000, 'x'));
  write_values(folder / "run.h5", 10);
  EXPECT_EQ(files_in(folder.path()), 1U);
  EXPECT_EQ(RunFileReader(folder / "run.h5").columns("archive").at(0).rows, 10U);
}

TEST(Replacement, TheFileInPlaceCarriesNoLock) {  // programs that lock what they read would fail
  const Folder folder;
  RunFileWriter file(folder / "run.h5");
  file.commit();
  const int reader = open((folder / "run.h5").c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  EXPECT_EQ(flock(reader, LOCK_EX | LOCK_NB), 0);
  close(reader);
}

TEST(Replacement, WritesIntoAFolderThatMayNotBeRead) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to become nobody";
  const Folder folder;
  constexpr uid_t kNobody = 65534;
  ASSERT_EQ(chown(folder.path().c_str(), kNobody, kNobody), 0);
  ASSERT_EQ(chmod(folder.path().c_str(), 0300), 0);
  const pid_t child = fork();
  if (child == 0) {
    if (setgid(kNobody) != 0 || setuid(kNobody) != 0) _exit(2);
    _exit(error_of([&] { write_values(folder / "run.h5", 10); }).empty() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(RunFileReader(folder / "run.h5").columns("archive").at(0).rows, 10U);
}

/// Runs `body` in a child that may write files of at most `limit` bytes; its exit status, or -1 if
/// a signal ended it.
int with_full_disk(rlim_t limit, const std::function<int()>& body) {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit bound = {limit, limit};
    setrlimit(RLIMIT_FSIZE, &bound);
    std::exit(body());  // with HDF5's own clean-up
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Replacement, TellsOfAFullDiskAndLeavesTheOldFileWhereverItFillsUp) {
  const Folder folder;
  write_values(folder / "run.h5", 10);
  const std::string before = read_bytes(folder / "run.h5");
  const auto attempt = [&] {
    const std::string message = error_of([&] { write_values(folder / "run.h5", 100000); });
    if (message.empty()) return 1;
    if (message.find('\n') != std::string::npos) return 2;
    if (message.rfind((folder / "run.h5").string() + ": ", 0) != 0) return 3;
    return message.find("File too large") == std::string::npos ? 4 : 0;
  };
  for (const rlim_t limit : {0, 50, 100, 1000, 3000, 100000, 799000, 800100, 802000}) {
    EXPECT_EQ(with_full_disk(limit, attempt), 0) << limit;
    EXPECT_EQ(read_bytes(folder / "run.h5"), before) << limit;
    EXPECT_EQ(files_in(folder.path()), 1U) << limit;
  }
}

TEST(Replacement, WorksAgainOnceThereIsSpace) {
  const Folder folder;
  const auto attempt = [&] {
    const rlimit small = {1000, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &small);
    const std::string message = error_of([&] { write_values(folder / "run.h5", 100000); });
    const rlimit large = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &large);
    write_values(folder / "run.h5", 100000);
    return message.empty() ? 1 : 0;
  };
  EXPECT_EQ(with_full_disk(RLIM_INFINITY, attempt), 0);
  EXPECT_EQ(RunFileReader(folder / "run.h5").columns("archive").at(0).rows, 100000U);
}

}  // namespace
}  // namespace cambrian
