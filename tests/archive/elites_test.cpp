#include "cambrian/archive/elites.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/statistics.hpp"
#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "tests/archive/pyribs_archives.hpp"
#include "tests/archive/random_offers.hpp"
#include "tests/archive/tag_population.hpp"

namespace cambrian {
namespace {

std::unique_ptr<Archive> make_archive(const std::string& name) {
  if (name == "unstructured, capped") {
    UnstructuredParameters parameters;
    parameters.threshold = 0.05;
    parameters.floor = 0.01;
    parameters.capacity = 30;
    return std::make_unique<UnstructuredArchive>(parameters, test_space(2));
  }
  // "cvt, threshold": the cells, then the contents.
  const std::string kind = name.substr(0, name.find(','));
  for (const ArchiveComponent& component : archives()) {
    if (component.name != kind) continue;
    auto parameters = component.parameters();
    if (auto* grid = dynamic_cast<GridParameters*>(parameters.get())) grid->shape = {12, 6};
    if (auto* cvt = dynamic_cast<CvtParameters*>(parameters.get())) {
      cvt->cells = 60;
      cvt->samples = 600;
    }
    if (auto* sliding = dynamic_cast<SlidingBoundariesParameters*>(parameters.get()))
      sliding->shape = {9, 7};
    if (auto* mixed = dynamic_cast<CategoricalParameters*>(parameters.get()))
      mixed->categorical = {"m1"};
    if (auto* contents = dynamic_cast<ContentKeys*>(parameters.get())) {
      if (name.ends_with("threshold")) contents->contents = Contents::threshold;
      if (name.ends_with("published")) {
        contents->contents = Contents::threshold;
        contents->acceptance = Acceptance::as_published;
        contents->learning_rate = 0.3;
      }
      if (name.ends_with("density")) {
        contents->contents = Contents::density;
        contents->buffer = 500;
      }
      if (contents->contents == Contents::threshold) contents->threshold_min = -2;
    }
    const DescriptorSpace space = test_space(2);
    return component.make(*parameters, {.space = space, .key = [](std::string_view purpose) {
                                          return stream_key(4, purpose);
                                        }});
  }
  return nullptr;
}

Elites make_elites(const std::string& name) {
  return Elites(make_archive(name), std::make_unique<TagPopulation>());
}

/// A batch whose columns can all be told from the candidate's id.
struct Batches {
  Stream stream{stream_key(9, "elites"), 0};
  std::uint64_t next_id = 100;
  std::vector<double> objective_of_id = std::vector<double>(100);

  void offer(Elites& elites) {
    const RandomOffers batch(stream, 1 + stream.below(100), test_space(2));
    Individuals rows;
    rows.start(batch.objectives.size(), next_id, 1, 2);
    rows.objectives.assign(batch.objectives.begin(), batch.objectives.end());
    rows.descriptors.assign(batch.descriptors.begin(), batch.descriptors.end());
    rows.valid.assign(batch.valid.begin(), batch.valid.end());
    TagPopulation genomes;
    for (std::size_t i = 0; i < rows.size(); ++i, ++next_id) {
      rows.parents[i] = {next_id + 1, next_id + 2};
      rows.evaluations[i] = next_id + 3;
      rows.solved[i] = static_cast<std::uint8_t>(next_id % 2);
      genomes.tags.push_back(next_id + 5);
      objective_of_id.push_back(rows.objective(i));
    }
    elites.add(rows, genomes);
  }
};

class ElitesOfEachArchive : public testing::TestWithParam<std::string> {};

TEST_P(ElitesOfEachArchive, KeepEveryColumnBesideItsElite) {
  Elites elites = make_elites(GetParam());
  Batches batches;
  for (int i = 0; i < 100; ++i) batches.offer(elites);
  ASSERT_GT(elites.size(), 20U);
  ASSERT_EQ(elites.archive().size(), elites.size());
  const auto& genomes = dynamic_cast<const TagPopulation&>(elites.population());
  const Individuals& rows = elites.individuals();
  for (std::size_t row = 0; row < elites.size(); ++row) {
    const std::uint64_t id = rows.ids[row];
    EXPECT_EQ(rows.objective(row), batches.objective_of_id[id]);
    EXPECT_EQ(rows.parents[row], (ParentIds{id + 1, id + 2}));
    EXPECT_EQ(rows.evaluations[row], id + 3);
    EXPECT_EQ(rows.solved[row], id % 2);
    EXPECT_EQ(genomes.tags[row], id + 5);
  }
}

TEST_P(ElitesOfEachArchive, LoadedEqualSavedAndGoOnTheSame) {
  Elites elites = make_elites(GetParam());
  Batches batches;
  for (int i = 0; i < 50; ++i) batches.offer(elites);
  StateTree saved;
  elites.save(*saved.writer());

  Elites loaded = make_elites(GetParam());
  loaded.load(*saved.reader());
  StateTree again;
  loaded.save(*again.writer());
  EXPECT_EQ(saved, again);

  Batches same = batches;
  for (int i = 0; i < 50; ++i) {
    batches.offer(elites);
    same.offer(loaded);
  }
  StateTree first, second;
  elites.save(*first.writer());
  loaded.save(*second.writer());
  EXPECT_EQ(first, second);
  EXPECT_NE(first, saved);
}

/// What is said of a batch that `damage` has changed; nothing of `elites` may have.
template <class Damage>
std::string refusal(Elites& elites, const Damage& damage, const Population& genomes) {
  StateTree before, after;
  elites.save(*before.writer());
  Individuals batch;
  batch.start(3, 10'000, 1, 2);
  for (std::size_t i = 0; i < 3; ++i) {
    batch.objectives[i] = 1e6;  // any of them would stay
    batch.descriptors[2 * i] = static_cast<double>(i) - 1;
  }
  damage(batch);
  std::string said = "none";
  try {
    elites.add(batch, genomes);
  } catch (const Error& error) {
    said = error.what();
  }
  elites.save(*after.writer());
  EXPECT_EQ(before == after, said != "none");
  return said;
}

TEST_P(ElitesOfEachArchive, RefuseABatchOfOtherShapesAndNothingHasChanged) {
  using testing::HasSubstr;
  Elites elites = make_elites(GetParam());
  Batches batches;
  for (int i = 0; i < 10; ++i) batches.offer(elites);
  const TagPopulation genomes({1, 2, 3});
  const auto said = [&](const auto& damage) { return refusal(elites, damage, genomes); };
  EXPECT_THAT(said([](Individuals& b) { b.descriptors.resize(5); }), HasSubstr("descriptors"));
  EXPECT_THAT(said([](Individuals& b) { b.objectives.resize(1); }), HasSubstr("objectives"));
  EXPECT_THAT(said([](Individuals& b) { b.valid.clear(); }), HasSubstr("valid"));
  EXPECT_THAT(said([](Individuals& b) { b.ids.resize(2); }), HasSubstr("ids"));
  EXPECT_THAT(said([](Individuals& b) { b.start(3, 10'000, 1, 3); }), HasSubstr("3 dimensions"));
  EXPECT_THAT(said([](Individuals& b) { b.start(3, 10'000, 2, 2); }), HasSubstr("2 objectives"));
  EXPECT_THAT(said([](Individuals& b) { b.origins.resize(3); }), HasSubstr("other columns"));
  EXPECT_THAT(said([](Individuals& b) { b.start(4, 10'000, 1, 2); }),
              HasSubstr("there are 4; expected 3"));
  const auto as_it_is = [](Individuals&) {};
  EXPECT_THAT(refusal(elites, as_it_is, TagPopulation({1, 2})),
              HasSubstr("there are 3; expected 2"));
  EXPECT_THAT(refusal(elites, as_it_is, RealPopulation(3)), HasSubstr("there are 3; expected 0"));
  RealPopulation vectors(4);
  vectors.resize(3);
  EXPECT_THAT(refusal(elites, as_it_is, vectors), HasSubstr("'real', but 'tag' was expected"));
  EXPECT_EQ(said(as_it_is), "none");
}

TEST_P(ElitesOfEachArchive, TheArchiveByItselfRefusesShortColumnsToo) {
  const auto archive = make_archive(GetParam());
  const std::vector<double> one = {1}, two = {0, 0}, three = {0, 0, 0};
  const std::vector<std::uint8_t> valid = {1};
  Placement placement;
  const auto said = [&](const Offers& offers) -> std::string {
    try {
      archive->add(offers, placement);
    } catch (const ShapeError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_EQ(said({one, one, valid}), "descriptors: there are 1; expected 2");
  EXPECT_EQ(said({one, three, valid}), "descriptors: there are 3; expected 2");
  EXPECT_EQ(said({{}, two, valid}), "objectives: there are 0; expected 1");
  EXPECT_EQ(said({one, two, valid, 2}), "objectives: there are 1; expected 2");
  EXPECT_EQ(archive->size(), 0U);
  EXPECT_EQ(said({two, two, valid, 2}), "none");
  EXPECT_EQ(archive->size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Archives, ElitesOfEachArchive,
                         testing::Values("grid", "grid, threshold", "grid, published",
                                         "grid, density", "cvt", "cvt, threshold", "cvt, density",
                                         "sliding_boundaries", "sliding_boundaries, published",
                                         "sliding_boundaries, density", "categorical",
                                         "categorical, threshold", "unstructured",
                                         "unstructured, capped"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::erase(name, ' ');
                           std::ranges::replace(name, ',', '_');
                           return name;
                         });

TEST(Elites, SaveTheColumnsAndAttributesOfTheRunFile) {
  Elites elites = make_elites("grid");
  Batches batches;
  batches.offer(elites);
  StateTree tree;
  elites.save(*tree.writer());
  const auto reader = tree.reader();
  EXPECT_THAT(reader->columns(), testing::ElementsAre("cell", "descriptor", "evaluation", "id",
                                                      "objective", "parents", "solved"));
  EXPECT_THAT(reader->groups(), testing::ElementsAre("genome", "state"));
  EXPECT_EQ(reader->width("descriptor"), 2U);
  EXPECT_EQ(reader->width("parents"), 2U);
  EXPECT_EQ(reader->attribute_as<std::string>("kind"), "grid");
  EXPECT_EQ(reader->attribute_as<std::uint64_t>("capacity"), 72U);
  EXPECT_THAT(reader->attribute_as<std::vector<std::int64_t>>("shape"),
              testing::ElementsAre(12, 6));
  EXPECT_EQ(reader->attribute_as<std::vector<std::string>>("descriptor_units").size(), 2U);
  EXPECT_THAT(reader->attribute_as<std::vector<std::string>>("descriptor_names"),
              testing::ElementsAre("m0", "m1"));
  EXPECT_THAT(reader->attribute_as<std::vector<double>>("descriptor_min"),
              testing::ElementsAre(-1, -2));
}

/// Saves elites of a grid, damages the tree, and loads it.
std::string error_after(const std::function<void(StateWriter&)>& damage) {
  Elites elites = make_elites("grid");
  Batches batches;
  batches.offer(elites);
  StateTree tree;
  elites.save(*tree.writer());
  damage(*tree.writer());
  Elites loaded = make_elites("grid");
  try {
    loaded.load(*tree.reader());
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(Elites, RefuseADamagedFile) {
  using testing::HasSubstr;
  const std::vector<std::uint64_t> one_id = {1};
  const std::vector<std::int64_t> two_cells = {1, 1};
  EXPECT_EQ(error_after([](StateWriter&) {}), "none");
  EXPECT_THAT(error_after([&](StateWriter& w) { w.column<std::uint64_t>("evaluation", one_id); }),
              HasSubstr("archive/evaluation: has 1 entries"));
  EXPECT_THAT(
      error_after([&](StateWriter& w) { w.group("genome")->column<std::uint64_t>("tag", one_id); }),
      HasSubstr("archive/genome"));
  EXPECT_THAT(error_after([&](StateWriter& w) { w.column<std::int64_t>("cell", two_cells); }),
              HasSubstr("archive/cell"));
  EXPECT_THAT(error_after([](StateWriter& w) { w.attribute("kind", std::string("cvt")); }),
              HasSubstr("kind 'cvt'"));
  EXPECT_THAT(error_after([](StateWriter& w) {
                w.attribute("shape", std::vector<std::int64_t>{6, 12});
              }),
              HasSubstr("another shape"));
}

Individuals two_rows() {
  Individuals rows;
  rows.start(2, 0, 1, 2);
  rows.objectives[0] = 1;
  rows.objectives[1] = 2;
  return rows;
}

TEST(Elites, RefuseCellsThatAreNotInTheGridOrComeTwice) {
  GridParameters parameters;
  parameters.shape = {2, 2};
  for (const std::vector<std::int64_t>& cells :
       {std::vector<std::int64_t>{1, 1}, {0, 4}, {-1, 0}}) {
    const auto grid = grid_archive(parameters, test_space(2));
    StateTree tree;
    grid->save_table(*tree.writer());
    grid->save(*tree.writer());
    EXPECT_THROW(grid->load(two_rows(), cells, *tree.reader(), *tree.reader()), Error);
  }
}

TEST(Elites, FollowPlacementsThatWereMadeOneByOne) {
  Elites elites(make_archive("unstructured"), std::make_unique<TagPopulation>());
  auto& archive = dynamic_cast<UnstructuredArchive&>(elites.archive());
  Placement placement;
  placement.reset(3);
  archive.enter(2, 1.0, std::vector<double>{0, 0}, 99, placement);
  archive.enter(0, 2.0, std::vector<double>{1, 0}, 99, placement);
  Individuals batch;
  batch.start(3, 10, 1, 2);
  elites.apply(placement, batch, TagPopulation({7, 8, 9}));
  EXPECT_THAT(elites.individuals().ids, testing::ElementsAre(12, 10));
  EXPECT_THAT(dynamic_cast<const TagPopulation&>(elites.population()).tags,
              testing::ElementsAre(9, 7));
}

TEST(Elites, BeginEmpty) {
  EXPECT_THROW(Elites(make_archive("grid"), std::make_unique<TagPopulation>(TagPopulation({1}))),
               Error);
}

TEST(Elites, RefusePlacementsOfRowsThatAreNotThere) {
  Elites elites(make_archive("unstructured"), std::make_unique<TagPopulation>());
  Placement placement;
  placement.reset(1);
  placement.edits = {{RowEdit::Kind::put, 0, 0}};
  Individuals batch;
  batch.start(1, 10, 1, 2);
  EXPECT_THROW(elites.apply(placement, batch, TagPopulation({7, 8})), Error);
  EXPECT_EQ(elites.size(), 0U);
}

TEST(Statistics, AreDefinedAsInPyribs) {
  GridParameters parameters;
  parameters.shape = {2, 5};
  Elites elites(grid_archive(parameters, test_space(2)), std::make_unique<TagPopulation>());
  Individuals batch;
  batch.start(3, 0, 1, 2);
  batch.objectives = {1, -4, 6};
  batch.descriptors = {-1, -2, 2, 3, -1, 3};
  elites.add(batch, TagPopulation({1, 2, 3}));
  const ArchiveStatistics result = statistics(elites, -5);
  EXPECT_EQ(result.size, 3U);
  EXPECT_DOUBLE_EQ(result.coverage, 0.3);
  EXPECT_DOUBLE_EQ(result.qd_score, 6 + 1 + 11);
  EXPECT_DOUBLE_EQ(result.normalised_qd_score, 1.8);
  EXPECT_EQ(result.objective_max, 6);
  EXPECT_EQ(result.objective_mean, 1);
}

TEST(Statistics, AreThoseOfPyribs) {
  GridParameters parameters;
  parameters.shape = {3, 2};
  parameters.apply_preset("pyribs");
  Elites elites(grid_archive(parameters, {{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}}),
                std::make_unique<TagPopulation>());
  constexpr std::size_t kAll = pyribs::kBatches * pyribs::kRows;
  Individuals batch;
  batch.start(kAll, 0, 1, 2);
  batch.objectives.assign(pyribs::kObjectives.begin(), pyribs::kObjectives.end());
  batch.descriptors.assign(pyribs::kMeasures.begin(), pyribs::kMeasures.end());
  elites.add(batch, TagPopulation(std::vector<std::uint64_t>(kAll)));
  const ArchiveStatistics result = statistics(elites, -10);
  const std::vector<double> found = {
      static_cast<double>(result.size), result.coverage,      result.qd_score,
      result.normalised_qd_score,       result.objective_max, result.objective_mean};
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i], pyribs::kStatistics[i], 1e-12) << i;
  }
  CqdOptions options;
  options.iterations = 3;
  options.targets = pyribs::kTargets;
  options.objective_min = -10;
  options.objective_max = 10;
  options.distance_max = 2.5;
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const auto expect = [&](double order, const std::vector<double>& penalties,
                          const std::vector<double>& expected) {
    options.distance_order = order;
    options.penalties = penalties;
    const auto scores =
        cqd_score(elites.individuals().objectives, elites.individuals().descriptors, 2, options);
    ASSERT_EQ(scores.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(scores[i], expected[i], 1e-12) << order;
  };
  expect(2, even_penalties(4), pyribs::kCqdEuclidean);
  expect(1, {0.1, 0.7}, pyribs::kCqdManhattan);
  expect(kInf, even_penalties(4), pyribs::kCqdLargest);
}

TEST(Statistics, ACqdScoreNeedsElitesAndRanges) {
  const std::vector<double> point = {0.5, 0.5};
  CqdOptions options;
  options.targets = point;
  options.penalties = {0};
  EXPECT_EQ(cqd_score(std::vector<double>{3}, point, 2, options), std::vector<double>{3});
  EXPECT_THROW(cqd_score({}, {}, 2, options), ConfigError);
  EXPECT_THROW(cqd_score(std::vector<double>{3}, point, 1, options), ShapeError);
  options.objective_max = options.objective_min;
  EXPECT_THROW(cqd_score(std::vector<double>{3}, point, 2, options), ConfigError);
  options.objective_max = 1;
  options.iterations = 2;
  EXPECT_THROW(cqd_score(std::vector<double>{3}, point, 2, options), ShapeError);
}

TEST(Statistics, TheBestEverOutlivesItsEliteAlsoInARunFile) {
  UnstructuredParameters one;
  one.capacity = 1;
  const auto made = [&] {
    return Elites(std::make_unique<UnstructuredArchive>(one, test_space(2)),
                  std::make_unique<TagPopulation>());
  };
  Elites elites = made();
  EXPECT_EQ(elites.objective_best_ever(), -std::numeric_limits<double>::infinity());
  for (const double objective : {4.0, 9.0, 2.0}) {
    Individuals batch;
    batch.start(1, static_cast<std::uint64_t>(objective), 1, 2);
    batch.objectives[0] = objective;
    batch.descriptors[0] = 100 * objective;
    elites.add(batch, TagPopulation({1}));
  }
  EXPECT_EQ(statistics(elites, 0).objective_mean, 2);
  EXPECT_EQ(statistics(elites, 0).objective_max, 9);
  StateTree tree;
  elites.save(*tree.writer());
  Elites loaded = made();
  loaded.load(*tree.reader());
  EXPECT_EQ(statistics(loaded, 0).objective_max, 9);
}

TEST(Elites, TheNearestIsFoundInUnitsOfTheBounds) {
  GridParameters parameters;
  parameters.shape = {10, 10};
  Elites elites(grid_archive(parameters, {{"x", "y"}, {"", ""}, {0, 0}, {1, 1000}}),
                std::make_unique<TagPopulation>());
  EXPECT_THROW(nearest_elite(elites, std::vector<double>{0, 0}), Error);
  Individuals batch;
  batch.start(3, 0, 1, 2);
  batch.descriptors = {0.1, 100, 0.9, 100, 0.15, 300};
  elites.add(batch, TagPopulation({1, 2, 3}));
  EXPECT_EQ(nearest_elite(elites, std::vector<double>{0.2, 240}), 2U);  // by y alone it is 0 or 1
  EXPECT_EQ(nearest_elite(elites, std::vector<double>{0.5, 100}), 0U);  // the first of equals
  EXPECT_EQ(nearest_elite(elites, std::vector<double>{0.7, 190}), 1U);
  EXPECT_THROW(nearest_elite(elites, std::vector<double>{0.5}), ShapeError);
}

TEST(Statistics, OfAnEmptyArchiveHaveNoMaximumAndAnUnboundedOneNoCoverage) {
  Elites elites = make_elites("unstructured");
  EXPECT_TRUE(std::isnan(statistics(elites, 0).objective_max));
  EXPECT_TRUE(std::isnan(statistics(elites, 0).objective_mean));
  Individuals batch;
  batch.start(1, 0, 1, 2);
  batch.objectives[0] = 3;
  elites.add(batch, TagPopulation({1}));
  EXPECT_EQ(statistics(elites, 1).coverage, 0);
  EXPECT_EQ(statistics(elites, 1).qd_score, 2);
  EXPECT_EQ(statistics(elites, 1).normalised_qd_score, 0);
}

}  // namespace
}  // namespace cambrian
