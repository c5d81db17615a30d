// Every parameter of everything that a configuration can name, each wrong in every way that its
// declaration forbids: one line that says where and which, before anything runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "tests/catalogue/drafts.hpp"

namespace cambrian {
namespace {

using drafts::complaint_of;
using drafts::Draft;
using testing::HasSubstr;
using testing::StartsWith;

/// Those that stand in a table of their own; emitters stand in a list of tables.
std::vector<CatalogueEntry> entries() {
  std::vector<CatalogueEntry> all = catalogue_entries(drafts::catalogue());
  std::erase_if(all,
                [](const CatalogueEntry& entry) { return entry.table == "algorithm.emitters"; });
  return all;
}

/// By full name: "archives.grid".
class ParameterCorpus : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto draft = drafts::draft_with(entry_);
    ASSERT_TRUE(draft) << "no surroundings suit it";
    draft_ = *draft;
  }
  const std::string& table() const { return entry_.table; }
  std::vector<ParameterLine> lines() const { return parameter_sheet(entry_.parameters).lines; }

  /// What is said of the good draft with one key as given.
  std::string complaint(const std::string& key, const std::string& value) const {
    Draft draft = draft_;
    draft[table()][key] = value;
    return complaint_of(drafts::text_of(draft)).value_or("no complaint");
  }
  /// The complaint is one line, says where in the text, and names the key.
  void expect_refused(const std::string& key, const std::string& value,
                      const std::string& part) const {
    Draft draft = draft_;
    draft[table()][key] = value;
    const std::string text = drafts::text_of(draft);
    const std::string before = text.substr(0, text.find("[" + table() + "]"));
    const auto place = draft[table()].find(key);
    const auto line = std::count(before.begin(), before.end(), '\n') + 2 +
                      std::distance(draft[table()].begin(), place);
    const std::string message = complaint_of(text).value_or("no complaint");
    EXPECT_THAT(message, StartsWith("draft.toml:" + std::to_string(line) + ":"))
        << key << " = " << value;
    EXPECT_THAT(message, HasSubstr(": " + table() + "." + key + ": ")) << key << " = " << value;
    EXPECT_THAT(message, HasSubstr(part)) << key << " = " << value;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
  /// The struct alone takes the value: whether it goes with the rest is another question.
  void expect_read(const std::string& key, const std::string& value) const {
    auto configuration =
        Configuration::from_text("[" + table() + "]\n" + key + " = " + value + "\n", "draft.toml");
    const auto parameters = entry_.parameters();
    EXPECT_NO_THROW(configuration.read(table(), *parameters)) << key << " = " << value;
  }

  CatalogueEntry entry_ = find_entry(drafts::catalogue(), GetParam());
  Draft draft_;
};

/// Values of every kind but the parameter's own.
std::vector<std::string> wrong_values(const std::string& type) {
  std::vector<std::string> values = {"{}", "1979-05-27"};
  const bool is_list = type.starts_with("list");
  if (type != "true or false") values.push_back("true");
  if (type != "string" && type != "choice") values.push_back("'word'");
  if (type != "whole number" && type != "real number") values.push_back("1");
  if (type != "real number") values.push_back("0.5");
  if (!is_list) values.insert(values.end(), {"[]", "[1]", "['word']"});
  if (type == "list of strings") values.insert(values.end(), {"[1]", "['word', 0.5]"});
  if (type.starts_with("list of whole numbers"))
    values.insert(values.end(), {"['word']", "[1, 0.5]"});
  if (type == "list of real numbers") values.insert(values.end(), {"['word']", "[1, true]"});
  return values;
}

TEST_P(ParameterCorpus, RefusesEveryOtherType) {
  for (const ParameterLine& line : lines()) {
    for (const std::string& value : wrong_values(line.type))
      expect_refused(line.name, value, " expected");
  }
}

/// The bound, moved out of the range by the least step that there is.
std::string beyond(const ParameterValue& bound, int direction) {
  if (const auto* whole = std::get_if<std::int64_t>(&bound)) return toml_text(*whole + direction);
  const double infinity = direction * std::numeric_limits<double>::infinity();
  return toml_text(std::nextafter(std::get<double>(bound), infinity));
}

bool is_infinite(const ParameterValue& bound) {
  const auto* real = std::get_if<double>(&bound);
  return real != nullptr && std::isinf(*real);
}

TEST_P(ParameterCorpus, TakesItsBoundsAndNothingBeyond) {
  for (const ParameterLine& line : lines()) {
    const bool is_list = line.type.starts_with("list");
    const auto listed = [&](const std::string& value) {
      return is_list ? "[" + value + "]" : value;
    };
    if (line.min) {
      expect_read(line.name, listed(toml_text(*line.min)));
      if (!is_infinite(*line.min))
        expect_refused(line.name, listed(beyond(*line.min, -1)), " expected");
    }
    if (line.max) {
      expect_read(line.name, listed(toml_text(*line.max)));
      if (!is_infinite(*line.max))
        expect_refused(line.name, listed(beyond(*line.max, 1)), " expected");
    }
    if (line.type.find("real") != std::string::npos) {
      const bool takes_infinity =
          (line.min && is_infinite(*line.min)) || (line.max && is_infinite(*line.max));
      expect_refused(line.name, listed("nan"), "a finite number is expected");
      for (const char* value : {"inf", "-inf"}) {
        if (!takes_infinity)
          expect_refused(line.name, listed(value), "a finite number is expected");
      }
    }
  }
}

TEST_P(ParameterCorpus, RefusesOtherChoicesAndSuggestsTheNearest) {
  for (const ParameterLine& line : lines()) {
    if (line.choices.empty()) continue;
    const auto listed = [&](const std::string& value) {
      return line.type.starts_with("list") ? "[" + value + "]" : value;
    };
    expect_refused(line.name, listed("'qqqqqqqqqqqqqqqqqqqq'"), "is 'qqqqqqqqqqqqqqqqqqqq', but ");
    expect_refused(line.name, listed("''"), "is '', but ");
    for (const std::string& choice : line.choices) {
      expect_read(line.name, listed(toml_text(choice)));
      expect_refused(line.name, listed("'" + choice + "q'"), "did you mean '" + choice + "'?");
    }
  }
}

/// A letter too few; too many where there is only one.
std::string misspelt(const std::string& word) {
  if (word.size() == 1) return word + word;
  return word.substr(0, word.size() / 2) + word.substr(word.size() / 2 + 1);
}

TEST_P(ParameterCorpus, KnowsWhatAMisspeltKeyMeans) {
  for (const ParameterLine& line : lines())
    expect_refused(misspelt(line.name), toml_text(line.value),
                   "is unknown; did you mean '" + line.name + "'?");
}

TEST_P(ParameterCorpus, TakesItsOwnDefaultsAndPresets) {
  const ParameterSheet sheet = parameter_sheet(entry_.parameters);
  ASSERT_FALSE(sheet.presets.empty());
  for (const ParameterLine& line : sheet.lines) {
    expect_read(line.name, toml_text(line.value));
    for (const auto& [preset, value] : line.presets) expect_read(line.name, toml_text(value));
  }
  for (const std::string& preset : sheet.presets) {
    EXPECT_EQ(complaint("preset", toml_text(preset)), "no complaint");
    expect_refused("preset", "'" + preset + "q'", "did you mean '" + preset + "'?");
  }
  expect_refused("preset", "3", " expected");
}

TEST_P(ParameterCorpus, SaysWhatEachParameterIs) {
  for (const ParameterLine& line : lines()) {
    EXPECT_FALSE(line.meaning.empty()) << line.name;
    EXPECT_EQ(line.meaning.find('\n'), std::string::npos) << line.name;
    EXPECT_TRUE(std::all_of(line.name.begin(), line.name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    })) << line.name;
  }
}

std::vector<std::string> full_names() {
  std::vector<std::string> names;
  for (const CatalogueEntry& entry : entries()) names.push_back(entry.room + "." + entry.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, ParameterCorpus, testing::ValuesIn(full_names()),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(ParameterCorpusItself, CoversEveryRoomOfTheCatalogue) {
  std::size_t parameters = 0;
  std::map<std::string, int> rooms;
  for (const CatalogueEntry& entry : entries()) {
    ++rooms[entry.room];
    parameters += parameter_sheet(entry.parameters).lines.size();
  }
  EXPECT_EQ(rooms.size(), catalogue_rooms().size() - 1) << "all but emitters";
  EXPECT_GT(parameters, 100U);
}

/// Whatever chooses a component: misspelt, of another type, empty.
TEST(ParameterCorpusItself, RefusesComponentsThatAreNotThere) {
  for (const CatalogueEntry& entry : entries()) {
    if (entry.room == "tables") continue;
    auto draft = drafts::draft_with(entry);
    ASSERT_TRUE(draft) << entry.name;
    const auto said = [&](const std::string& value) {
      (*draft)[entry.table]["name"] = value;
      return complaint_of(drafts::text_of(*draft)).value_or("no complaint");
    };
    EXPECT_THAT(said("'" + misspelt(entry.name) + "'"),
                testing::AllOf(HasSubstr(entry.table + ".name: there is no '"),
                               testing::EndsWith("did you mean '" + entry.name + "'?")));
    EXPECT_THAT(said("''"), HasSubstr(entry.table + ".name: is empty"));
    for (const char* value : {"3", "[]", "{}", "true"})
      EXPECT_THAT(said(value), HasSubstr(entry.table + ".name: is ")) << value;
  }
}

TEST(ParameterCorpusItself, RefusesTablesThatAreNone) {
  for (const CatalogueEntry& entry : entries()) {
    auto draft = drafts::draft_with(entry);
    ASSERT_TRUE(draft) << entry.name;
    draft->erase(entry.table);
    const std::string rest = drafts::text_of(*draft);
    for (const char* value : {"3", "'word'", "[]", "[1]", "[{}]"}) {
      const auto message = complaint_of(entry.table + " = " + std::string(value) + "\n" + rest);
      EXPECT_THAT(
          message.value_or("no complaint"),
          testing::AllOf(StartsWith("draft.toml:1:"), HasSubstr(": " + entry.table + ": is "),
                         HasSubstr("a table is expected, such as [" + entry.table + "]")));
    }
  }
}

}  // namespace
}  // namespace cambrian
