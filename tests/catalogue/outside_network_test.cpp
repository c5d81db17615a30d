// What FORMAT.md and `describe` say suffices to compute an elite's network in another language.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cambrian/catalogue/describe.hpp"
#include "cambrian/replay/replay.hpp"
#include "cambrian/run/run.hpp"
#include "tests/paths.hpp"
#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

/// Shows a network random sensors and keeps what it answers.
class Questions final : public Environment {
 public:
  Questions() {
    description_.objectives = {{"sum", "", -1000, "of the motors"}};
    description_.measures = {{"first", "", -3, 1, "motor at last"},
                             {"second", "", 0, 10, "at last"}};
    description_.descriptor = {"first", "second"};
    description_.takes_networks = true;
    description_.body.sensors = {{"a", {-2, 3}, {-1, -1}, "near"},
                                 {"b", {0, 1}, {0.25, -1}, "far"},
                                 {"c", {5, 9}, {1, -0.5}, "near"}};
    description_.body.motors = {{"left", {-3, 1}, {-0.5, 1}}, {"right", {0, 10}, {0.75, 1}}};
    description_.warm_up = 3;
    description_.updates_per_step = 2;
    description_.noisy = true;
    description_.trace = {"sensor_0", "sensor_1", "sensor_2", "motor_0", "motor_1"};
  }
  const EnvironmentDescription& description() const override { return description_; }
  void reset(Stream& stream) override {
    stream_ = stream;
    step_ = 0;
    sum_ = 0;
    seen_.fill(0);
  }
  void observe(std::span<float> sensors) override {
    for (std::size_t i = 0; i < 3; ++i) {
      const SignalRange range = description_.body.sensors[i].range;
      next_[i] = sensors[i] = stream_->uniform_float(range.min, range.max);
    }
  }
  bool act(std::span<const float> motors) override {
    seen_ = {next_[0], next_[1], next_[2], motors[0], motors[1]};
    sum_ += static_cast<double>(motors[0] + motors[1]);
    return ++step_ < 12;
  }
  void finish(const EvaluationRows& row) override {
    row.objectives[0] = sum_;
    row.measures[0] = static_cast<double>(seen_[3]);
    row.measures[1] = static_cast<double>(seen_[4]);
    row.solved[0] = 0;
  }
  void trace(std::span<double> row) const override {
    std::copy(seen_.begin(), seen_.end(), row.begin());
  }

 private:
  EnvironmentDescription description_;
  std::optional<Stream> stream_;
  std::array<float, 3> next_{};
  std::array<float, 5> seen_{};
  int step_ = 0;
  double sum_ = 0;
};

class Outside : public testing::Test {
 protected:
  Outside()
      : catalogue_(make_catalogue(
            {{"questions", "", "", [] { return std::make_unique<NoParameters>(); },
              [](const Parameters&, const Inputs&) { return std::make_unique<Questions>(); }}})) {}

  /// The activations' formulas as `describe --json` says them.
  void write_formulas(const std::filesystem::path& path) const {
    auto formulas = nlohmann::json::object();
    for (std::size_t i = 0; i < kActivations; ++i) {
      const std::string name(activation_name(static_cast<Activation>(i)));
      formulas[name] = nlohmann::json::parse(describe_json(catalogue_, "activations." + name));
    }
    std::ofstream(path) << formulas;
  }

  run_file_tests::Folder folder_;
  Catalogue catalogue_;
};

class OutsideNetwork : public Outside, public testing::WithParamInterface<const char*> {};

TEST_P(OutsideNetwork, AnswersAsInTheReplay) {
  SKIP_WITHOUT_H5PY();
  const auto path = folder_ / "run.h5";
  start_run(Configuration::from_text("run.evaluations = 3000\nenvironment.name = \"questions\"\n"
                                     "archive.shape = [8, 8]\nalgorithm.name = \"map_elites\"\n" +
                                         std::string(GetParam()),
                                     "test"),
            catalogue_, {.run_file = path, .quiet = true});
  write_formulas(folder_ / "formulas.json");
  const StoredRun stored(path, catalogue_, 1);
  const std::size_t rows = stored.file().group("archive")->column<std::uint64_t>("id").size();
  ASSERT_GT(rows, 10U);
  for (std::size_t row = 0; row < rows; row += rows / 8) {
    std::ofstream trace(folder_ / "trace.csv");
    print_csv(replay(stored, static_cast<std::uint32_t>(row)), trace);
    trace.close();
    const auto outcome = run_file_tests::run_command(
        "/usr/bin/python3 '" + source_folder() + "/tests/catalogue/outside_network.py' '" +
        path.string() + "' '" + (folder_ / "formulas.json").string() + "' '" +
        (folder_ / "trace.csv").string() + "' " + std::to_string(row) + " 3 2");
    EXPECT_EQ(outcome.status, 0) << outcome.output;
  }
}

INSTANTIATE_TEST_SUITE_P(
    , OutsideNetwork,
    testing::Values(
        "encoding = {name = \"direct_graph\"}\n"
        "variation = {add_node = 0.4, add_link = 0.4, mutate_activation = 0.3}\n"
        "genome.activations = [\"neat_sigmoid\", \"tanh\", \"gaussian\", \"absolute\", \"sine\", "
        "\"sigmoid\", \"step\", \"relu\", \"cosine\", \"plain_sine\", \"plain_gaussian\", "
        "\"bipolar_sigmoid\", \"steep_sigmoid\", \"identity\"]\n",
        "encoding = {name = \"direct_vector\", hidden = [5, 4], hidden_activation = "
        "\"plain_sine\", "
        "output_activation = \"sigmoid\"}\n",
        "encoding = {name = \"dct\", hidden = [5, 4], coefficients = 23, output_activation = "
        "\"gaussian\"}\n",
        "encoding = {name = \"hyperneat\", hidden = [4, 3]}\n"
        "variation = {add_node = 0.3, add_link = 0.3, mutate_output_activation = 0.3}\n"));

/// All formulas, each at many places, by the functions that networks compute.
TEST_F(Outside, FormulasOfActivationsAreThoseThatAreComputed) {
  SKIP_WITHOUT_H5PY();
  write_formulas(folder_ / "formulas.json");
  std::ofstream table(folder_ / "values.csv");
  for (std::size_t i = 0; i < kActivations; ++i) {
    for (float x = -4; x <= 4; x += 0.09F) {
      std::array<float, 1> value = {x};
      apply_function(static_cast<Activation>(i), value);
      table << activation_name(static_cast<Activation>(i)) << ',' << std::hexfloat
            << static_cast<double>(x) << ',' << static_cast<double>(value[0]) << '\n';
    }
  }
  table.close();
  const auto outcome = run_file_tests::run_python(
      "import csv, json\nsys.path.insert(0, args[0])\nimport outside_network\n"
      "facts = json.load(open(args[1]))\nassert len(facts) == 15\n"
      "for name, x, value in csv.reader(open(args[2])):\n"
      "    x, value, fact = float.fromhex(x), float.fromhex(value), facts[name]\n"
      "    assert abs(outside_network.function_of(fact['formula'])(x) - value) <= 1e-6 * max(1, "
      "abs(value)), (name, x)\n"
      "    assert (fact['min'] is None or value >= fact['min'] - 1e-6), (name, x)\n"
      "    assert (fact['max'] is None or value <= fact['max'] + 1e-6), (name, x)\n",
      {source_folder() + "/tests/catalogue", (folder_ / "formulas.json").string(),
       (folder_ / "values.csv").string()});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

}  // namespace
}  // namespace cambrian
