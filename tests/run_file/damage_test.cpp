// What lies on disk is not trusted: whatever was done to a file, reading it succeeds or ends in one
// line.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "cambrian/query/run_summary.hpp"
#include "cambrian/query/table.hpp"
#include "tests/run_file/fixture.hpp"
#include "tests/run_file/no_flock.hpp"

namespace cambrian {
namespace {

using run_file_tests::error_of;
using run_file_tests::Folder;
using run_file_tests::read_bytes;
using run_file_tests::write_bytes;

void read_all(const StateReader& group) {
  for (const std::string& name : group.groups()) read_all(*group.group(name));
}

void read_everything(const std::filesystem::path& path) {
  const RunFileReader file(path);
  read_all(file.root());
  summarise(file);
  for (const std::string& name : table_names(file)) {
    Table table(file, name);
    for (const std::string& column : table.names()) table.read(column);
  }
}

std::string reading(const std::filesystem::path& path) {
  return error_of([&] { read_everything(path); });
}

class Damage : public testing::Test {
 protected:
  Damage() {
    run_file_tests::write_small_run(path_);
    bytes_ = read_bytes(path_);
  }
  Folder folder_;
  std::filesystem::path path_ = folder_ / "run.h5";
  std::string bytes_;
};

TEST_F(Damage, NamesAFileThatIsNone) {
  EXPECT_EQ(reading(folder_ / "none.h5"),
            (folder_ / "none.h5").string() + ": there is no such file");
  EXPECT_THAT(reading(folder_.path()), testing::EndsWith(": is a folder, not a run file"));
  EXPECT_THAT(reading("/dev/null"), testing::EndsWith(": is not a regular file"));
  write_bytes(path_, "");
  EXPECT_THAT(reading(path_), testing::EndsWith(": is empty, not a run file"));
  write_bytes(path_, "id,objective\n1,2\n");
  EXPECT_THAT(reading(path_), testing::EndsWith(": is not an HDF5 file, so not a run file"));
}

TEST_F(Damage, EndsInOneLineWhereverTheFileIsCut) {
  std::size_t refused = 0;
  for (std::size_t size = bytes_.size(); size-- > 0;
       size -= size < 256 ? 0 : std::min<std::size_t>(size, 97)) {
    std::filesystem::resize_file(path_, size);
    const std::string message = reading(path_);
    refused += message.empty() ? 0 : 1;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    if (size < bytes_.size() / 2) {
      EXPECT_FALSE(message.empty()) << size;
    }
  }
  EXPECT_GT(refused, 100U);
}

TEST_F(Damage, TakesNoFileThatHasLostPartOfItsSealForOneWithout) {
  for (const std::size_t lost : {1U, 16U, 24U, 40U, 47U}) {
    write_bytes(path_, bytes_.substr(0, bytes_.size() - lost));
    EXPECT_THAT(reading(path_),
                testing::EndsWith(": is damaged or cut short: its checksum is not whole"))
        << lost;
  }
  write_bytes(path_, bytes_ + "something");
  EXPECT_THAT(reading(path_), testing::EndsWith(": its checksum is not whole"));
}

TEST_F(Damage, ReadsAFileOfTheFormerSealAndSaysSo) {
  bytes_.replace(bytes_.size() - 16, 16, "CAMBRIAN-SEAL-1\n");
  write_bytes(path_, bytes_);
  EXPECT_EQ(reading(path_), "");
  EXPECT_EQ(
      RunFileReader(path_).warning(),
      path_.string() + ": was sealed by an older version of this program; it is read unchecked");
}

TEST_F(Damage, FindsEveryFlippedBit) {
  for (std::size_t at = 0; at < bytes_.size(); at += at < 1024 ? 1 : 13) {
    const auto put = [&](char byte) {
      std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(static_cast<std::streamoff>(at));
      file.put(byte);
    };
    put(static_cast<char>(bytes_[at] ^ (1 << (at % 8))));
    const std::string message = reading(path_);
    put(bytes_[at]);
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    if (at + 16 < bytes_.size()) {
      EXPECT_THAT(message, testing::EndsWith(": is damaged: its checksum does not fit")) << at;
    } else {
      EXPECT_THAT(message, testing::EndsWith(": its checksum is not whole")) << at;
    }
  }
}

TEST_F(Damage, FindsAFlippedBitInALargeColumnWhenItIsRead) {
  const std::vector<double> values(20000, 1.5);
  {
    RunFileWriter file(path_);
    file.root().column("large", std::span<const double>(values));
    file.root().column("other", std::span<const double>(values).first(1));
    file.commit();
  }
  std::string bytes = read_bytes(path_);
  const std::string pattern(reinterpret_cast<const char*>(values.data()), 800);
  const std::size_t at = bytes.find(pattern);
  ASSERT_NE(at, std::string::npos);
  bytes[at + 70001] = static_cast<char>(bytes[at + 70001] ^ 4);
  write_bytes(path_, bytes);
  const RunFileReader file(path_);
  EXPECT_EQ(file.root().column<double>("other"), std::vector<double>{1.5});
  EXPECT_THAT(error_of([&] { file.root().column<double>("large"); }),
              testing::EndsWith(": /large is damaged: its checksum does not fit"));
}

/// Edits a run file as its user may, through h5py; `f` is the open file.
void edit(const std::filesystem::path& path, const std::string& program) {
  const auto outcome = run_file_tests::run_python(
      "with h5py.File(args[0], 'r+') as f:\n    " + program + "\n", {path.string()});
  ASSERT_EQ(outcome.status, 0) << outcome.output;
}

TEST_F(Damage, ReadsAFileWhoseSealWasCutOffByAnEditor) {
  SKIP_WITHOUT_H5PY();
  edit(path_, "f.attrs['note'] = 5; f['archive/objective'][0] = 7");
  EXPECT_EQ(reading(path_), "");
  const RunFileReader file(path_);
  EXPECT_EQ(file.root().attribute_as<std::int64_t>("note"), 5);
  EXPECT_EQ(file.group("archive")->column<double>("objective").at(0), 7.0);
}

/// Opens the file for writing, changes nothing and is killed.
void open_and_die(const std::filesystem::path& path) {
  run_file_tests::run_python("import os\nf = h5py.File(args[0], 'r+'); os.kill(os.getpid(), 9)\n",
                             {path.string()});
}

TEST_F(Damage, ReadsAFileThatAnotherProgramHasOpenForWritingAndSaysSo) {
  SKIP_WITHOUT_H5PY();
  EXPECT_EQ(RunFileReader(path_).warning(), "");
  open_and_die(path_);
  ASSERT_NE(read_bytes(path_), bytes_);
  EXPECT_EQ(reading(path_), "");
  EXPECT_EQ(RunFileReader(path_).warning(),
            path_.string() +
                ": another program has it open for writing, or was killed while it had; it is "
                "whole, and `h5clear -s " +
                path_.string() + "` removes the mark if no program has it open");
  if (run_file_tests::run_command("h5clear -s '" + path_.string() + "'").status == 0) {
    EXPECT_EQ(reading(path_), "");
    EXPECT_EQ(RunFileReader(path_).warning(), "");
  }
}

TEST_F(Damage, ReadsAFileInWhichAnotherProgramHasWrittenOverTheSealAndSaysSo) {
  SKIP_WITHOUT_H5PY();
  run_file_tests::run_python(
      "import os\nf = h5py.File(args[0], 'r+'); f['x'] = np.arange(1000); os.kill(os.getpid(), "
      "9)\n",
      {path_.string()});
  EXPECT_EQ(reading(path_), "");
  EXPECT_THAT(RunFileReader(path_).warning(),
              testing::HasSubstr("what it held before is read, unchecked"));
}

TEST_F(Damage, FindsEveryFlippedBitUnderTheMarkOfAnOpenFile) {
  SKIP_WITHOUT_H5PY();
  open_and_die(path_);
  const std::string marked = read_bytes(path_);
  for (std::size_t at = 0; at + 48 < marked.size(); at += at < 64 ? 1 : 97) {
    std::string changed = marked;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
    write_bytes(path_, changed);
    EXPECT_THAT(reading(path_), testing::EndsWith(": is damaged: its checksum does not fit")) << at;
  }
}

TEST(Reading, NeedsNoLockWhateverTheEnvironmentSays) {
  for (const char* wish : {"TRUE", "BEST_EFFORT"}) {
    setenv("HDF5_USE_FILE_LOCKING", wish, 1);
    const Folder folder;
    run_file_tests::write_small_run(folder / "run.h5");
    run_file_tests::flock_error = ENOLCK;
    EXPECT_EQ(reading(folder / "run.h5"), "") << wish;
    run_file_tests::flock_error = 0;
    const int other = open((folder / "run.h5").c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_EQ(flock(other, LOCK_EX | LOCK_NB), 0);  // as a program that writes holds it
    EXPECT_EQ(reading(folder / "run.h5"), "") << wish;
    close(other);
  }
  unsetenv("HDF5_USE_FILE_LOCKING");
}

TEST_F(Damage, IsFoundWhereOneRowOfALargeColumnIsRead) {
  const std::vector<double> values(200001, 1.5);
  {
    RunFileWriter file(path_);
    file.root().group("archive")->column("large", std::span<const double>(values));
    file.commit();
  }
  {
    const RunFileReader file(path_);
    const ColumnData row = file.column("archive", "large", RowRange{7, 9});
    EXPECT_EQ(std::get<std::vector<double>>(row), (std::vector<double>{1.5, 1.5}));
    EXPECT_THAT(error_of([&] {
                  file.column("archive", "large", RowRange{200000, 200002});
                }),
                testing::EndsWith("is shorter than its table"));
  }
  std::string bytes = read_bytes(path_);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  write_bytes(path_, bytes);
  const RunFileReader file(path_);
  EXPECT_THAT(error_of([&] {
                file.column("archive", "large", RowRange{7, 9});
              }),
              testing::EndsWith(": /archive/large is damaged: its checksum does not fit"));
}

TEST_F(Damage, RefusesForeignHdf5AndNewerVersions) {
  SKIP_WITHOUT_H5PY();
  edit(path_, "f.attrs['format_version'] = 2");
  EXPECT_THAT(reading(path_),
              testing::EndsWith(": is of format version 2; this program reads version 1"));
  edit(path_, "f.attrs['format_version'] = 'one'");
  EXPECT_THAT(reading(path_), testing::EndsWith(": has no whole number as format_version"));
  edit(path_, "del f.attrs['format']");
  EXPECT_THAT(reading(path_), testing::HasSubstr(": is HDF5, but not a run of cambrian"));
}

TEST_F(Damage, AsksForNoMemoryThatTheFileDoesNotHold) {
  SKIP_WITHOUT_H5PY();
  edit(path_,
       "f.create_dataset('huge', (2**50,), '<u8');"
       "f.create_dataset('chunked', (2**50,), '<u8', chunks=(1024,), compression='gzip');"
       "f.create_dataset('archive/wide', (5, 2**40), '<u8')");
  const RunFileReader reader(path_);
  for (const char* name : {"huge", "chunked"})
    EXPECT_THAT(error_of([&] { reader.root().column<std::uint64_t>(name); }),
                testing::EndsWith("is larger than what the file holds of it"));
  EXPECT_THAT(error_of([&] { Table table(reader, "archive"); }),
              testing::EndsWith("a table of more than 1048576 is not shown"));
}

TEST_F(Damage, FollowsNoLinkToAnotherFile) {
  SKIP_WITHOUT_H5PY();
  run_file_tests::write_small_run(folder_ / "other.h5");
  edit(path_, "f['elsewhere'] = h5py.ExternalLink('other.h5', '/archive')");
  const RunFileReader reader(path_);
  EXPECT_FALSE(reader.root().has("elsewhere"));
  EXPECT_THAT(error_of([&] { reader.root().group("elsewhere"); }),
              testing::EndsWith(": /elsewhere is missing"));
  EXPECT_EQ(reading(path_), "");
}

TEST_F(Damage, ReadsWhatOtherProgramsWrote) {
  SKIP_WITHOUT_H5PY();
  edit(path_,
       "f.create_dataset('zipped', data=np.full(1000, 3, '>u8'), compression='gzip');"
       "f.attrs['fixed'] = np.bytes_('abc'); f.attrs['real'] = np.float32(0.5)");
  const RunFileReader file(path_);
  EXPECT_EQ(file.root().column<std::uint64_t>("zipped"), std::vector<std::uint64_t>(1000, 3));
  EXPECT_EQ(file.root().attribute_as<std::string>("fixed"), "abc");
  EXPECT_EQ(file.root().attribute_as<double>("real"), 0.5);
}

TEST_F(Damage, RefusesTypesThatARunFileDoesNotUse) {
  SKIP_WITHOUT_H5PY();
  edit(path_,
       "f['texts'] = ['a', 'b']; f['small'] = np.zeros(3, 'i2'); f['cube'] = np.zeros((2, 2, 2));"
       "f['complex'] = np.zeros(2, complex); f['scalar'] = 1.0");
  const RunFileReader file(path_);
  for (const char* name : {"texts", "small", "complex"})
    EXPECT_THAT(error_of([&] { file.root().column<double>(name); }),
                testing::EndsWith("is of a type that a run file does not use"))
        << name;
  for (const char* name : {"cube", "scalar"})
    EXPECT_THAT(error_of([&] { file.root().column<double>(name); }),
                testing::EndsWith("is not a column of one or two dimensions"))
        << name;
}

}  // namespace
}  // namespace cambrian
