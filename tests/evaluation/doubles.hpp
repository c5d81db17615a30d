// Environments, networks and encodings that do just what a test of the evaluator needs.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/evaluation/evaluator.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

/// Bare vectors of 3: objective = sum, measures = first and product. The first gene commands:
/// 1000 throws an exception, 1001 an int, 1002 gives NaN, 1003 an infinite measure,
/// 1004 and 1005 a finite one that is too large, and one that is just not.
class VectorEnvironment final : public Environment {
 public:
  VectorEnvironment() {
    description_.objectives = {{"sum", "", 0, ""}};
    description_.measures = {{"first", "", 0, 1, ""}, {"product", "", 0, 1, ""}};
    description_.descriptor = {"first", "product"};
    description_.takes_vectors = true;
    description_.vector_length = 3;
    description_.learns = true;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void set_block(std::size_t vectors) { description_.block = vectors; }
  void forget() { description_.learns = false; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const auto x = vectors.row(i);
      if (x[0] == 1000) throw Error("gene " + std::to_string(static_cast<int>(x[1])));
      if (x[0] == 1001) throw 42;
      rows.objectives[i] = x[0] == 1002 ? NAN : static_cast<double>(x[0] + x[1] + x[2]);
      rows.measures[2 * i] = static_cast<double>(x[0]);
      if (x[0] >= 1004) rows.measures[2 * i] = x[0] == 1004 ? -1e160 : -1e100;
      rows.measures[2 * i + 1] = x[0] == 1003 ? INFINITY : static_cast<double>(x[0] * x[1] * x[2]);
      rows.solved[i] = x[2] == 7 ? 1 : 0;
      // A life adds 1 to the last gene, and makes 1006 of the first one infinite.
      if (!rows.learned.empty()) rows.learned[3 * i + 2] += 1;
      if (!rows.learned.empty() && x[0] == 1006) rows.learned[3 * i] = INFINITY;
    }
  }

 private:
  EnvironmentDescription description_;
};

/// What an environment and its network saw of an episode, in order.
using Log = std::vector<std::string>;

/// An environment that counts: its sensors give 10 + step and 20 + step, motors are added up; ends after
/// `steps`. Objective: sum of motor 0 plus noise from the stream; measure: steps done.
class CountingEnvironment final : public Environment {
 public:
  explicit CountingEnvironment(int steps = 5, Log* log = nullptr, std::size_t lanes = 1,
                               bool noisy = false)
      : steps_(steps), log_(log), noisy_(noisy) {
    description_.objectives = {{"sum", "", 0, ""}};
    description_.measures = {{"steps", "", 0, 10, ""}};
    description_.descriptor = {"steps"};
    description_.takes_networks = true;
    description_.body.sensors = {{"a", {10, 20}, {}}, {"b", {20, 40}, {}}};
    description_.body.motors = {{"m", {-1, 3}, {}}};
    description_.lanes = lanes;
    description_.warm_up = 4;
    description_.updates_per_step = 2;
    description_.trace = {"step", "sum"};
  }
  const EnvironmentDescription& description() const override { return description_; }
  int scenarios = 1;
  void reset(Stream& stream) override {
    note("reset");
    step_ = 0;
    scenario_ = 1;
    sum_ = noisy_ ? stream.uniform() : 0;
  }
  void observe(std::span<float> sensors) override {
    note("observe");
    for (std::size_t lane = 0; lane < description_.lanes; ++lane) {
      sensors[2 * lane] = 10 + static_cast<float>(step_);
      sensors[2 * lane + 1] = 20 + static_cast<float>(step_);
    }
  }
  bool act(std::span<const float> motors) override {
    note("act");
    if (motors[0] == 3) throw Error("motor at its end in step " + std::to_string(step_));
    for (const float motor : motors) sum_ += static_cast<double>(motor);
    return ++step_ < steps_;
  }
  bool next_scenario() override {
    if (scenario_ == scenarios) return false;
    note("next scenario");
    step_ = 0;
    ++scenario_;
    return true;
  }
  void finish(const EvaluationRows& row) override {
    note("finish");
    row.objectives[0] = sum_;
    row.measures[0] = step_;
    row.solved[0] = sum_ > 100 ? 1 : 0;
  }
  void trace(std::span<double> row) const override {
    row[0] = step_;
    row[1] = sum_;
  }

 private:
  void note(const char* what) {
    if (log_ != nullptr) log_->push_back(what);
  }
  EnvironmentDescription description_;
  int steps_;
  Log* log_;
  bool noisy_;
  int step_ = 0;
  int scenario_ = 1;
  double sum_ = 0;
};

/// output = gene + the mean of the inputs of its lane, both in [0, 1]; a recurrent one adds its
/// updates so far. A gene of 99 makes decoding fail, NaN an output that is not a number.
class GeneNetwork final : public Network {
 public:
  GeneNetwork(bool recurrent, Log* log) : recurrent_(recurrent), log_(log) {}
  std::size_t inputs() const override { return inputs_; }
  std::size_t outputs() const override { return 1; }
  SignalRange input_range() const override { return {0, 1}; }
  SignalRange output_range() const override { return {0, 1}; }
  bool stateful() const override { return recurrent_; }
  void reset(std::size_t lanes, Stream& birth) override {
    if (draws_at_birth_) gene_ = birth.uniform_float();
    if (log_ != nullptr) log_->push_back("network reset");
    lanes_ = lanes;
    updates_ = 0;
  }
  void activate(std::span<const float> sensors, std::span<float> motors) override {
    if (log_ != nullptr) log_->push_back("activate");
    last_.assign(sensors.begin(), sensors.end());
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      motors[lane] = gene_ + (sensors[2 * lane] + sensors[2 * lane + 1]) / 2;
      if (recurrent_) motors[lane] += static_cast<float>(updates_);
    }
    ++updates_;
  }
  std::size_t nodes() const override { return 3; }
  std::size_t links() const override { return 2; }

  float gene_ = 0;
  bool draws_at_birth_ = false;
  std::size_t inputs_ = 2;
  std::vector<float> last_;

 private:
  bool recurrent_;
  Log* log_;
  std::size_t lanes_ = 0;
  int updates_ = 0;
};

class GeneEncoding final : public Encoding {
 public:
  /// Networks that draw their gene at their birth, whatever the genome says.
  bool draws_at_birth = false;

  explicit GeneEncoding(bool recurrent = false, Log* log = nullptr, std::size_t inputs = 2)
      : recurrent_(recurrent), log_(log), inputs_(inputs) {}
  std::vector<GenomePart> genome() const override {
    return {{.name = {}, .kind = "real", .make = {}}};
  }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface&) const override {
    struct GeneDecoder final : Decoder {
      GeneDecoder(bool recurrent, Log* log) : network(recurrent, log), log_(log) {}
      Network& decode(const Population& population, std::size_t row) override {
        const float gene = dynamic_cast<const RealPopulation&>(population).row(row)[0];
        if (gene == 99) throw Error("a gene of 99 cannot be decoded");
        network.gene_ = gene;
        return network;
      }
      /// Two cycles of three neurons, joined by a link, in a row.
      Wiring wiring() const override {
        if (log_ != nullptr) log_->push_back("wiring");
        Wiring wiring;
        wiring.nodes.resize(6);
        for (std::size_t i = 0; i < 6; ++i) wiring.nodes[i].place = {static_cast<float>(i), 0.0F};
        wiring.links = {{0, 1, 1}, {1, 2, 1}, {2, 0, 1}, {3, 4, 1},
                        {4, 5, 1}, {5, 3, 1}, {2, 3, 1}};
        return wiring;
      }
      GeneNetwork network;
      Log* log_;
    };
    auto decoder = std::make_unique<GeneDecoder>(recurrent_, log_);
    decoder->network.inputs_ = inputs_;
    decoder->network.draws_at_birth_ = draws_at_birth;
    return decoder;
  }

 private:
  bool recurrent_;
  Log* log_;
  std::size_t inputs_;
};

using MakeEnvironment = std::function<std::unique_ptr<Environment>()>;

/// An evaluator of one environment.
inline std::unique_ptr<Evaluator> evaluator_of(Executor& executor, MakeEnvironment make,
                                               const Encoding* encoding = nullptr,
                                               StreamKey noise = {},
                                               const EvaluationParameters& parameters = {}) {
  return make_evaluator(executor, {{"only", std::move(make), encoding}}, parameters, noise);
}

inline RealPopulation population(std::size_t length, const std::vector<float>& genes) {
  RealPopulation made(length);
  made.resize(genes.size() / length);
  std::copy(genes.begin(), genes.end(), made.matrix().begin());
  return made;
}

}  // namespace cambrian
