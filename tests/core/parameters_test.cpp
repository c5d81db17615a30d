#include "cambrian/core/parameters.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

enum class Colour { red, green };

struct Paint final : Parameters {
  std::int64_t coats = 2;
  double gloss = 0.5;
  std::vector<std::int64_t> sizes = {1, 2};
  Colour colour = Colour::red;
  std::vector<Colour> mixed;
  void visit(ParameterVisitor& visitor) override {
    const std::vector<Choice<Colour>> colours = {{"red", Colour::red}, {"green", Colour::green}};
    visitor.integer("coats", coats, {1, 3}, {"layers"});
    visitor.real("gloss", gloss, {0.0, 1.0}, {"shine"});
    visitor.integers("sizes", sizes, {1, 9}, {"widths"});
    visitor.choice("colour", colour, colours, {"which"});
    visitor.choices("mixed", mixed, colours, {"with"});
  }
};

/// Key and reason, apart.
std::pair<std::string, std::string> fault(const Paint& paint) {
  try {
    checked(paint);
  } catch (const ConfigError& error) {
    return {error.key(), error.reason()};
  }
  return {};
}

using Fault = std::pair<std::string, std::string>;

TEST(Checked, GivesBackWhatIsAllowed) {
  Paint paint;
  paint.coats = 3;
  paint.mixed = {Colour::green};
  EXPECT_EQ(checked(paint).coats, 3);
  EXPECT_EQ(checked(paint).mixed, paint.mixed);
}

TEST(Checked, RefusesANumberBeyondABound) {
  Paint paint;
  paint.coats = 0;
  EXPECT_EQ(fault(paint), Fault("coats", "is 0, but at least 1 is expected"));
  paint.coats = 4;
  EXPECT_EQ(fault(paint), Fault("coats", "is 4, but at most 3 is expected"));
}

TEST(Checked, RefusesWhatIsNotFinite) {
  Paint paint;
  paint.gloss = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(fault(paint), Fault("gloss", "is nan, but a finite number is expected"));
}

TEST(Checked, NamesTheEntryOfAList) {
  Paint paint;
  paint.sizes = {1, 10};
  EXPECT_EQ(fault(paint), Fault("sizes", "entry 2 is 10, but at most 9 is expected"));
}

TEST(Checked, RefusesAValueThatNoWordStandsFor) {
  Paint paint;
  paint.colour = static_cast<Colour>(7);
  EXPECT_EQ(fault(paint), Fault("colour", "is '', but one of 'red', 'green' is expected"));
  paint.colour = Colour::red;
  paint.mixed = {Colour::red, static_cast<Colour>(7)};
  EXPECT_EQ(fault(paint), Fault("mixed", "entry 2 is '', but one of 'red', 'green' is expected"));
}

TEST(ConfigError, KeepsKeyAndReasonApart) {
  const ConfigError error("shape", "has 3 numbers: too many");
  EXPECT_EQ(error.key(), "shape");
  EXPECT_EQ(error.reason(), "has 3 numbers: too many");
  EXPECT_STREQ(error.what(), "shape: has 3 numbers: too many");
}

TEST(FileError, KeepsPathAndReasonApart) {
  const FileError error("a: b.h5", "is empty");
  EXPECT_EQ(error.path(), "a: b.h5");
  EXPECT_EQ(error.reason(), "is empty");
}

}  // namespace
}  // namespace cambrian
