#include "cambrian/core/individuals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr RowEdit::Kind kPut = RowEdit::Kind::put, kMove = RowEdit::Kind::move,
                        kShrink = RowEdit::Kind::shrink;

/// Three rows of two objectives and two dimensions, every number of which tells its place.
Individuals three() {
  Individuals rows;
  rows.start(3, 10, 2, 2);
  for (std::size_t i = 0; i < 6; ++i) {
    rows.objectives[i] = 100.0 + static_cast<double>(i);
    rows.descriptors[i] = 200.0 + static_cast<double>(i);
  }
  for (std::size_t i = 0; i < 3; ++i) rows.parents[i] = {10 + i, kNoParent};
  rows.solved = {0, 1, 0};
  return rows;
}

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(Individuals, OfANewBatchAreValidUnsolvedAndWithoutParents) {
  Individuals batch = three();
  batch.origins = {1, 2, 3};
  batch.start(2, 40, 1, 3);
  EXPECT_THAT(batch.ids, ElementsAre(40, 41));
  EXPECT_THAT(batch.evaluations, ElementsAre(41, 42));
  EXPECT_THAT(batch.valid, ElementsAre(1, 1));
  EXPECT_THAT(batch.solved, ElementsAre(0, 0));
  EXPECT_EQ(batch.parents[1], (ParentIds{kNoParent, kNoParent}));
  EXPECT_THAT(batch.objectives, ElementsAre(0, 0));
  EXPECT_EQ(batch.descriptors.size(), 6U);
  EXPECT_TRUE(batch.origins.empty());
}

TEST(Individuals, FollowEditsInAllColumnsAtTheirWidths) {
  Individuals table;
  const std::vector<RowEdit> edits = {
      {kPut, 0, 2}, {kPut, 1, 0}, {kPut, 2, 1}, {kMove, 0, 2}, {kShrink, 2, 0}};
  table.apply(edits, three());  // 12 10 11, then 11 10
  EXPECT_THAT(table.ids, ElementsAre(11, 10));
  EXPECT_THAT(table.evaluations, ElementsAre(12, 11));
  EXPECT_THAT(table.objectives, ElementsAre(102, 103, 100, 101));
  EXPECT_THAT(table.descriptors, ElementsAre(202, 203, 200, 201));
  EXPECT_THAT(table.solved, ElementsAre(1, 0));
  EXPECT_EQ(table.parents[0], (ParentIds{11, kNoParent}));
  EXPECT_EQ(table.objective(1), 100);
  EXPECT_THAT(table.descriptor(0), ElementsAre(202, 203));
}

TEST(Individuals, KeepTheOrderOfTheRowsThatStay) {
  Individuals rows = three();
  rows.samples = {4, 5, 6};
  rows.keep(std::vector<std::uint8_t>{1, 0, 1});
  EXPECT_THAT(rows.ids, ElementsAre(10, 12));
  EXPECT_THAT(rows.objectives, ElementsAre(100, 101, 104, 105));
  EXPECT_THAT(rows.descriptors, ElementsAre(200, 201, 204, 205));
  EXPECT_THAT(rows.samples, ElementsAre(4, 6));
  EXPECT_TRUE(rows.origins.empty());
}

StateTree saved(const Individuals& rows) {
  StateTree tree;
  rows.save(*tree.writer(), "m");
  return tree;
}

TEST(Individuals, AreLoadedAsTheyWereSavedWithTheirOptionalColumns) {
  for (const bool optional : {false, true}) {
    Individuals rows = three();
    if (optional) {
      rows.origins = {2, 0, 1};
      rows.samples = {1, 7, 1};
    }
    const StateTree tree = saved(rows);
    EXPECT_EQ(tree.reader()->has("origin"), optional);
    EXPECT_EQ(tree.reader()->has("samples"), optional);
    Individuals loaded;
    loaded.load(*tree.reader(), 2, "archive");
    EXPECT_EQ(saved(loaded), tree);
    EXPECT_EQ(loaded.origins, rows.origins);
    EXPECT_EQ(loaded.samples, rows.samples);
    EXPECT_EQ(loaded.objectives_per_row, 2U);
  }
}

TEST(Individuals, OfSeveralObjectivesSaveTheFirstByItselfAndAllTogether) {
  const StateTree tree = saved(three());
  EXPECT_THAT(tree.reader()->column<double>("objective"), ElementsAre(100, 102, 104));
  EXPECT_THAT(tree.reader()->column<double>("objectives"),
              ElementsAre(100, 101, 102, 103, 104, 105));
  EXPECT_EQ(tree.reader()->width("objectives"), 2U);
  Individuals one;
  one.start(3, 0, 1, 2);
  EXPECT_FALSE(saved(one).reader()->has("objectives"));
}

TEST(Individuals, OfOtherWidthsOrColumnsAreRefusedAndNothingChanges) {
  const std::vector<RowEdit> put = {{kPut, 0, 0}};
  Individuals wide, deep, with_origin = three(), with_samples = three();
  wide.start(3, 0, 3, 2);
  deep.start(3, 0, 2, 1);
  with_origin.origins = {0, 0, 0};
  with_samples.samples = {1, 1, 1};
  for (const Individuals* other : {&wide, &deep, &with_origin, &with_samples}) {
    Individuals table;
    table.apply(put, three());
    const StateTree before = saved(table);
    EXPECT_THAT(error_of([&] { table.apply(put, *other); }), HasSubstr("offered to a table"));
    EXPECT_EQ(saved(table), before);
    Individuals empty;  // takes what comes first
    EXPECT_NO_THROW(empty.apply(put, *other));
    EXPECT_EQ(empty.size(), 1U);
  }
}

/// What loading says of three rows whose file `damage` has changed.
std::string complaint_of(const std::function<void(StateWriter&)>& damage) {
  Individuals rows = three();
  rows.origins = {0, 1, 1};
  rows.samples = {1, 1, 2};
  StateTree tree = saved(rows);
  damage(*tree.writer());
  Individuals loaded;
  const std::string error = error_of([&] { loaded.load(*tree.reader(), 2, "archive"); });
  EXPECT_EQ(loaded.size(), error == "none" ? 3U : 0U);
  return error;
}

template <class T>
auto shortened(const char* column) {
  return [column](StateWriter& table) { table.column<T>(column, std::vector<T>(2)); };
}

TEST(Individuals, OfADamagedTableAreRefusedWithTheNameOfTheColumn) {
  EXPECT_EQ(complaint_of([](StateWriter&) {}), "none");
  EXPECT_EQ(complaint_of(shortened<double>("descriptor")),
            "archive/descriptor: has 2 entries, but the table's rows need 6");
  EXPECT_THAT(complaint_of(shortened<std::uint64_t>("evaluation")),
              HasSubstr("/evaluation: has 2"));
  EXPECT_THAT(complaint_of(shortened<std::uint64_t>("parents")), HasSubstr("/parents: has 2"));
  EXPECT_THAT(complaint_of(shortened<std::uint8_t>("solved")), HasSubstr("/solved: has 2"));
  EXPECT_THAT(complaint_of(shortened<std::uint32_t>("origin")), HasSubstr("/origin: has 2"));
  EXPECT_THAT(complaint_of(shortened<std::uint32_t>("samples")), HasSubstr("/samples: has 2"));
  EXPECT_THAT(complaint_of(shortened<double>("objectives")), HasSubstr("/objective"));
  EXPECT_EQ(complaint_of([](StateWriter& table) {
              table.matrix<double>("descriptor", std::vector<double>{0, 1, NAN, 0, 0, 0}, 2);
            }),
            "archive/descriptor: holds a number that is not finite");
}

TEST(Individuals, OfABatchMustHaveColumnsOfTheirShapes) {
  const Individuals good = three();
  EXPECT_NO_THROW(good.require_batch(3, 2));
  EXPECT_THAT(error_of([&] { good.require_batch(3, 1); }),
              HasSubstr("descriptors of 2 dimensions"));
  EXPECT_EQ(error_of([&] { good.require_batch(4, 2); }), "valid: there are 3; expected 4");
  const auto without = [&](const auto& damage) {
    Individuals batch = good;
    damage(batch);
    return error_of([&] { batch.require_batch(3, 2); });
  };
  EXPECT_THAT(without([](Individuals& b) { b.ids.pop_back(); }), HasSubstr("ids: there are 2"));
  EXPECT_THAT(without([](Individuals& b) { b.objectives.pop_back(); }),
              HasSubstr("objectives: there are 5"));
  EXPECT_THAT(without([](Individuals& b) { b.descriptors.clear(); }),
              HasSubstr("descriptors: there are 0"));
  EXPECT_THAT(without([](Individuals& b) { b.parents.pop_back(); }),
              HasSubstr("parents: there are 2"));
  EXPECT_THAT(without([](Individuals& b) { b.solved.pop_back(); }),
              HasSubstr("solved: there are 2"));
  EXPECT_THAT(without([](Individuals& b) { b.valid.pop_back(); }), HasSubstr("valid: there are 2"));
  EXPECT_THAT(without([](Individuals& b) { b.origins.resize(2); }),
              HasSubstr("origins: there are 2"));
  EXPECT_THAT(without([](Individuals& b) { b.objectives_per_row = 0; }), HasSubstr("no objective"));
  EXPECT_EQ(without([](Individuals& b) { b.samples.resize(3); }), "none");
}

TEST(Individuals, WithANumberThatIsNotFiniteBecomeInvalid) {
  for (const double bad : {NAN, INFINITY, -INFINITY}) {
    Individuals batch = three();
    batch.objectives[1] = bad;   // row 0
    batch.descriptors[5] = bad;  // row 2
    batch.refuse_what_is_not_finite();
    EXPECT_THAT(batch.valid, ElementsAre(0, 1, 0));
  }
  Individuals batch = three();
  batch.refuse_what_is_not_finite();
  EXPECT_THAT(batch.valid, ElementsAre(1, 1, 1));
}

}  // namespace
}  // namespace cambrian
