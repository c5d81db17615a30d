// Formulas and layouts stand where a user looks: `list` and `describe`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cambrian/catalogue/describe.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(DescribedActivation, HasItsFormulaRangeAndSource) {
  const Catalogue all = make_catalogue({});
  EXPECT_EQ(describe_text(all, "neat_sigmoid"),
            "neat_sigmoid: an activation, the function of a neuron or CPPN node\n"
            "source: NEAT 1.2; NSC (novelty-search-cpp)\n\n"
            "  formula  1 / (1 + exp(-4.924273 * x))\n"
            "  range    0 to 1; as the outputs of a network, 0 to 1 is mapped onto the motors' "
            "ranges\n"
            "  number   6 in a run file's `activation`\n"
            "  exact    single precision; within 1e-6 of max(1, |f|)\n");
  EXPECT_EQ(describe_text(all, "activations.tanh"), describe_text(all, "tanh"));
  EXPECT_THAT(describe_text(all, "absolute"), HasSubstr("range    0 or more; "));
  const auto json = nlohmann::json::parse(describe_json(all, "square"));
  EXPECT_EQ(json["formula"], "x^2");
  EXPECT_EQ(json["min"], 0);
  EXPECT_TRUE(json["max"].is_null());
}

TEST(DescribedActivation, IsListed) {
  const Catalogue all = make_catalogue({});
  const std::string one = list_text(all, "activations");
  EXPECT_EQ(std::count(one.begin(), one.end(), '\n'), 16);
  EXPECT_THAT(one,
              testing::ContainsRegex("\n  gaussian +2 \\* exp\\(-\\(2.5 \\* x\\)\\^2\\) - 1\n"));
  EXPECT_THAT(list_text(all, {}), testing::EndsWith("\n\n" + one));
}

TEST(DescribedActivation, MisspeltIsSuggestedAndTakesNoEnvironment) {
  const Catalogue all = make_catalogue({});
  const auto complaint = [&](const std::string& name, const std::vector<std::string>& sets) {
    try {
      describe_text(all, name, sets);
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(complaint("neat_sigmod", {}),
            "describe: there is no 'neat_sigmod'; did you mean 'neat_sigmoid'?");
  EXPECT_EQ(complaint("tanh", {"environment.x=1"}),
            "--set environment.x=1: is for environments, but 'tanh' is an activation");
}

TEST(DescribedEncoding, SaysHowItsGenesBecomeANetwork) {
  const Catalogue all = make_catalogue({});
  EXPECT_THAT(describe_text(all, "direct_vector"),
              AllOf(HasSubstr("\nnetwork\n  genes    layer after layer, from the sensors on; in a "
                              "layer neuron after neuron; for each neuron\n           its weights"),
                    HasSubstr("then its bias\n"), HasSubstr("\n  sensors  mapped onto -1 to 1;"),
                    HasSubstr("\n  mapping  linear, ")));
  for (const char* encoding : {"direct_graph", "dct", "hyperneat", "es_hyperneat"}) {
    const auto json = nlohmann::json::parse(describe_json(all, encoding));
    ASSERT_GT(json["network"].size(), 3U) << encoding;
    EXPECT_EQ(json["network"][0]["subject"], "genes");
    EXPECT_THAT(describe_text(all, encoding), HasSubstr("\n  update   ")) << encoding;
  }
  EXPECT_EQ(describe_text(all, "none").find("\nnetwork\n"), std::string::npos);
}

}  // namespace
}  // namespace cambrian
