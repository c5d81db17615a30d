#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "cambrian/core/error.hpp"
#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using run_file_tests::error_of;
using run_file_tests::Folder;

template <class T>
class ColumnTypes : public testing::Test {};
using AllTypes = testing::Types<std::uint8_t, std::uint32_t, std::uint64_t, std::int32_t,
                                std::int64_t, float, double>;
TYPED_TEST_SUITE(ColumnTypes, AllTypes);

TYPED_TEST(ColumnTypes, ComeBackBitForBitInEveryShape) {
  using T = TypeParam;
  const Folder folder;
  const std::vector<T> values = {
      std::numeric_limits<T>::lowest(), T{0},  T{1},
      std::numeric_limits<T>::min(),    T{77}, std::numeric_limits<T>::max()};
  const std::vector<T> large(100000, T{42});
  const std::vector<T> empty;
  {
    RunFileWriter file(folder / "a.h5");
    file.root().column("flat", std::span<const T>(values), {"six", "m"});
    file.root().matrix("wide", std::span<const T>(values), 3);
    file.root().matrix("narrow", std::span<const T>(values), 1);
    file.root().column("large", std::span<const T>(large));
    file.root().column("empty", std::span<const T>(empty));
    file.root().matrix("empty_wide", std::span<const T>(empty), 5);
    file.root().matrix("nothing", std::span<const T>(empty), 0);
    file.commit();
  }
  const RunFileReader file(folder / "a.h5");
  const StateReader& root = file.root();
  EXPECT_EQ(root.column<T>("flat"), values);
  EXPECT_EQ(root.column<T>("wide"), values);
  EXPECT_EQ(root.column<T>("narrow"), values);
  EXPECT_EQ(root.column<T>("large"), large);
  EXPECT_EQ(root.column<T>("empty"), empty);
  EXPECT_EQ(root.column<T>("empty_wide"), empty);
  EXPECT_EQ(root.width("flat"), 1U);
  EXPECT_EQ(root.width("wide"), 3U);
  EXPECT_EQ(root.width("empty_wide"), 5U);
  EXPECT_EQ(root.width("nothing"), 0U);
}

TEST(RunFile, KeepsNaNPayloadsAndInfinities) {
  const Folder folder;
  const std::vector<double> values = {std::nan("77"), -std::numeric_limits<double>::infinity(),
                                      -0.0};
  {
    RunFileWriter file(folder / "a.h5");
    file.root().column("values", std::span<const double>(values));
    file.commit();
  }
  const auto read = RunFileReader(folder / "a.h5").root().column<double>("values");
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(std::memcmp(read.data(), values.data(), sizeof(double) * 3), 0);
}

TEST(RunFile, KeepsAttributesOfAllKinds) {
  const Folder folder;
  const std::vector<std::pair<std::string, Attribute>> attributes = {
      {"int", std::int64_t{-5}},
      {"unsigned", std::numeric_limits<std::uint64_t>::max()},
      {"real", 0.1},
      {"text", std::string("Größe\nzwei Zeilen")},
      {"empty_text", std::string()},
      {"ints", std::vector<std::int64_t>{-1, 2}},
      {"reals", std::vector<double>{0.1, -2}},
      {"texts", std::vector<std::string>{"x", "", "längeres"}},
      {"no_ints", std::vector<std::int64_t>{}},
      {"no_reals", std::vector<double>{}},
      {"no_texts", std::vector<std::string>{}},
      {"many", std::vector<double>(20000, 0.5)},
      {"long_text", std::string(300000, 'c')}};
  {
    RunFileWriter file(folder / "a.h5");
    const auto group = file.root().group("deep")->group("deeper");
    for (const auto& [name, value] : attributes) group->attribute(name, value);
    file.commit();
  }
  const RunFileReader file(folder / "a.h5");
  const auto group = file.group("deep/deeper");
  for (const auto& [name, value] : attributes) EXPECT_EQ(group->attribute(name), value) << name;
}

TEST(RunFile, LetsAnAttributeBeWrittenAgain) {
  const Folder folder;
  {
    RunFileWriter file(folder / "a.h5");
    file.root().attribute("status", std::string("running"));
    file.root().attribute("status", std::int64_t{3});
    file.root().attribute("format", std::string("cambrian-run"));
    file.commit();
  }
  EXPECT_EQ(RunFileReader(folder / "a.h5").root().attribute_as<std::int64_t>("status"), 3);
}

TEST(RunFile, ListsColumnsAndGroupsSorted) {
  const Folder folder;
  run_file_tests::write_small_run(folder / "a.h5");
  const RunFileReader file(folder / "a.h5");
  EXPECT_EQ(file.root().groups(), (std::vector<std::string>{"archive", "archives", "checkpoint",
                                                            "history", "inputs", "population"}));
  EXPECT_EQ(file.group("archive")->columns(),
            (std::vector<std::string>{"cell", "descriptor", "evaluation", "id", "objective",
                                      "parents", "solved"}));
  EXPECT_TRUE(file.root().has("archive"));
  EXPECT_TRUE(file.group("archive")->has("id"));
  EXPECT_FALSE(file.root().has("arch"));
}

TEST(RunFile, KnowsTheShapeOfColumnsWithoutReadingThem) {
  const Folder folder;
  run_file_tests::write_small_run(folder / "a.h5");
  const auto columns = RunFileReader(folder / "a.h5").columns("archives/driver");
  ASSERT_EQ(columns.size(), 7U);
  EXPECT_EQ(columns[1].name, "descriptor");
  EXPECT_EQ(columns[1].rows, 5U);
  EXPECT_EQ(columns[1].width, 2U);
  EXPECT_FALSE(columns[1].flat);
}

TEST(RunFile, HoldsManyColumnsAndGroups) {
  const Folder folder;
  {
    RunFileWriter file(folder / "a.h5");
    for (std::uint64_t i = 0; i < 200; ++i)
      file.root()
          .group(std::to_string(i) + "th")
          ->column("v", std::span<const std::uint64_t>(&i, 1));
    file.commit();
  }
  const RunFileReader file(folder / "a.h5");
  EXPECT_EQ(file.root().groups().size(), 200U);
  EXPECT_EQ(file.group("150th")->column<std::uint64_t>("v"), std::vector<std::uint64_t>{150});
}

TEST(RunFile, IsTheSameBytesForTheSameContents) {
  const Folder folder;
  run_file_tests::write_small_run(folder / "a.h5");
  run_file_tests::write_small_run(folder / "b.h5");
  EXPECT_EQ(run_file_tests::read_bytes(folder / "a.h5"),
            run_file_tests::read_bytes(folder / "b.h5"));
}

TEST(RunFile, NamesTheFullPathOfWhatIsMissingOrMistyped) {
  const Folder folder;
  run_file_tests::write_small_run(folder / "a.h5");
  const std::string path = (folder / "a.h5").string();
  const RunFileReader file(path);
  const auto archive = file.group("archive");
  EXPECT_EQ(error_of([&] { archive->column<double>("idd"); }), path + ": /archive/idd is missing");
  EXPECT_EQ(error_of([&] { archive->column<double>("id"); }),
            path + ": /archive/id does not have the expected type");
  EXPECT_EQ(error_of([&] { archive->column<double>("genome"); }),
            path + ": /archive/genome is not a column");
  EXPECT_EQ(error_of([&] { archive->group("id"); }), path + ": /archive/id is not a group");
  EXPECT_EQ(error_of([&] { archive->attribute("knd"); }),
            path + ": /archive/ has no attribute 'knd'");
}

TEST(RunFile, RefusesTheSameColumnTwice) {
  const Folder folder;
  RunFileWriter file(folder / "a.h5");
  const std::vector<double> values = {1};
  file.root().column("v", std::span<const double>(values));
  EXPECT_THROW(file.root().column("v", std::span<const double>(values)), FileError);
}

}  // namespace
}  // namespace cambrian
