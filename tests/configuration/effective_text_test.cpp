// Where each value of a configuration comes from, and how it is written.
#include "cambrian/configuration/effective_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cambrian/configuration/toml_text.hpp"
#include "tests/configuration/configuration_fixture.hpp"

namespace cambrian {
namespace {

Configuration every_origin() {
  Configuration configuration =
      text("[archive]\nname = \"grid\"\npreset = \"as_published\"\ncells = 9\n");
  configuration.set("archive.mode=thorough");
  configuration.set("archive.offset", 7, "--offset 7");
  use(configuration);
  return configuration;
}

TEST(EffectiveText, AValueHasTheOriginThatDecidedIt) {
  const std::vector<EffectiveTable> tables = every_origin().effective_tables();
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].path, "archive");
  std::vector<std::string> origins;
  for (const EffectiveValue& value : tables[0].values)
    origins.push_back(value.key + " = " + toml_text(value.value) + " " + value.origin);
  EXPECT_THAT(origins,
              testing::ElementsAre("name = \"grid\" a.toml:2", "preset = \"as_published\" a.toml:3",
                                   "clip = true default", "cells = 9 a.toml:4",
                                   "rate = 0.7 preset as_published", "label = \"none\" default",
                                   "mode = \"thorough\" --set", "shape = [10, 10] default",
                                   "range = [-1.0, 1.0] default", "names = [] default",
                                   "offset = 7.0 --offset"));
}

TEST(EffectiveText, TellsWhichValuesAreAsIfUnwritten) {
  Configuration configuration =
      text("[archive]\npreset = \"as_published\"\ncells = 7\nrate = 0.1\nlabel = \"none\"\n");
  use(configuration);
  std::map<std::string, std::string> same_as;
  const std::vector<EffectiveTable> tables = configuration.effective_tables();
  for (const EffectiveValue& value : tables[0].values) same_as[value.key] = value.same_as;
  EXPECT_EQ(same_as["cells"], "preset as_published");
  EXPECT_EQ(same_as["label"], "default");
  EXPECT_EQ(same_as["rate"], "");
}

TEST(EffectiveText, OriginsAreAlignedComments) {
  EXPECT_EQ(
      annotated_toml({{"a", "[a]", {{"k", std::int64_t{1}, "default"}, {"long", 2.5, "--set"}}},
                      {"b.0", "[[b]]", {{"x", "y", "run.toml:3"}}}},
                     "run.toml"),
      "# The effective configuration of run.toml\n"
      "\n[a]\n"
      "k = 1       # default\n"
      "long = 2.5  # --set\n"
      "\n[[b]]\n"
      "x = \"y\"     # run.toml:3\n");
}

TEST(EffectiveText, ReadsBackAsTheSameConfiguration) {
  const Configuration first = every_origin();
  Configuration again = text(annotated_toml(first.effective_tables(), "a\n.toml"));
  use(again);
  EXPECT_EQ(again.effective(), first.effective());
}

TEST(EffectiveText, JsonHoldsValuesAsValues) {
  const auto json = nlohmann::json::parse(annotated_json(every_origin().effective_tables()));
  EXPECT_EQ(json["archive"]["cells"]["value"], 9);
  EXPECT_EQ(json["archive"]["cells"]["origin"], "a.toml:4");
  EXPECT_EQ(json["archive"]["clip"]["value"], true);
  EXPECT_EQ(json["archive"]["range"]["value"], (std::vector<double>{-1, 1}));
  EXPECT_EQ(json["archive"]["mode"]["value"], "thorough");
  const auto infinite =
      nlohmann::json::parse(annotated_json({{"a", "[a]", {{"k", "-inf", "default", ""}}}}));
  EXPECT_EQ(infinite["a"]["k"]["value"], "-inf");
}

}  // namespace
}  // namespace cambrian
