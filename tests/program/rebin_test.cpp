// cambrian rebin as it is called.
#include <gmock/gmock.h>

#include "tests/program/bad_input.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

class RebinCall : public BadInput {
 protected:
  void SetUp() override {
    BadInput::SetUp();
    file("mine.toml", good_);
    ASSERT_EQ(in_folder("run mine.toml -o mine.h5 --quiet").status, 0);
  }
  Result in_folder(const std::string& arguments) const {
    return call(arguments, true, folder_.string());
  }
};

TEST_F(RebinCall, SaysInOneLineWhatHappenedAndWritesARunFile) {
  const Result made = in_folder("rebin mine.h5 -o new.h5 --set archive.shape=[2,1]");
  EXPECT_EQ(made.status, 0);
  EXPECT_THAT(made.output, testing::MatchesRegex(
                               "2 of [0-9]+ elites, coverage 100.0 %, 0 evaluations made again "
                               "-> new.h5\n"));
  const std::string info = in_folder("info new.h5").output;
  EXPECT_THAT(info, HasSubstr("grid 2x1 over sum_first, sum_second"));
  EXPECT_THAT(info, HasSubstr("elites of     mine.h5, placed anew by `cambrian rebin`\n"));
  EXPECT_THAT(in_folder("info new.h5 --json").output, HasSubstr("\"rebinned_from\": \"mine.h5\""));
  EXPECT_THAT(in_folder("info mine.h5").output, testing::Not(HasSubstr("elites of")));
  EXPECT_THAT(in_folder("evaluate new.h5 --best --format csv").output, HasSubstr(",1,0\n"));
  const Result resumed = in_folder("resume new.h5 --evaluations 9000");
  expect_one_line(resumed, 1, "holds elites of 'mine.h5', placed anew by `cambrian rebin`");
  const Result forced = in_folder("rebin mine.h5 -o new.h5 --force --set archive.shape=[3,1]");
  EXPECT_EQ(forced.status, 0) << forced.output;
}

TEST_F(RebinCall, WhatIsWrongIsOneLineAndChangesNothing) {
  const std::string before = bytes(path("mine.h5"));
  const std::string set = " --set archive.shape=[5,5]";
  expect_one_line(in_folder("rebin mine.h5 -o new.h5"), 2, "rebin: nothing is to change");
  expect_one_line(in_folder("rebin mine.h5" + set), 2, "--output is required");
  expect_one_line(in_folder("rebin none.h5 -o new.h5" + set), 2, "none.h5: there is no such file");
  expect_one_line(in_folder("rebin mine.toml -o new.h5" + set), 1,
                  "mine.toml: is not an HDF5 file, so not a run file");
  expect_one_line(in_folder("rebin mine.h5 -o new.h5 --set archive.shap=[5,5]"), 2,
                  "--set archive.shap=[5,5]: is unknown; did you mean 'shape'?");
  expect_one_line(in_folder("rebin mine.h5 -o new.h5 --set archive.name=gird"), 2,
                  "did you mean 'grid'?");
  expect_one_line(in_folder("rebin mine.h5 -o new.h5 --set archive.name=categorical"), 2,
                  "cambrian: archive.categorical: is empty");
  expect_one_line(in_folder("rebin mine.h5 -o new.h5 --set run.seed=2"), 2,
                  "rebin changes the archive alone");
  expect_one_line(in_folder("rebin mine.h5 -o mine.h5 --force" + set), 2, "is the run itself");
  expect_one_line(in_folder("rebin mine.h5 -o mine.toml --force" + set), 2,
                  "exists and is not a run file");
  expect_one_line(in_folder("rebin mine.h5 -o none/new.h5" + set), 1, "there is no folder none");
  ASSERT_EQ(in_folder("rebin mine.h5 -o there.h5" + set).status, 0);
  expect_one_line(in_folder("rebin mine.h5 -o there.h5" + set), 2, "exists; --force replaces it");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new.h5"));
  EXPECT_EQ(bytes(path("mine.h5")), before);
}

}  // namespace
}  // namespace cambrian
