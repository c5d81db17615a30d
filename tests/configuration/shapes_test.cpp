// Lists of shapes, such as the hidden layers of a substrate.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/configuration/configuration_fixture.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

struct Layers final : Parameters {
  Shapes hidden = {{10}};
  void visit(ParameterVisitor& visitor) override {
    visitor.shapes("hidden", hidden, {1, 100}, {"layers"});
  }
};

TEST(Shapes, AreNumbersAndListsOfNumbersThatReadBackAsTheyAreWritten) {
  Configuration configuration = text("[encoding]\nhidden = [7, [5, 5], [2, 3, 4], [6]]");
  Layers layers;
  configuration.read("encoding", layers);
  EXPECT_THAT(layers.hidden,
              ElementsAre(ElementsAre(7), ElementsAre(5, 5), ElementsAre(2, 3, 4), ElementsAre(6)));
  EXPECT_EQ(configuration.effective(),
            "[encoding]\n"
            "hidden = [7, [5, 5], [2, 3, 4], 6]\n");
  Configuration none = text("[encoding]\nhidden = []");
  none.read("encoding", layers);
  EXPECT_TRUE(layers.hidden.empty());
}

TEST(Shapes, AreRefusedWithTheEntryAndWhatIsExpected) {
  const auto complaint = [](const std::string& value) {
    Configuration configuration = text("[encoding]\nhidden = " + value);
    Layers layers;
    try {
      configuration.read("encoding", layers);
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const std::string at = "a.toml:2:10: encoding.hidden: ";
  EXPECT_EQ(complaint("3"), at + "is a whole number (3), but a list of whole numbers or of such "
                                 "lists is expected, in [brackets]");
  EXPECT_EQ(complaint("[[5, 5], 'x']"),
            "a.toml:2:19: encoding.hidden: entry 2 is a string ('x'), but a whole number is "
            "expected");
  EXPECT_EQ(complaint("[3, [5, 0]]"),
            "a.toml:2:14: encoding.hidden: entry 2 is 0, but at least 1 is expected");
  EXPECT_EQ(complaint("[3, []]"),
            "a.toml:2:14: encoding.hidden: entry 2 is empty, but a number or a list of numbers is "
            "expected");
}

}  // namespace
}  // namespace cambrian
