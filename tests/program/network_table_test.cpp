// `cambrian query --table network/...` and `export --brain`: an elite's network laid open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <sstream>

#include "tests/program/call.hpp"
#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using testing::StartsWith;

class NetworkTable : public testing::Test {
 protected:
  Result in_folder(const std::string& arguments) const {
    return call(arguments, true, folder_.path().string());
  }
  /// Of the best elite of a short run of cart_pole with these changes.
  std::string table(const std::string& name, const std::string& sets) const {
    const Result made = in_folder(
        "run experiments/cart_pole_ctrnn.toml -o run.h5 --force --quiet "
        "--evaluations 300 --set environment.steps=50 " +
        sets);
    EXPECT_EQ(made.status, 0) << made.output;
    return in_folder("query run.h5 --best --format csv --table network/" + name).output;
  }
  run_file_tests::Folder folder_;
};

TEST_F(NetworkTable, HasTimeConstantsOnlyInContinuousTime) {
  EXPECT_THAT(table("node", ""), StartsWith("node,kind,layer,activation,bias,time_constant\n"));
  EXPECT_THAT(table("node", "--set encoding.preset=textbook"),
              StartsWith("node,kind,layer,activation,bias\n"));
}

TEST_F(NetworkTable, HasTheRulesByWhichLinksLearn) {
  EXPECT_THAT(table("edge", "--set encoding.preset=bain"),
              StartsWith("source,target,weight,a,b,c,d,rate,modulates\n"));
  EXPECT_THAT(in_folder("query run.h5 --best --format csv --table network/node").output,
              StartsWith("node,kind,layer,activation,bias,modulatory_bias\n"));
  EXPECT_THAT(table("edge", "--set encoding.preset=textbook"),
              StartsWith("source,target,weight\n"));
}

TEST_F(NetworkTable, HasAsManyCoordinatesAsTheSubstrate) {
  for (const bool in_space : {false, true}) {
    ASSERT_EQ(in_folder("run experiments/retina_hyperneat.toml -o run.h5 --force --quiet "
                        "--evaluations 300 " +
                        std::string(in_space ? "--set 'encoding.hidden=[[4, 2, 2]]'" : ""))
                  .status,
              0);
    EXPECT_THAT(in_folder("query run.h5 --best --format csv --table network/node").output,
                StartsWith(std::string("node,kind,layer,activation,bias,x,y") +
                           (in_space ? ",z\n" : "\n")));
    EXPECT_THAT(in_folder("query run.h5 --best --format csv --table network/edge").output,
                StartsWith(std::string("source,target,weight,source_x,source_y,target_x,target_y") +
                           (in_space ? ",source_z,target_z\n" : "\n")));
  }
}

TEST_F(NetworkTable, ShowsTheWeightsThatTheLifeOfItsEvaluationBeganWith) {
  // najarro_risi draws all weights at birth within 0.1.
  std::istringstream lines(table("edge", "--set encoding.preset=najarro_risi"));
  std::string line;
  std::getline(lines, line);
  int drawn = 0;
  while (std::getline(lines, line)) {
    const std::size_t weight = line.find(',', line.find(',') + 1) + 1;
    const double value = std::stod(line.substr(weight));
    EXPECT_NE(value, 0.0) << line;
    EXPECT_LE(std::abs(value), 0.1) << line;
    ++drawn;
  }
  EXPECT_EQ(drawn, 4 * 4 + 4);
}

TEST_F(NetworkTable, ABareVectorHasNoBrainToExport) {
  ASSERT_EQ(
      in_folder("run experiments/sphere_20_map_elites.toml -o run.h5 --quiet --evaluations 600")
          .status,
      0);
  const Result refused = in_folder("export run.h5 --best --brain -o brain.json");
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.output,
            "cambrian: --brain: this run evolves bare vectors; there are no networks\n");
}

TEST_F(NetworkTable, NeuronsOfTwoLayersAreNotPinnedAtOnePlace) {
  ASSERT_EQ(in_folder("run experiments/retina_hyperneat.toml -o run.h5 --quiet --evaluations 300 "
                      "--set 'encoding.hidden=[[4, 2]]'")
                .status,
            0);
  ASSERT_EQ(in_folder("export run.h5 --best --brain -o brain.dot").status, 0);
  std::istringstream lines(run_file_tests::read_bytes(folder_ / "brain.dot"));
  std::set<std::string> places;
  std::size_t pinned = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find("pos=");
    if (at == std::string::npos) continue;
    ++pinned;
    places.insert(line.substr(at, line.find('!') - at));
  }
  EXPECT_GT(pinned, 16U);  // sensors, hidden neurons, motors
  EXPECT_EQ(places.size(), pinned);
}

}  // namespace
}  // namespace cambrian
