// Run files of before a key was there are computed as they were.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/core/state.hpp"
#include "cambrian/run/stored_run.hpp"
#include "tests/catalogue/drafts.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

/// What a run file with this configuration is assembled from.
std::string effective(const std::string& config) {
  StateTree tree;
  tree.writer()->attribute("config", config);
  Configuration configuration = stored_configuration(*tree.reader(), "old.h5", drafts::catalogue());
  const RecordedInputs inputs({data_folder()});
  assemble(configuration, drafts::catalogue(), inputs, 1);
  return configuration.effective();
}

const std::string kMaze = "[environment]\nname = \"maze\"\n";
const std::string kSearch = "[algorithm]\nname = \"novelty_search\"\n";

TEST(FormerKeys, AMazeThatDoesNotSayHowWallsEndHadOpenOnesAndSensorsInRows) {
  const std::string text = effective(kMaze + "[encoding]\nname = \"direct_graph\"\n" + kSearch);
  EXPECT_THAT(text, HasSubstr("wall_ends = \"open\"\n"));
  EXPECT_THAT(text, HasSubstr("places = \"rows\"\n"));
}

TEST(FormerKeys, HyperneatThatDoesNotSayWhatItsCppnIsToldToldItThePlacesAlone) {
  const std::string text = effective(kMaze + "[encoding]\nname = \"hyperneat\"\n" + kSearch);
  EXPECT_THAT(text, HasSubstr("layer_coordinate = false\n"));
  EXPECT_THAT(text, HasSubstr("kind_coordinate = false\n"));
  EXPECT_THAT(text, HasSubstr("cppn_output = \"bipolar_sigmoid\"\n"));
}

TEST(FormerKeys, WhatIsSaidStays) {
  EXPECT_THAT(
      effective(kMaze + "wall_ends = \"closed\"\n[encoding]\nname = \"direct_graph\"\n" + kSearch),
      HasSubstr("wall_ends = \"closed\"\n"));
}

}  // namespace
}  // namespace cambrian
