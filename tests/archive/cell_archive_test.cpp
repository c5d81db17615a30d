#include "cambrian/archive/cell_archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>

#include "cambrian/archive/cells/grid_cells.hpp"
#include "cambrian/core/error.hpp"
#include "tests/archive/random_offers.hpp"

namespace cambrian {
namespace {

/// The slow, obvious model: a map from cells to elites.
struct MapOfCells {
  struct Elite {
    double objective;
    std::vector<double> descriptor;
  };
  GridParameters parameters;
  DescriptorSpace space;
  std::map<std::int64_t, Elite> elites;
  std::uint64_t clipped = 0;

  std::int64_t cell(std::span<const double> descriptor) const {
    std::int64_t index = 0;
    for (std::size_t d = 0; d < space.dimensions(); ++d) {
      const auto cells = static_cast<double>(parameters.shape[d]);
      const double place =
          std::floor((cells * (descriptor[d] - space.min[d]) + parameters.index_shift) /
                     (space.max[d] - space.min[d]));
      index = index * parameters.shape[d] +
              static_cast<std::int64_t>(std::clamp(place, 0.0, cells - 1));
    }
    return index;
  }

  void add(const RandomOffers& batch, std::vector<Status>& status, std::vector<double>& value) {
    const auto before = elites;
    for (std::size_t i = 0; i < batch.objectives.size(); ++i) {
      status.push_back(Status::invalid);
      value.push_back(0);
      if (!batch.usable(i)) continue;
      const auto descriptor = batch.descriptor(i);
      bool outside = false;
      for (std::size_t d = 0; d < space.dimensions(); ++d) {
        outside |= descriptor[d] < space.min[d] || descriptor[d] > space.max[d];
      }
      clipped += outside ? 1 : 0;
      const double objective = batch.objectives[i];
      const auto& seen = parameters.add_mode == AddMode::batch ? before : elites;
      const auto there = seen.find(cell(descriptor));
      if (there == seen.end()) {
        status.back() = Status::added;
        value.back() = objective;
      } else {
        value.back() = objective - there->second.objective;
        status.back() = value.back() > 0 ? Status::improved : Status::rejected;
      }
      const auto now = elites.find(cell(descriptor));
      if (now == elites.end() || objective > now->second.objective) {
        elites[cell(descriptor)] = {objective, {descriptor.begin(), descriptor.end()}};
      }
    }
  }
};

void expect_same(const Archive& grid, const Beside& beside, const MapOfCells& model) {
  ASSERT_EQ(grid.size(), model.elites.size());
  ASSERT_EQ(beside.objectives.size(), grid.size());
  EXPECT_EQ(grid.filled_cells(), grid.size());
  const std::size_t dimensions = grid.space().dimensions();
  for (std::size_t row = 0; row < grid.size(); ++row) {
    const auto found = model.elites.find(grid.cells()[row]);
    ASSERT_NE(found, model.elites.end());
    EXPECT_EQ(beside.objectives[row], found->second.objective);
    const auto descriptor = std::span(beside.descriptors).subspan(row * dimensions, dimensions);
    EXPECT_TRUE(std::ranges::equal(descriptor, found->second.descriptor));
  }
  EXPECT_EQ(grid.clipped(), model.clipped);
}

struct GridCase {
  std::string preset;
  std::vector<std::int64_t> shape;
};

std::ostream& operator<<(std::ostream& out, const GridCase& one) {
  out << one.preset;
  for (const std::int64_t cells : one.shape) out << ' ' << cells;
  return out;
}

class CellArchiveAgainstModel : public testing::TestWithParam<GridCase> {};

TEST_P(CellArchiveAgainstModel, AnswersAndHoldsTheSameAfterEachBatch) {
  MapOfCells model;
  model.parameters.apply_preset(GetParam().preset);
  model.parameters.shape = GetParam().shape;
  model.space = test_space(GetParam().shape.size());
  const auto grid = grid_archive(model.parameters, model.space);
  Stream stream(stream_key(1, GetParam().preset), GetParam().shape.size());
  Placement placement;
  Beside beside;
  for (std::size_t step = 0; step < 60; ++step) {
    const RandomOffers batch(stream, 1 + stream.below(300), model.space);
    grid->add(batch.offers(), placement);
    beside.follow(placement.edits, batch);
    std::vector<Status> status;
    std::vector<double> value;
    model.add(batch, status, value);
    ASSERT_EQ(placement.status, status) << "batch " << step;
    ASSERT_EQ(placement.value, value) << "batch " << step;
    expect_same(*grid, beside, model);
  }
  EXPECT_GT(grid->clipped(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Presets, CellArchiveAgainstModel,
                         testing::Values(GridCase{"textbook", {12, 6}}, GridCase{"pyribs", {12, 6}},
                                         GridCase{"textbook", {100, 100}},
                                         GridCase{"textbook", {7}}, GridCase{"pyribs", {4, 3, 6}},
                                         GridCase{"textbook", {4, 3, 6}}));

DescriptorSpace unit_square() { return {{"x", "y"}, {"", ""}, {0, 0}, {1, 1}}; }

GridCells cells_of(const GridParameters& grid) {
  return {grid.shape, grid.min, grid.max, grid.index_shift, unit_square()};
}

std::uint32_t cell_of(const GridCells& cells, const std::vector<double>& descriptor) {
  std::uint32_t cell = 0;
  const std::uint8_t valid = 1;
  cells.find(descriptor, {&valid, 1}, {&cell, 1});
  return cell;
}

TEST(GridCells, AreRowMajorAndTheUpperBoundBelongsToTheLastCell) {
  GridParameters parameters;
  parameters.shape = {3, 4};
  const GridCells grid = cells_of(parameters);
  EXPECT_EQ(grid.count(), 12U);
  EXPECT_EQ(cell_of(grid, {0, 0}), 0U);
  EXPECT_EQ(cell_of(grid, {0, 0.25}), 1U);
  EXPECT_EQ(cell_of(grid, {0.5, 0}), 4U);
  EXPECT_EQ(cell_of(grid, {1, 1}), 11U);
  EXPECT_EQ(cell_of(grid, {-5, 9}), 3U);
}

TEST(GridCells, ABlockTellsHowManyWereClippedAndWhatHasNoCell) {
  GridParameters parameters;
  parameters.shape = {3, 4};
  const std::vector<double> block = {0, 0, -5, 9, NAN, 0.5, 1, 1, -5, 9};
  const std::vector<std::uint8_t> valid = {1, 1, 1, 1, 0};
  std::vector<std::uint32_t> cell(5);
  EXPECT_EQ(cells_of(parameters).find(block, valid, cell), 1U);
  EXPECT_THAT(cell, testing::ElementsAre(0U, 3U, kNoCell, 11U, kNoCell));
}

TEST(GridCells, TheIndexShiftOfPyribsLiftsWhatLiesJustBelowAnEdge) {
  GridParameters parameters;
  parameters.index_shift = 0;
  parameters.shape = {10, 10};
  const std::vector<double> just_below = {0.3 - 1e-9, 0};
  EXPECT_EQ(cell_of(cells_of(parameters), just_below), 20U);
  parameters.index_shift = 1e-6;
  EXPECT_EQ(cell_of(cells_of(parameters), just_below), 30U);
}

TEST(CellArchive, EqualObjectivesKeepTheElderElite) {
  for (const std::string_view preset : {"textbook", "pyribs"}) {
    GridParameters parameters;
    parameters.apply_preset(preset);
    const auto grid = grid_archive(parameters, unit_square());
    Placement placement;
    const std::vector<double> descriptors = {0.111, 0.5, 0.112, 0.5};
    grid->add({std::vector<double>{3, 3}, descriptors, std::vector<std::uint8_t>{1, 1}}, placement);
    EXPECT_EQ(grid->size(), 1U);
    EXPECT_THAT(placement.edits, testing::ElementsAre(RowEdit{RowEdit::Kind::put, 0, 0}));
    EXPECT_EQ(placement.status[1], preset == "pyribs" ? Status::added : Status::rejected);
    EXPECT_EQ(placement.value[1], preset == "pyribs" ? 3 : 0);
  }
}

TEST(GridCells, BoundsOfTheirOwnReplaceThoseOfTheMeasures) {
  GridParameters parameters;
  parameters.shape = {2, 2};
  parameters.min = {-10, -10};
  parameters.max = {10, 10};
  const GridCells grid = cells_of(parameters);
  EXPECT_EQ(cell_of(grid, {0.9, 0.9}), 3U);
  EXPECT_EQ(cell_of(grid, {-1, 0.9}), 1U);
  EXPECT_EQ(grid.space().max, parameters.max);
}

std::string error_of(const GridParameters& parameters, const DescriptorSpace& space) {
  try {
    grid_archive(parameters, space);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(GridCells, WithoutAShapeAreAHundredPerDimensionAndAtMostTenThousand) {
  const std::vector<std::vector<std::int64_t>> expected{
      {100}, {100, 100}, {21, 21, 21}, {10, 10, 10, 10}, {6, 6, 6, 6, 6}};
  for (const auto& shape : expected) EXPECT_EQ(grid_shape({}, shape.size()), shape);
  EXPECT_EQ(grid_shape({}, 20), std::vector<std::int64_t>(20, 2));
  EXPECT_EQ(grid_shape({7}, 1), std::vector<std::int64_t>{7});
}

TEST(GridCells, SayWhatIsWrongWithTheirShapeOrBounds) {
  GridParameters parameters;
  parameters.shape = {3, 3, 3};
  EXPECT_EQ(error_of(parameters, unit_square()),
            "shape: has 3 numbers, but the descriptor has 2 dimensions");
  parameters.shape = {70'000, 70'000};
  EXPECT_EQ(error_of(parameters, unit_square()), "shape: gives 2^32 cells or more");
  parameters.shape = {4'294'967'294, 4'294'967'294};
  EXPECT_EQ(error_of(parameters, unit_square()), "shape: gives 2^32 cells or more");
  parameters.shape = {3, 3};
  parameters.min = {0};
  EXPECT_EQ(error_of(parameters, unit_square()),
            "min: has 1 number, but the descriptor has 2 dimensions");
  parameters.min = {0, 2};
  EXPECT_EQ(error_of(parameters, unit_square()),
            "max: must be above min, but for 'y' it is 1, and min 2");
  parameters.min = {0, 1e300};
  EXPECT_EQ(error_of(parameters, unit_square()),
            "max: must be above min, but for 'y' it is 1, and min 1e+300");
  parameters.min = {0, -1e308};
  parameters.max = {1, 1e308};
  EXPECT_EQ(error_of(parameters, unit_square()),
            "max: is too far from min for 'y': their difference is not a finite number");
  parameters.max = {};
  parameters.min = {};
  DescriptorSpace unbounded = unit_square();
  unbounded.max[1] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(error_of(parameters, unbounded),
            "max: is needed, because 'y' declares no finite bound");
}

}  // namespace
}  // namespace cambrian
