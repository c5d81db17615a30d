// How bare vectors are handed out: in blocks as large as the environment says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <vector>

#include "doubles.hpp"

namespace cambrian {
namespace {

using testing::Each;
using testing::UnorderedElementsAre;

/// The rows of each block that any worker met.
struct Blocks {
  std::mutex mutex;
  std::vector<std::size_t> rows;
  std::size_t sum() const {
    std::size_t all = 0;
    for (const std::size_t count : rows) all += count;
    return all;
  }
};

/// Vectors of 1; a gene of -1 throws.
class BlockEnvironment final : public Environment {
 public:
  BlockEnvironment(Blocks& blocks, std::size_t block) : blocks_(blocks) {
    description_.objectives = {{"value", "", 0, ""}};
    description_.measures = {{"gene", "", 0, 1, ""}};
    description_.descriptor = {"gene"};
    description_.takes_vectors = true;
    description_.vector_length = 1;
    description_.block = block;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    {
      const std::scoped_lock lock(blocks_.mutex);
      blocks_.rows.push_back(vectors.rows);
    }
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const float gene = vectors.row(i)[0];
      if (gene == -1) throw Error("a gene of -1");
      rows.objectives[i] = rows.measures[i] = static_cast<double>(gene);
      rows.solved[i] = 0;
    }
  }

 private:
  EnvironmentDescription description_;
  Blocks& blocks_;
};

struct BlockFixture {
  BlockFixture(std::size_t threads, std::size_t block)
      : executor(make_executor(threads)),
        evaluator(evaluator_of(
            *executor, [=, this] { return std::make_unique<BlockEnvironment>(blocks, block); },
            nullptr, {})) {}
  Batch run(std::vector<float> genes) {
    blocks.rows.clear();
    const RealPopulation candidates = population(1, genes);
    Batch batch;
    batch.fill(candidates.size(), 0);
    evaluator->evaluate(candidates, batch);
    return batch;
  }
  Blocks blocks;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Evaluator> evaluator;
};

std::vector<float> genes(std::size_t count) {
  std::vector<float> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(static_cast<float>(i));
  return made;
}

TEST(EvaluateBlocks, UnlessTheEnvironmentSaysMoreVectorsAreHandedOutOneByOne) {
  EXPECT_EQ(EnvironmentDescription().block, 1U);
  BlockFixture f(4, 1);
  f.run(genes(100));
  EXPECT_EQ(f.blocks.rows.size(), 100U);
  EXPECT_THAT(f.blocks.rows, Each(1U));
}

TEST(EvaluateBlocks, AreAsLargeAsTheEnvironmentSaysForAnyNumberOfThreads) {
  for (const std::size_t threads : {1U, 4U}) {
    BlockFixture f(threads, 16);
    const Batch batch = f.run(genes(100));
    EXPECT_THAT(f.blocks.rows, UnorderedElementsAre(16U, 16U, 16U, 16U, 16U, 16U, 4U));
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(batch.evaluations.objectives[i], i);
  }
}

TEST(EvaluateBlocks, OneThatThrowsAmongVectorsHandedOutOneByOneCostsNoOtherEvaluation) {
  BlockFixture f(2, 1);
  std::vector<float> with_one = genes(100);
  with_one[37] = -1;
  const Batch batch = f.run(with_one);
  EXPECT_EQ(f.blocks.sum(), 100U);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(batch.evaluations.valid[i], i == 37 ? 0 : 1);
}

TEST(EvaluateBlocks, OnlyTheBlockOfOneThatThrowsIsEvaluatedOnceMore) {
  BlockFixture f(2, 10);
  std::vector<float> with_one = genes(100);
  with_one[37] = -1;
  const Batch batch = f.run(with_one);
  EXPECT_EQ(f.blocks.sum(), 110U);
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(batch.evaluations.valid[i], i == 37 ? 0 : 1);
}

TEST(EvaluateBlocks, ProgressCountsTheBatchInFlight) {
  BatchProgress progress(3);
  EXPECT_FALSE(progress.now().in_flight());
  progress.start(10);
  progress.add(0, 2);
  progress.add(2, 5);
  EXPECT_EQ(progress.now().batch, 1U);
  EXPECT_EQ(progress.now().jobs, 10U);
  EXPECT_EQ(progress.now().done, 7U);
  EXPECT_TRUE(progress.now().in_flight());
  progress.add(1, 3);
  EXPECT_FALSE(progress.now().in_flight());
  progress.start(4);
  EXPECT_EQ(progress.now().batch, 2U);
  EXPECT_EQ(progress.now().done, 0U);
}

TEST(EvaluateBlocks, AfterABatchAllOfItIsDone) {
  BlockFixture f(2, 8);
  f.run(genes(300));
  EXPECT_EQ(f.evaluator->progress().now().done, 300U);
  EXPECT_EQ(f.evaluator->progress().now().jobs, 300U);
}

/// Vectors of 1: objective = a draw; a gene of -1 throws.
class DrawingEnvironment final : public Environment {
 public:
  explicit DrawingEnvironment(std::size_t block) {
    description_.objectives = {{"drawn", "", 0, ""}};
    description_.takes_vectors = true;
    description_.vector_length = 1;
    description_.block = block;
    description_.noisy = true;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      rows.objectives[i] = vectors.streams[i].uniform();
      if (vectors.row(i)[0] == -1) throw Error("a gene of -1");
    }
  }

 private:
  EnvironmentDescription description_;
};

TEST(Blocks, EachVectorDrawsFromTheStreamOfItsJobWhateverTheBlock) {
  const StreamKey key = stream_key(1, "noise");
  for (const std::size_t block : {1, 3}) {
    const auto executor = make_executor(1);
    const auto evaluator = evaluator_of(
        *executor, [block] { return std::make_unique<DrawingEnvironment>(block); }, nullptr, key);
    Batch batch;
    batch.fill(4, 10);
    batch.jobs[3].sample = 5;
    evaluator->evaluate(population(1, {0, -1, 0, 0}), batch);
    EXPECT_EQ(batch.evaluations.objectives[0], Stream(key, 10).uniform());
    EXPECT_EQ(batch.evaluations.valid[1], 0);
    EXPECT_EQ(batch.evaluations.objectives[2], Stream(key, 12).uniform());
    EXPECT_EQ(batch.evaluations.objectives[3], Stream(key, 13, 5).uniform());
  }
}

}  // namespace
}  // namespace cambrian
