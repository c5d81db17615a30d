// The rates of `[variation]` where a configuration names no preset: they depend on the encoding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/catalogue/drafts.hpp"

namespace cambrian {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The effective configuration of novelty search in the maze.
std::string effective(const std::string& encoding, const std::string& variation) {
  const RecordedInputs inputs({source_folder() + "/data"});
  Configuration configuration = Configuration::from_text(
      "[environment]\nname = 'maze'\n[encoding]\nname = '" + encoding + "'\n" + variation +
          "[algorithm]\nname = 'novelty_search'\n[result_archive]\nshape = [5, 5]\n",
      "draft.toml");
  assemble(configuration, drafts::catalogue(), inputs, 1);
  return configuration.effective();
}

TEST(DefaultPreset, PaintedEncodingsVaryTheirCppnsByRatesOfTheirOwn) {
  EXPECT_THAT(effective("hyperneat", ""),
              AllOf(HasSubstr("[variation]\nname = \"neat\"\npreset = \"cppn\"\n"),
                    HasSubstr("add_node = 0.03\n"), HasSubstr("mutate_activation = 0.1\n")));
}

TEST(DefaultPreset, AGraphThatIsTheNetworkKeepsThePublishedRates) {
  EXPECT_THAT(effective("direct_graph", ""),
              AllOf(Not(HasSubstr("preset")), HasSubstr("add_link = 0.05\n"),
                    HasSubstr("mutate_activation = 0.0\n")));
}

TEST(DefaultPreset, ThePublishedRatesCanBeNamed) {
  EXPECT_THAT(effective("hyperneat", "[variation]\npreset = 'maze'\n"),
              AllOf(HasSubstr("preset = \"maze\"\n"), HasSubstr("add_node = 0.005\n")));
}

TEST(DefaultPreset, AKeyWinsOverIt) {
  EXPECT_THAT(effective("hyperneat", "[variation]\nadd_node = 0.2\n"),
              AllOf(HasSubstr("preset = \"cppn\"\n"), HasSubstr("add_node = 0.2\n"),
                    HasSubstr("mutate_activation = 0.1\n")));
}

TEST(DefaultPreset, WhatWasEffectiveReadAgainIsTheSame) {
  const RecordedInputs inputs({source_folder() + "/data"});
  const std::string once = effective("hyperneat", "");
  Configuration configuration = Configuration::from_text(once, "stored.toml");
  assemble(configuration, drafts::catalogue(), inputs, 1);
  EXPECT_EQ(configuration.effective(), once);
}

}  // namespace
}  // namespace cambrian
