#include "cambrian/archive/grid_archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>

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
      const auto& seen = parameters.add_mode == GridParameters::AddMode::batch ? before : elites;
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

void expect_same(const GridArchive& grid, const MapOfCells& model) {
  ASSERT_EQ(grid.size(), model.elites.size());
  const std::size_t dimensions = grid.space().dimensions();
  for (std::size_t row = 0; row < grid.size(); ++row) {
    const auto found = model.elites.find(grid.cells()[row]);
    ASSERT_NE(found, model.elites.end());
    EXPECT_EQ(grid.objectives()[row], found->second.objective);
    const auto descriptor = grid.descriptors().subspan(row * dimensions, dimensions);
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

class GridArchiveAgainstModel : public testing::TestWithParam<GridCase> {};

TEST_P(GridArchiveAgainstModel, AnswersAndHoldsTheSameAfterEachBatch) {
  MapOfCells model;
  model.parameters.apply_preset(GetParam().preset);
  model.parameters.shape = GetParam().shape;
  model.space = test_space(GetParam().shape.size());
  GridArchive grid(model.parameters, model.space);
  Stream stream(stream_key(1, GetParam().preset), GetParam().shape.size());
  Placement placement;
  // Columns beside the archive, which see the edits alone.
  std::vector<double> shadow_objectives;
  std::vector<std::size_t> shadow_rows;
  for (std::size_t step = 0; step < 60; ++step) {
    const RandomOffers batch(stream, 1 + stream.below(300), model.space);
    grid.add(batch.offers(), placement);
    std::vector<Status> status;
    std::vector<double> value;
    model.add(batch, status, value);
    ASSERT_EQ(placement.status, status) << "batch " << step;
    ASSERT_EQ(placement.value, value) << "batch " << step;
    expect_same(grid, model);
    apply_edits<double>(shadow_objectives, batch.objectives, placement.edits);
    ASSERT_TRUE(std::ranges::equal(shadow_objectives, grid.objectives())) << "batch " << step;
  }
  EXPECT_GT(grid.clipped(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Presets, GridArchiveAgainstModel,
                         testing::Values(GridCase{"textbook", {12, 6}}, GridCase{"pyribs", {12, 6}},
                                         GridCase{"textbook", {100, 100}},
                                         GridCase{"textbook", {7}}, GridCase{"pyribs", {4, 3, 6}},
                                         GridCase{"textbook", {4, 3, 6}}));

DescriptorSpace unit_square() { return {{"x", "y"}, {"", ""}, {0, 0}, {1, 1}}; }

TEST(GridArchive, CellsAreRowMajorAndTheUpperBoundBelongsToTheLastCell) {
  GridParameters parameters;
  parameters.shape = {3, 4};
  const GridArchive grid(parameters, unit_square());
  EXPECT_EQ(grid.cell_of(std::vector<double>{0, 0}), 0U);
  EXPECT_EQ(grid.cell_of(std::vector<double>{0, 0.25}), 1U);
  EXPECT_EQ(grid.cell_of(std::vector<double>{0.5, 0}), 4U);
  EXPECT_EQ(grid.cell_of(std::vector<double>{1, 1}), 11U);
  EXPECT_EQ(grid.cell_of(std::vector<double>{-5, 9}), 3U);
}

TEST(GridArchive, TheIndexShiftOfPyribsLiftsWhatLiesJustBelowAnEdge) {
  GridParameters parameters;
  parameters.shape = {10, 10};
  const std::vector<double> just_below = {0.3 - 1e-9, 0};
  EXPECT_EQ(GridArchive(parameters, unit_square()).cell_of(just_below), 20U);
  parameters.apply_preset("pyribs");
  EXPECT_EQ(GridArchive(parameters, unit_square()).cell_of(just_below), 30U);
}

TEST(GridArchive, EqualObjectivesKeepTheElderElite) {
  for (const std::string_view preset : {"textbook", "pyribs"}) {
    GridParameters parameters;
    parameters.apply_preset(preset);
    GridArchive grid(parameters, unit_square());
    Placement placement;
    const std::vector<double> descriptors = {0.111, 0.5, 0.112, 0.5};
    grid.add({std::vector<double>{3, 3}, descriptors, std::vector<std::uint8_t>{1, 1}}, placement);
    EXPECT_EQ(grid.size(), 1U);
    EXPECT_EQ(grid.descriptors()[0], 0.111);
    EXPECT_EQ(placement.status[1], preset == "pyribs" ? Status::added : Status::rejected);
    EXPECT_EQ(placement.value[1], preset == "pyribs" ? 3 : 0);
  }
}

TEST(GridArchive, BoundsOfItsOwnReplaceThoseOfTheMeasures) {
  GridParameters parameters;
  parameters.shape = {2, 2};
  parameters.min = {-10, -10};
  parameters.max = {10, 10};
  const GridArchive grid(parameters, unit_square());
  EXPECT_EQ(grid.cell_of(std::vector<double>{0.9, 0.9}), 3U);
  EXPECT_EQ(grid.cell_of(std::vector<double>{-1, 0.9}), 1U);
  EXPECT_EQ(grid.space().max, parameters.max);
}

std::string error_of(const GridParameters& parameters, const DescriptorSpace& space) {
  try {
    const GridArchive grid(parameters, space);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(GridArchive, SaysWhatIsWrongWithItsShapeOrBounds) {
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
  EXPECT_THAT(error_of(parameters, unit_square()),
              testing::StartsWith("max: must be above min, but for 'y' it is 1"));
  parameters.min = {};
  DescriptorSpace unbounded = unit_square();
  unbounded.max[1] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(error_of(parameters, unbounded),
            "max: is needed, because 'y' declares no finite bound");
}

}  // namespace
}  // namespace cambrian
