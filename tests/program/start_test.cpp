// run --from and --genomes: the flags set the keys of [start], and a series takes them.
#include <gmock/gmock.h>

#include "tests/program/bad_input.hpp"
#include "tests/program/run_folder.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

class Start : public BadInput {
 protected:
  void SetUp() override {
    BadInput::SetUp();
    file("mine.toml", good_);
    ASSERT_EQ(in_folder("run mine.toml -o other.h5 --quiet").status, 0);
  }
  Result in_folder(const std::string& arguments) const {
    return call(arguments, true, folder_.string());
  }
};

TEST_F(Start, TheFlagAndTheKeyAreOne) {
  ASSERT_EQ(in_folder("run mine.toml -o flag.h5 --quiet --from other.h5").status, 0);
  ASSERT_EQ(in_folder("run mine.toml -o key.h5 --quiet --set start.from=other.h5").status, 0);
  expect_equal_runs(path("flag.h5"), path("key.h5"));
  EXPECT_THAT(in_folder("config flag.h5").output, HasSubstr("from = \"other.h5\""));
  ASSERT_EQ(in_folder("query other.h5 --table archive/genome --format csv > genomes.csv").status,
            0);
  ASSERT_EQ(in_folder("run mine.toml -o csv.h5 --quiet --genomes genomes.csv").status, 0);
  EXPECT_EQ(in_folder("query csv.h5 --format csv").output,
            in_folder("query flag.h5 --format csv").output);
}

TEST_F(Start, AFlagMeansTheFileInTheWorkingDirectory) {
  std::filesystem::create_directories(folder_ / "there");
  std::filesystem::copy_file(folder_ / "mine.toml", folder_ / "there" / "mine.toml");
  ASSERT_EQ(in_folder("run mine.toml -o there/other.h5 --seed 7 --quiet").status, 0);
  ASSERT_EQ(in_folder("run there/mine.toml -o here.h5 --quiet --from other.h5").status, 0);
  ASSERT_EQ(in_folder("run mine.toml -o expected.h5 --quiet --from other.h5").status, 0);
  EXPECT_EQ(in_folder("query here.h5 --format csv").output,
            in_folder("query expected.h5 --format csv").output);
}

TEST_F(Start, ASeriesBeginsWithItSideBySideToo) {
  ASSERT_EQ(in_folder("run mine.toml -o turn --seeds 2 --quiet --from other.h5").status, 0);
  ASSERT_EQ(in_folder("run mine.toml -o jobs --seeds 2 --jobs 2 --from other.h5").status, 0);
  for (const char* seed : {"seed_1.h5", "seed_2.h5"})
    expect_equal_runs(folder_ / "turn" / seed, folder_ / "jobs" / seed);
  EXPECT_THAT(in_folder("run mine.toml -o turn --seeds 2 --from other.h5").output,
              HasSubstr("seed_2.h5: finished already"));
  EXPECT_THAT(in_folder("run mine.toml -o turn --seeds 2").output,
              HasSubstr("it has start.from = \"other.h5\", but \"\" is asked for"));
  ASSERT_EQ(in_folder("resume other.h5 --evaluations 2000 --quiet").status, 0);
  EXPECT_THAT(in_folder("run mine.toml -o turn --seeds 2 --from other.h5").output,
              HasSubstr("it has other contents of other.h5"));
}

TEST_F(Start, GenomesThatWereEvolvedWithOtherKeysOfTheEncodingAreNoted) {
  const std::string run = "run experiments/hard_maze_dct_map_elites.toml --evaluations 300 ";
  ASSERT_EQ(in_folder(run + "-o old.h5 --quiet").status, 0);
  const std::string again = run + "--from old.h5 --force -o new.h5 ";
  EXPECT_THAT(
      in_folder(again + "--set 'encoding.hidden=[4, 4]' --set encoding.output_activation=sigmoid")
          .output,
      HasSubstr("cambrian: note: the genomes of old.h5 were evolved with encoding.hidden = "));
  EXPECT_THAT(in_folder(again + "--set encoding.output_activation=sigmoid").output,
              HasSubstr("cambrian: note: the genomes of old.h5 were evolved with "
                        "encoding.output_activation = \"tanh\" (here \"sigmoid\"); they may mean "
                        "something else here\n"));
  EXPECT_THAT(in_folder(again).output, testing::Not(HasSubstr("note: ")));
  EXPECT_THAT(in_folder(again + "--quiet --set encoding.output_activation=sigmoid").output, "");
}

TEST_F(Start, GenomesOfAnotherEncodingOrFormAreRefusedWithWhatAsksForTheirs) {
  const auto evolve = [this](const std::string& set, const std::string& file) {
    ASSERT_EQ(in_folder("run experiments/cart_pole_ctrnn.toml --evaluations 300 --quiet --set "
                        "encoding.preset=textbook --set encoding.name=" +
                        set + " -o " + file)
                  .status,
              0);
  };
  evolve("direct_vector --set 'encoding.hidden=[]'", "vector.h5");
  const std::string dct =
      "run experiments/cart_pole_ctrnn.toml --set encoding.preset=textbook --set encoding.name=dct "
      "--set 'encoding.hidden=[]' --set encoding.coefficients=5 --from vector.h5";
  expect_one_line(in_folder(dct), 2,
                  "--from vector.h5: holds genomes of encoding.name = 'direct_vector', but here it "
                  "is 'dct'");
  const std::string maze = "run experiments/hard_maze_neat_novelty.toml --evaluations 500 -o ";
  ASSERT_EQ(in_folder(maze + "graphs.h5 --quiet --set variation.add_link=0.5").status, 0);
  expect_one_line(in_folder(maze + "new.h5 --from graphs.h5 --set encoding.recurrent=false"), 2,
                  "--from graphs.h5: holds a graph that has a cycle: encoding.recurrent = false "
                  "allows none");
  ASSERT_EQ(in_folder("export graphs.h5 --best -o graph.json").status, 0);
  for (const char* start : {"--from graphs.h5", "--genomes graph.json"}) {
    expect_one_line(in_folder(std::string("run experiments/xor_neat.toml -o new.h5 ") + start), 2,
                    ": an input per sensor and an output per motor of the environment");
  }
}

TEST_F(Start, WhatIsWrongIsOneLine) {
  const std::string run = "run mine.toml -o new.h5 ";
  expect_one_line(in_folder(run + "--from none.h5"), 2, "none.h5: there is no such file");
  expect_one_line(in_folder(run + "--genomes none.csv"), 2, "none.csv: there is no such file");
  expect_one_line(in_folder(run + "--from mine.toml"), 2,
                  "--from mine.toml: does not end in .h5, but a run file is expected");
  expect_one_line(in_folder(run + "--genomes mine.toml"), 2,
                  "mine.toml:1: '[run]' is not a number");
  expect_one_line(in_folder(run + "--from other.h5 --genomes a.csv"), 2, "excludes");
  std::string nineteen;
  for (int gene = 0; gene < 19; ++gene) nineteen += "0.5,";
  file("nan.csv", nineteen + "1\n" + nineteen + "nan\n");
  expect_one_line(in_folder(run + "--genomes nan.csv"), 2,
                  "nan.csv:2: 'nan' is not a finite number");
  file("text.h5", "not a run file");
  expect_one_line(in_folder(run + "--from text.h5"), 1,
                  "cambrian: text.h5: is not an HDF5 file, so not a run file");
  expect_one_line(in_folder(run + "--from other.h5 --set environment.dimensions=7"), 2,
                  "--from other.h5: holds vectors of 20 genes, but these genomes have 7");
  file("key.toml", good_ + "[start]\nfrom = \"othr.h5\"\n");
  expect_one_line(in_folder("run key.toml -o new.h5"), 2, "did you mean 'other.h5'?");
  file("typo.toml", good_ + "[start]\nfrm = \"other.h5\"\n");
  expect_one_line(in_folder("run typo.toml -o new.h5"), 2, "did you mean 'from'?");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new.h5"));
}

}  // namespace
}  // namespace cambrian
