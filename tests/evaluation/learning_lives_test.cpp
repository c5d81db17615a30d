// Networks that learn, through the evaluator: the controls of their lives, and what is written back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/encoding/direct_vector.hpp"
#include "doubles.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

TEST(LearningLives, TakeMemoryForTheWeightsOfEachLaneOnEachWorker) {
  const auto executor = make_executor(2);
  const auto bytes = [&](LearningRule rule, bool random_weights) {
    DirectVectorParameters parameters;
    parameters.hidden = {16};
    parameters.learning.learning = rule;
    parameters.learning.random_weights = random_weights;
    const auto make = [] { return std::make_unique<CountingEnvironment>(1, nullptr, 3); };
    const DirectVector encoding(parameters, make()->description().body);
    return evaluator_of(*executor, make, &encoding, stream_key(1, "evaluation"))->life_bytes();
  };
  // 2 x 16 weights and 16 biases, 16 weights and a bias of one motor; neurons in whole packets.
  EXPECT_EQ(bytes(LearningRule::none, false), 0U);
  const std::uint64_t learned = bytes(LearningRule::oja, false);
  EXPECT_GE(learned, 2U * 3 * 4 * (48 + 17));
  EXPECT_LE(learned, 2U * 3 * 4 * (48 + 17 * 16));
  EXPECT_EQ(bytes(LearningRule::oja, true), 2 * learned);
}

/// A stateful network that learns and says what happens to it.
class TellingNetwork final : public Network {
 public:
  explicit TellingNetwork(Log& log) : log_(log) {}
  std::size_t inputs() const override { return 2; }
  std::size_t outputs() const override { return 1; }
  SignalRange input_range() const override { return {0, 1}; }
  SignalRange output_range() const override { return {0, 1}; }
  bool stateful() const override { return true; }
  bool learns() const override { return true; }
  void reset(std::size_t, Stream&) override { learning_ = true; }
  void set_learning(bool on) override { learning_ = on; }
  void reset_weights() override { log_.push_back("weights"); }
  void reset_state() override { log_.push_back("state"); }
  void activate(std::span<const float>, std::span<float> motors) override {
    log_.push_back(learning_ ? "learns" : "frozen");
    std::ranges::fill(motors, 0.5F);
  }
  std::size_t nodes() const override { return 1; }
  std::size_t links() const override { return 1; }

 private:
  Log& log_;
  bool learning_ = true;
};

class TellingEncoding final : public Encoding {
 public:
  explicit TellingEncoding(Log& log) : log_(log) {}
  std::vector<GenomePart> genome() const override {
    return {{.name = {}, .kind = "real", .make = {}}};
  }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface&) const override {
    struct Telling final : Decoder {
      explicit Telling(Log& log) : network(log) {}
      Network& decode(const Population&, std::size_t) override { return network; }
      TellingNetwork network;
    };
    return std::make_unique<Telling>(log_);
  }

 private:
  Log& log_;
};

/// Of `steps` steps with one update each, after a warm-up of one; two scenarios if asked for.
Log life(const EvaluationParameters& parameters, int steps, int scenarios = 1) {
  struct Short final : Environment {
    explicit Short(int steps) : counting(steps), description_(counting.description()) {
      description_.warm_up = 1;
      description_.updates_per_step = 1;
    }
    const EnvironmentDescription& description() const override { return description_; }
    void reset(Stream& stream) override { counting.reset(stream); }
    void observe(std::span<float> sensors) override { counting.observe(sensors); }
    bool act(std::span<const float> motors) override { return counting.act(motors); }
    bool next_scenario() override { return counting.next_scenario(); }
    void finish(const EvaluationRows& row) override { counting.finish(row); }
    void trace(std::span<double> row) const override { counting.trace(row); }
    CountingEnvironment counting;
    EnvironmentDescription description_;
  };
  Log log;
  const TellingEncoding encoding(log);
  const auto executor = make_executor(1);
  const auto evaluator = evaluator_of(
      *executor,
      [&] {
        auto made = std::make_unique<Short>(steps);
        made->counting.scenarios = scenarios;
        return made;
      },
      &encoding, {}, parameters);
  Batch batch;
  batch.fill(1, 0);
  evaluator->evaluate(population(1, {0}), batch);
  return log;
}

TEST(LearningLives, LearnInEachStepButNotWhileTheyWarmUp) {
  EXPECT_THAT(life({}, 3), ElementsAre("frozen", "learns", "learns", "learns"));
}

TEST(LearningLives, LearnNothingWithoutLearning) {
  EvaluationParameters parameters;
  parameters.learning = false;
  EXPECT_THAT(life(parameters, 2), ElementsAre("frozen", "frozen", "frozen"));
}

TEST(LearningLives, FreezeAfterSomeStepsOfEachLife) {
  EvaluationParameters parameters;
  parameters.freeze_after = 2;
  EXPECT_THAT(life(parameters, 3, 2), ElementsAre("frozen", "learns", "learns", "frozen", "frozen",
                                                  "learns", "learns", "frozen"));
}

TEST(LearningLives, GetBackTheirWeightsAndForgetTheirStateEverySoManySteps) {
  EvaluationParameters parameters;
  parameters.reset_weights_every = 2;
  parameters.reset_state_every = 3;
  EXPECT_THAT(life(parameters, 5), ElementsAre("frozen", "learns", "learns", "weights", "learns",
                                               "state", "learns", "weights", "learns"));
}

// Two sensors, one motor; genes: 2 weights, a bias, then A, B, C, D and the rate of each link.
DirectVectorParameters learner() {
  DirectVectorParameters parameters;
  parameters.hidden = {};
  parameters.learning.learning = LearningRule::abcd;
  return parameters;
}

std::vector<float> genome(float rate, float constant) {
  return {0.5F, -0.25F, 0.125F, 0, 0, 0, 0, 0, 0, constant, constant, rate, 0};
}

struct Learners {
  explicit Learners(const DirectVectorParameters& parameters = learner(), bool lamarckian = true,
                    std::size_t threads = 1)
      : encoding(parameters, CountingEnvironment().description().body),
        executor(make_executor(threads)) {
    EvaluationParameters evaluation;
    evaluation.lamarckian = lamarckian;
    evaluator = evaluator_of(
        *executor, [] { return std::make_unique<CountingEnvironment>(4); }, &encoding, {},
        evaluation);
  }
  std::vector<float> lived(const std::vector<float>& genes) {
    auto proposal = std::make_unique<Proposal>();
    proposal->population = std::make_unique<RealPopulation>(population(13, genes));
    proposal->batch.fill(genes.size() / 13, 0);
    evaluator->submit(std::move(proposal));
    const auto done = evaluator->next();
    const auto all = dynamic_cast<RealPopulation&>(*done->population).matrix();
    return {all.begin(), all.end()};
  }
  DirectVector encoding;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Evaluator> evaluator;
};

TEST(LearningLives, WriteLearnedWeightsBackIntoTheirOwnGenes) {
  Learners learners;
  std::vector<float> expected = genome(0.5F, 1.0F);
  expected[0] = 0.5F + 4 * 0.5F;  // 4 steps; the other link's rate is 0
  EXPECT_EQ(learners.lived(genome(0.5F, 1.0F)), expected);
  Learners mortal(learner(), false);
  EXPECT_EQ(mortal.lived(genome(0.5F, 1.0F)), genome(0.5F, 1.0F));
}

TEST(LearningLives, WriteBackTheSameWithManyThreads) {
  std::vector<float> genes;
  for (int i = 0; i < 40; ++i) {
    const auto one = genome(0.01F * static_cast<float>(i), 0.5F);
    genes.insert(genes.end(), one.begin(), one.end());
  }
  EXPECT_EQ(Learners(learner(), true, 4).lived(genes), Learners().lived(genes));
}

TEST(LearningLives, ThatBlowUpAreInvalidAndSayWhy) {
  DirectVectorParameters parameters = learner();
  parameters.learning.weight_limit = 0.0;
  Learners learners(parameters);
  const std::vector<float> genes = genome(3e38F, 3e38F);
  EXPECT_EQ(learners.lived(genes), genes);
  EXPECT_EQ(learners.evaluator->invalid(), 1U);
  EXPECT_EQ(learners.evaluator->first_failure(),
            "a learned weight is not finite: encoding.rate_scale is too large, or weight_limit");
}

TEST(LearningLives, ThatBeginWithRandomWeightsCannotWriteBack) {
  DirectVectorParameters parameters = learner();
  parameters.learning.random_weights = true;
  EXPECT_THROW(Learners{parameters}, ConfigError);
  EXPECT_NO_THROW((Learners{parameters, false}));
  EXPECT_THROW(Learners{DirectVectorParameters{}}, ConfigError);
}

}  // namespace
}  // namespace cambrian
