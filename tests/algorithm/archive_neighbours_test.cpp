#include "cambrian/algorithm/archive_neighbours.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kLiving = 40;
constexpr std::size_t kRounds = 60;

UnstructuredParameters parameters(const std::string& preset, std::int64_t k,
                                  std::int64_t capacity = 0) {
  UnstructuredParameters given;
  given.apply_preset(preset);
  given.k = k;
  given.threshold = 0;
  given.capacity = capacity;
  return given;
}

/// Points of a coarse lattice, so that distances tie and points coincide.
std::vector<double> draw(Stream& stream) {
  return {static_cast<double>(stream.below(12)), static_cast<double>(stream.below(12)) / 3};
}

/// A living population that is scored while the archive grows and rows change hands, each score
/// beside the plain one.
void expect_plain_scores(const UnstructuredParameters& given) {
  UnstructuredArchive archive(given, DescriptorSpace{{"x", "y"}, {"", ""}, {0, 0}, {12, 4}});
  FlatIndex living(2, archive.rule().metric());
  ArchiveNeighbours living_near(archive);
  ArchiveNeighbours children_near(archive);
  NoveltyScratch scratch;
  Placement placement;
  Stream stream(stream_key(1, "points"), 0);
  std::vector<std::vector<double>> points(kLiving);
  std::vector<std::uint32_t> archived(kLiving, kNoRow);
  for (auto& point : points) living.add(point = draw(stream));
  living_near.forget(kLiving);
  for (std::size_t round = 0; round < kRounds; ++round) {
    const std::size_t children = 1 + stream.below(50);
    std::vector<std::vector<double>> offered(children);
    for (auto& child : offered) child = draw(stream);
    children_near.forget(children);
    for (std::size_t i = 0; i < children; i += 2) children_near.update(i, offered[i]);
    placement.reset(children);
    for (std::size_t i = 0; i < children; ++i) {
      const double score =
          children_near.novelty(i, offered[i], living, archive.rule(), {}, scratch);
      ASSERT_EQ(score, novelty(offered[i], archive.index(), living, archive.rule(), {}, scratch));
      const bool enters = stream.chance(0.3) && archive.enter(i, 0, offered[i], 1, placement);
      if (!stream.chance(0.6)) continue;
      const std::uint32_t row = stream.below(kLiving);
      points[row] = offered[i];
      living.replace(row, offered[i]);
      living_near.take(row, children_near, i);
      archived[row] = enters ? placement.edits.back().row : kNoRow;
    }
    for (std::uint32_t row = 0; row < kLiving; ++row) {
      const OwnRows own{row, archived[row]};
      ASSERT_EQ(living_near.novelty(row, points[row], living, archive.rule(), own, scratch),
                novelty(points[row], archive.index(), living, archive.rule(), own, scratch));
    }
  }
  EXPECT_GT(archive.size(), 15U);
}

TEST(ArchiveNeighbours, ScoresToTheLastBitAsThePlainSearchDoes) {
  for (const char* preset : {"textbook", "as_published"}) {
    for (const std::int64_t k : {1, 15, 64}) expect_plain_scores(parameters(preset, k));
  }
}

TEST(ArchiveNeighbours, KeepsNothingOfAFullArchiveOrOfManyNeighbours) {
  expect_plain_scores(parameters("textbook", 15, 40));
  expect_plain_scores(parameters("textbook", 65));
}

}  // namespace
}  // namespace cambrian
