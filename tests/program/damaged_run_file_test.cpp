// Run files that were cut, overwritten, or edited as no editor would, read by every verb: each call
// succeeds or ends in one line. No crash, no hang, no memory that the file does not hold.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <sstream>

#include "cambrian/core/stream.hpp"
#include "cambrian/run_file/detail/seal.hpp"
#include "tests/paths.hpp"
#include "tests/program/child.hpp"
#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using run_file_tests::Folder;
using run_file_tests::read_bytes;
using run_file_tests::write_bytes;

/// Three runs that between them write every kind of column, small enough to be read in
/// milliseconds.
const std::map<std::string, std::string>& configurations() {
  static const std::string common =
      "[run]\nevaluations = 200\nlog_interval = 50\nthreads = 1\nseed = 2\n";
  static const std::string maze = "[environment]\nname = 'maze'\nsteps = 3\n";
  static const std::string search =
      "[algorithm]\nname = 'novelty_search'\npopulation = 12\nbatch = 10\nrefresh = 20\n"
      "[archive]\nperiod = 50\ncapacity = 20\n[result_archive]\nshape = [6, 6]\n";
  static const std::map<std::string, std::string> all = {
      {"Vectors", common +
                      "[environment]\nname = 'sphere'\ndimensions = 4\n[algorithm]\n"
                      "name = 'map_elites'\nbatch = 20\ninitial = 20\n[archive]\nshape = [6, 6]\n"},
      {"Cppns", common + maze + "[encoding]\nname = 'hyperneat'\n" + search},
      {"Graphs", common + maze + "[encoding]\nname = 'direct_graph'\n" + search}};
  return all;
}

const std::vector<std::vector<std::string>> kVerbs = {{"resume", "RUN", "--evaluations", "240"},
                                                      {"evaluate", "RUN"},
                                                      {"info", "RUN"},
                                                      {"query", "RUN", "--sort", "objective:desc"}};

class DamagedRunFile : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const std::string toml = (folder_ / "run.toml").string();
    write_bytes(toml, configurations().at(GetParam()));
    ASSERT_EQ(call_program({"run", toml, "-o", path_.string()}).status, 0);
    bytes_ = read_bytes(path_);
  }

  /// Calls one verb on what now lies at the path. @param what  was done to it
  ChildResult call(std::size_t verb, const std::string& what) {
    std::vector<std::string> words = kVerbs[verb];
    words[1] = path_.string();
    ChildResult result = call_program(words);
    const std::string context = words[0] + ": " + what + ": " + result.error;
    EXPECT_LE(result.status, 2) << context;
    EXPECT_LT(result.megabytes, 1000) << context;
    EXPECT_EQ(result.error.find("memory"), std::string::npos) << context;
    if (result.status != 0) {
      EXPECT_EQ(std::count(result.error.begin(), result.error.end(), '\n'), 1) << context;
      EXPECT_THAT(result.error, testing::StartsWith("cambrian: ")) << context;
      ++refused_;
    }
    return result;
  }

  Folder folder_;
  std::filesystem::path path_ = folder_ / "run.h5";
  std::string bytes_;
  int refused_ = 0;
};

TEST_P(DamagedRunFile, CutAnywhereIsRefused) {
  const std::size_t places = 70;  // three files: more than 200
  for (std::size_t i = 0; i < places; ++i) {
    write_bytes(path_, bytes_.substr(0, bytes_.size() * i / places));
    EXPECT_EQ(call(i % kVerbs.size(), "cut at " + std::to_string(i)).status, 1);
  }
}

TEST_P(DamagedRunFile, WithAByteChangedIsRefused) {
  Stream stream(stream_key(1, "byte"), 0);
  for (std::size_t i = 0; i < 170; ++i) {  // three files: more than 500
    std::string changed = bytes_;
    const std::size_t at = stream.below(static_cast<std::uint32_t>(bytes_.size() - 16));
    changed[at] = static_cast<char>(changed[at] ^ (1U << stream.below(8)));
    write_bytes(path_, changed);
    EXPECT_EQ(call(i % kVerbs.size(), "changed at " + std::to_string(at)).status, 1);
  }
}

/// Replaces the seal by one that fits, so that HDF5 and what reads the columns meet the damage.
void seal_anew(const std::filesystem::path& path, std::string body) {
  write_bytes(path, body);
  const int descriptor = open(path.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(descriptor, 0);
  EXPECT_TRUE(seal::append(descriptor, {}));
  close(descriptor);
}

struct Column {
  std::string name;
  std::size_t offset, bytes, item;  // place in the file, whole size, size of one number
};

/// HDF5's own bookkeeping is left alone: HDF5 1.10 crashes on some damage there, which is what the
/// seal is for (FORMAT.md).
std::vector<Column> columns_of(const std::filesystem::path& path) {
  const auto outcome = run_file_tests::run_python(
      "def show(name, data):\n"
      "    if isinstance(data, h5py.Dataset) and data.id.get_offset() and data.size:\n"
      "        print(data.id.get_offset(), data.id.get_storage_size(), data.dtype.itemsize, name)\n"
      "h5py.File(args[0]).visititems(show)\n",
      {path.string()});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  std::vector<Column> columns;
  std::istringstream lines(outcome.output);
  for (Column one; lines >> one.offset >> one.bytes >> one.item >> one.name;) {
    columns.push_back(one);
  }
  return columns;
}

/// What lies in front of the seal.
std::string body_of(const std::string& bytes) {
  std::size_t end = 0;
  std::memcpy(&end, bytes.data() + bytes.size() - 48, sizeof end);
  EXPECT_LT(end, bytes.size());
  return bytes.substr(0, end);
}

TEST_P(DamagedRunFile, WithABitChangedUnderAFittingSealIsReadOrRefused) {
  SKIP_WITHOUT_H5PY();
  const std::vector<Column> columns = columns_of(path_);
  ASSERT_GT(columns.size(), 20U);
  Stream stream(stream_key(2, "number"), 0);
  for (std::size_t i = 0; i < 170; ++i) {
    const Column& column = columns[i % columns.size()];
    std::string body = body_of(bytes_);
    const std::size_t at = column.offset + stream.below(static_cast<std::uint32_t>(column.bytes));
    body[at] = static_cast<char>(body[at] ^ (1U << stream.below(8)));
    seal_anew(path_, body);
    // The verbs that load all; the others only print.
    const std::size_t verb = i / columns.size() % 2;
    EXPECT_THAT(call(verb, "changed at " + std::to_string(at)).error,
                testing::Not(testing::HasSubstr("checksum")));
  }
}

/// Whether resuming needs a column's numbers to be possible ones: finite, or rows that are there.
/// The lineage and the history are only carried along, and genes of vectors may be any number.
bool must_be_possible(const std::string& name) {
  const auto ends = [&](const char* with) { return name.ends_with(with); };
  if (name.starts_with("lineage/") || name.starts_with("history/")) return false;
  if (name.find("/genome/") != std::string::npos) {
    return !ends("/vector") && !ends("/structural_mutations");
  }
  return ends("/descriptor") || ends("/objective") || ends("/fitness") || name == "archive/cell" ||
         ends("/steady_state/species") || name.starts_with("inputs/");
}

TEST_P(DamagedRunFile, WithAnImpossibleNumberUnderAFittingSealIsRefused) {
  SKIP_WITHOUT_H5PY();
  int impossible = 0;
  for (const Column& column : columns_of(path_)) {
    std::string body = body_of(bytes_);
    // All ones: NaN as a real, -1 or the largest as an integer.
    const std::size_t at = column.offset + column.bytes / column.item / 2 * column.item;
    std::fill_n(body.begin() + static_cast<std::ptrdiff_t>(at), column.item, '\xff');
    seal_anew(path_, body);
    const ChildResult result = call(0, column.name);
    if (!must_be_possible(column.name)) continue;
    ++impossible;
    EXPECT_EQ(result.status, 1) << column.name;
    EXPECT_THAT(result.error, testing::Not(testing::HasSubstr("checksum"))) << column.name;
  }
  EXPECT_GE(impossible, GetParam() == "Vectors" ? 3 : 40);
}

/// mutate.py makes thousands of files of one; each test reads every so-manieth, from another start,
/// so that together they meet every kind of damage.
constexpr std::size_t kStride = 23;

TEST_P(DamagedRunFile, WithAnyColumnAttributeOrGroupReplacedIsReadOrRefused) {
  SKIP_WITHOUT_H5PY();
  const std::string start = std::to_string(GetParam().size());
  const auto outcome = run_file_tests::run_command(
      "/usr/bin/python3 '" + source_folder() + "/tests/program/mutate.py' '" + path_.string() +
      "' '" + folder_.path().string() + "' " + start + " " + std::to_string(kStride));
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  std::istringstream lines(outcome.output);
  std::size_t count = 0;
  for (std::string what; std::getline(lines, what); ++count) {
    std::filesystem::rename(folder_ / (std::to_string(count) + ".h5"), path_);
    const std::string damaged = read_bytes(path_);
    call(0, what);
    write_bytes(path_, damaged);
    call(1 + count % (kVerbs.size() - 1), what);
  }
  EXPECT_GT(count, 50U);
  EXPECT_GT(refused_, 20);
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& [name, toml] : configurations()) all.push_back(name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Runs, DamagedRunFile, testing::ValuesIn(names()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace cambrian
