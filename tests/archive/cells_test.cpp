#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/core/error.hpp"
#include "tests/archive/random_offers.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

const DescriptorSpace kUnitSquare = {{"x", "y"}, {"", ""}, {0, 0}, {1, 1}};
const DescriptorSpace kOblong = {{"x", "y"}, {"", ""}, {0, -200}, {1, 200}};

StreamKey test_key(std::string_view purpose) { return stream_key(11, purpose); }

/// Files by name, in memory.
struct TextInputs final : Inputs {
  std::map<std::string, std::string> files;
  std::string read(const std::string& name) const override { return files.at(name); }
};

std::vector<std::uint32_t> cells_of(const Cells& cells, const std::vector<double>& descriptors) {
  const std::size_t n = descriptors.size() / cells.space().dimensions();
  const std::vector<std::uint8_t> valid(n, 1);
  std::vector<std::uint32_t> cell(n);
  cells.find(descriptors, valid, cell);
  return cell;
}

template <class Keys>
std::string refused(const Keys& keys, const DescriptorSpace& space,
                    const Inputs* inputs = nullptr) {
  try {
    keys.make_cells({.space = space, .inputs = inputs, .key = test_key});
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(GridOfCells, MeasuresInStepsOfACellsWidthReachEveryCell) {
  const std::unique_ptr<Cells> grid = GridKeys{}.make_cells({.space = kUnitSquare});
  std::vector<double> descriptors;
  for (int x = 0; x < 100; ++x)
    for (int y = 0; y < 100; ++y) descriptors.insert(descriptors.end(), {x * 0.01, y * 0.01});
  const auto found = cells_of(*grid, descriptors);
  EXPECT_EQ(std::set(found.begin(), found.end()).size(), 10'000U);
  GridKeys without;
  without.index_shift = 0;
  const auto fewer = cells_of(*without.make_cells({.space = kUnitSquare}), descriptors);
  EXPECT_EQ(std::set(fewer.begin(), fewer.end()).size(), 9'604U);
}

CvtKeys small_cvt() {
  CvtKeys keys;
  keys.cells = 50;
  keys.samples = 5'000;
  return keys;
}

TEST(CvtOfCells, EachDescriptorBelongsToItsNearestCentroidOnAxesOfEqualLength) {
  const CvtCells cells(small_cvt(), {.space = kOblong, .key = test_key});
  const std::span<const double> centroids = cells.centroids();
  ASSERT_EQ(centroids.size(), 100U);
  Stream stream(test_key("places"), 0);
  std::vector<double> places;
  for (int i = 0; i < 500; ++i)
    places.insert(places.end(), {1.4 * stream.uniform() - 0.2, 500 * stream.uniform() - 250});
  const auto found = cells_of(cells, places);
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::vector<double> distances;
    for (std::size_t c = 0; c < 50; ++c)
      distances.push_back(std::hypot((places[2 * i] - centroids[2 * c]) * 400,
                                     places[2 * i + 1] - centroids[2 * c + 1]));
    EXPECT_EQ(found[i], std::ranges::min_element(distances) - distances.begin());
  }
}

TEST(CvtOfCells, CellsAreAboutEquallyLarge) {
  const CvtCells cells(small_cvt(), {.space = kOblong, .key = test_key});
  Stream stream(test_key("places"), 1);
  std::vector<double> places;
  for (int i = 0; i < 50'000; ++i)
    places.insert(places.end(), {stream.uniform(), 400 * stream.uniform() - 200});
  std::vector<int> counts(50);
  for (const std::uint32_t cell : cells_of(cells, places)) ++counts[cell];
  EXPECT_GT(*std::ranges::min_element(counts), 500);
  EXPECT_LT(*std::ranges::max_element(counts), 1'700);
}

TEST(CvtOfCells, WhatIsNotFiniteHasNoCellAndWhatIsOutsideIsCounted) {
  const CvtCells cells(small_cvt(), {.space = kUnitSquare, .key = test_key});
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> places = {0.5, kNan, 0.5, 0.5, 2, 0.5, 0.5, 0.5};
  const std::vector<std::uint8_t> valid = {1, 1, 1, 0};
  std::vector<std::uint32_t> cell(4);
  EXPECT_EQ(cells.find(places, valid, cell), 1U);
  EXPECT_EQ(cell[0], kNoCell);
  EXPECT_LT(cell[1], 50U);
  EXPECT_LT(cell[2], 50U);
  EXPECT_EQ(cell[3], kNoCell);
}

TEST(CvtOfCells, HaveTheSameCentroidsForEveryNumberOfThreads) {
  const CvtCells alone(small_cvt(), {.space = kUnitSquare, .key = test_key});
  const auto executor = make_executor(3);
  const CvtCells together(small_cvt(),
                          {.space = kUnitSquare, .executor = executor.get(), .key = test_key});
  EXPECT_TRUE(std::ranges::equal(alone.centroids(), together.centroids()));
}

TEST(CvtOfCells, TakeTheCentroidsOfTheTableThatTheyContinue) {
  const CvtCells saved(small_cvt(), {.space = kOblong, .key = test_key});
  StateTree tree;
  saved.save_table(*tree.writer());
  const auto other_key = [](std::string_view) { return StreamKey{5, 6}; };
  CvtCells loaded(small_cvt(), {.space = kOblong, .key = other_key});
  loaded.load_table(*tree.reader());
  EXPECT_TRUE(std::ranges::equal(saved.centroids(), loaded.centroids()));
  CvtKeys more = small_cvt();
  more.cells = 51;
  CvtCells wrong(more, {.space = kOblong, .key = test_key});
  EXPECT_THROW(wrong.load_table(*tree.reader()), Error);
}

TEST(CvtOfCells, ReadCentroidsFromAFileOfCommasOrBlanks) {
  TextInputs inputs;
  inputs.files["c.csv"] = "# x, y\n0.1,0.2\n\n0.5 0.5\n 1e-1;0.9\r\n";
  CvtKeys keys;
  keys.centroids = "c.csv";
  CvtCells cells(keys, {.space = kUnitSquare, .inputs = &inputs});
  EXPECT_EQ(cells.count(), 3U);
  EXPECT_THAT(cells.centroids(), testing::ElementsAre(0.1, 0.2, 0.5, 0.5, 0.1, 0.9));
  EXPECT_THAT(cells_of(cells, {0, 1, 0, 0}), testing::ElementsAre(2, 0));
  StateTree tree;
  const std::vector<double> others = {0.1, 0.2, 0.5, 0.5, 0.1, 0.8};
  tree.writer()->matrix<double>("centroids", others, 2);
  EXPECT_THROW(cells.load_table(*tree.reader()), Error);
}

TEST(CvtOfCells, SayWhatIsWrongInOneLine) {
  CvtKeys keys = small_cvt();
  keys.samples = 49;
  EXPECT_EQ(refused(keys, kUnitSquare),
            "samples: is 49, but at least one per cell (50) is expected");
  keys = small_cvt();
  keys.max = {1, 1, 1};
  EXPECT_EQ(refused(keys, kUnitSquare), "max: has 3 numbers, but the descriptor has 2 dimensions");
  keys.max = {1, -1};
  EXPECT_THAT(refused(keys, kUnitSquare), HasSubstr("max: must be above min, but for 'y'"));
  keys = {};
  keys.centroids = "c.csv";
  TextInputs inputs;
  inputs.files["c.csv"] = "1 .2\n1 .2 .3\n";
  EXPECT_EQ(refused(keys, kUnitSquare, &inputs),
            "centroids: 'c.csv', line 2: has 3 numbers, but the descriptor has 2 dimensions");
  inputs.files["c.csv"] = "1 two\n";
  EXPECT_EQ(refused(keys, kUnitSquare, &inputs),
            "centroids: 'c.csv', line 1: 'two' is not a finite number");
  inputs.files["c.csv"] = "1 nan\n";
  EXPECT_THAT(refused(keys, kUnitSquare, &inputs), HasSubstr("'nan' is not a finite number"));
  inputs.files["c.csv"] = "# x y\n0 0.5\n\n1 1\n-0 .5\n";
  EXPECT_EQ(refused(keys, kUnitSquare, &inputs),
            "centroids: 'c.csv', line 5: is the centroid of line 2 again");
  inputs.files["c.csv"] = "0 0.5\n1 1.25\n";
  EXPECT_EQ(refused(keys, kUnitSquare, &inputs),
            "centroids: 'c.csv', line 2: 'y' is 1.25, but its bounds are 0 and 1");
  inputs.files["c.csv"] = "# none\n";
  EXPECT_EQ(refused(keys, kUnitSquare, &inputs), "centroids: 'c.csv' has none");
  EXPECT_THAT(refused(keys, kUnitSquare), HasSubstr("cannot read files"));
}

TEST(CvtOfCells, RefuseKeysThatCentroidsFromAFileDoNotUse) {
  TextInputs inputs;
  inputs.files["c.csv"] = "0.1 0.2\n0.5 0.5\n";
  const auto with = [&](const std::function<void(CvtKeys&)>& set) {
    CvtKeys keys;
    keys.centroids = "c.csv";
    set(keys);
    return refused(keys, kUnitSquare, &inputs);
  };
  const std::string idle = ": has no effect where centroids names a file; leave it out";
  EXPECT_EQ(with([](CvtKeys& keys) { keys.samples = 500; }), "samples" + idle);
  EXPECT_EQ(with([](CvtKeys& keys) { keys.iterations = 5; }), "iterations" + idle);
  EXPECT_EQ(with([](CvtKeys& keys) { keys.start = KMeansStart::random; }), "start" + idle);
  EXPECT_EQ(with([](CvtKeys& keys) { keys.cells = 3; }),
            "cells: is 3, but 'c.csv' has 2 centroids; leave it out");
  CvtKeys said;
  said.centroids = "c.csv";
  said.cells = 2;
  EXPECT_EQ(CvtCells(said, {.space = kUnitSquare, .inputs = &inputs}).count(), 2U);
}

TEST(CategoricalOfCells, HaveOneCellPerWholeNumberAndCutTheOtherAxes) {
  const DescriptorSpace space = {{"x", "material", "y"}, {"", "", ""}, {0, 3, 0}, {1, 6, 1}};
  CategoricalKeys keys;
  keys.categorical = {"material"};
  keys.shape = {2, 5};
  const auto cells = keys.make_cells({.space = space});
  EXPECT_EQ(cells->count(), 2U * 4 * 5);
  EXPECT_EQ(cells->kind(), "categorical");
  EXPECT_THAT(cells_of(*cells, {0, 3, 0, 0, 4, 0, 0, 6, 0.3, 0.5, 5, 1, 0, 9, 0}),
              testing::ElementsAre(0, 5, 16, 34, 15));
  StateTree tree;
  cells->save_table(*tree.writer());
  EXPECT_THAT(tree.reader()->attribute_as<std::vector<std::int64_t>>("shape"),
              testing::ElementsAre(2, 4, 5));
  EXPECT_NO_THROW(cells->load_table(*tree.reader()));
  tree.writer()->attribute("categorical", std::vector<std::string>{"x"});
  EXPECT_THROW(cells->load_table(*tree.reader()), Error);
}

TEST(CategoricalOfCells, SayWhatIsWrongInOneLine) {
  const DescriptorSpace space = {{"x", "kind"}, {"", ""}, {0, 0}, {1, 2.5}};
  CategoricalKeys keys;
  EXPECT_THAT(refused(keys, space), HasSubstr("categorical: is empty"));
  keys.categorical = {"knid"};
  EXPECT_THAT(refused(keys, space), HasSubstr("did you mean 'kind'"));
  keys.categorical = {"kind"};
  EXPECT_THAT(refused(keys, space), HasSubstr("max: must be a whole number for 'kind'"));
  keys.max = {1, 2};
  keys.shape = {3, 3};
  EXPECT_EQ(refused(keys, space),
            "shape: has 2 numbers, but 1 axis of the descriptor is not categorical");
  keys.max = {1, 1e9};
  keys.shape = {};
  EXPECT_THAT(refused(keys, space), HasSubstr("more than a million values"));
}

TEST(SlidingBoundariesOfCells, BeginAsAGridAndFollowTheQuantilesOfRecentDescriptors) {
  SlidingBoundariesKeys keys;
  keys.shape = {4, 2};
  keys.recent = 8;
  keys.period = 6;
  SlidingBoundariesCells cells(keys, kUnitSquare);
  EXPECT_THAT(cells.boundaries(0), testing::ElementsAre(0.25, 0.5, 0.75));
  EXPECT_THAT(cells_of(cells, {0.25, 0.5, -1, 9}), testing::ElementsAre(3, 1));
  std::vector<double> first;
  for (int i = 0; i < 5; ++i) first.insert(first.end(), {0.9, 0.9});
  EXPECT_FALSE(cells.learn(first, std::vector<std::uint8_t>(5, 1)));
  // Of these one is not valid; the ring then holds the last eight of twelve: 0.0 ... 0.07 on x.
  std::vector<double> second;
  for (int i = 0; i < 8; ++i) second.insert(second.end(), {0.01 * i, 0.5});
  second.insert(second.end(), {0.6, 0.6});
  std::vector<std::uint8_t> valid(9, 1);
  valid[8] = 0;
  EXPECT_TRUE(cells.learn(second, valid));
  EXPECT_THAT(cells.boundaries(0), testing::ElementsAre(0.02, 0.04, 0.06));
  EXPECT_THAT(cells.boundaries(1), testing::ElementsAre(0.5));
}

TEST(SlidingBoundariesOfCells, RefuseWhatAGridRefuses) {
  SlidingBoundariesKeys keys;
  keys.shape = {3};
  EXPECT_THAT(refused(keys, kUnitSquare), HasSubstr("shape: has 1 number"));
}

/// The elites of a map, placed anew by hand after each batch.
TEST(SlidingBoundariesOfCells, ElitesMoveWithTheBoundariesAndTheBestOfACellStays) {
  SlidingBoundariesParameters parameters;
  parameters.shape = {6, 5};
  parameters.recent = 200;
  parameters.period = 130;
  const DescriptorSpace space = test_space(2);
  const auto archive = cell_archive(parameters, {.space = space});
  const auto& cut = dynamic_cast<const CellArchive&>(*archive).cut();
  SlidingBoundariesCells model(parameters, space);
  struct Elite {
    double objective;
    std::vector<double> descriptor;
  };
  std::map<std::uint32_t, Elite> held;
  std::vector<std::uint32_t> order;  // cells by row, as the archive must have them
  Stream stream(test_key("sliding"), 0);
  Placement placement;
  Beside beside;
  std::size_t shrunk = 0;
  for (int step = 0; step < 80; ++step) {
    const RandomOffers batch(stream, 1 + stream.below(90), space);
    archive->add(batch.offers(), placement);
    beside.follow(placement.edits, batch);
    std::vector<std::uint8_t> usable;
    for (std::size_t i = 0; i < batch.objectives.size(); ++i) {
      usable.push_back(batch.usable(i) ? 1 : 0);
      if (!batch.usable(i)) continue;
      const auto place = batch.descriptor(i);
      const std::uint32_t cell = cells_of(model, {place.begin(), place.end()})[0];
      const auto there = held.find(cell);
      if (there == held.end()) order.push_back(cell);
      if (there == held.end() || batch.objectives[i] > there->second.objective)
        held[cell] = {batch.objectives[i], {place.begin(), place.end()}};
    }
    if (model.learn(batch.descriptors, usable)) {
      std::map<std::uint32_t, Elite> anew;
      for (const std::uint32_t cell : order) {
        const Elite& elite = held[cell];
        const std::uint32_t to = cells_of(model, elite.descriptor)[0];
        if (!anew.contains(to) || elite.objective > anew[to].objective) anew[to] = elite;
      }
      shrunk += anew.size() < held.size() ? 1 : 0;
      held = std::move(anew);
      order.assign(archive->cells().begin(), archive->cells().end());
    }
    ASSERT_EQ(archive->size(), held.size()) << "batch " << step;
    ASSERT_EQ(beside.objectives.size(), held.size());
    for (std::size_t row = 0; row < archive->size(); ++row) {
      const auto found = held.find(static_cast<std::uint32_t>(archive->cells()[row]));
      ASSERT_NE(found, held.end());
      ASSERT_EQ(beside.objectives[row], found->second.objective);
      const auto descriptor = std::span(beside.descriptors).subspan(row * 2, 2);
      ASSERT_TRUE(std::ranges::equal(descriptor, found->second.descriptor));
      ASSERT_EQ(cells_of(cut, found->second.descriptor)[0], found->first);
    }
  }
  EXPECT_GT(shrunk, 3U);
  EXPECT_EQ(archive->capacity(), 30U);
}

}  // namespace
}  // namespace cambrian
