// Configurations that are wrong: bad_input.hpp says what is promised.
#include <filesystem>

#include "tests/program/bad_input.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

class BadConfiguration : public BadInput {};

TEST_F(BadConfiguration, WhatAFileHoldsIsQuotedPrintablyAndShort) {
  const Result name = call("run " + file("a.toml", "[environment]\nname = \"\\u001b[31m\\u0000" +
                                                       std::string(4'000'000, 'x') + "\"\n"));
  expect_one_line(name, 2, "a.toml:2:8: environment.name: there is no '\\x1b[31m\\x00xxx");
  EXPECT_LT(name.output.size(), 500U);
  const Result key =
      call("run " + file("b.toml", "\"\\u001b" + std::string(1'000'000, 'k') + "\" = 1\n" + good_));
  expect_one_line(key, 2, "\\x1bkkk");
  EXPECT_LT(key.output.size(), 1000U);
  const Result torn = call("run " + file("c.toml", "x = \x1b" + std::string(1'000'000, 'y')));
  EXPECT_EQ(torn.status, 2);
  EXPECT_EQ(torn.output.find('\x1b'), std::string::npos);
  EXPECT_LT(torn.output.size(), 1000U);
  const Result flag =
      call("run " + path("c.toml") + " --sett$(printf '\\033')" + std::string(50'000, 'z'));
  expect_one_line(flag, 2, "'run' has no such option");
  EXPECT_LT(flag.output.size(), 1000U);
  EXPECT_EQ(flag.output.find('\x1b'), std::string::npos);
}

TEST_F(BadConfiguration, AKeyThatAnotherTableHasIsSentThereOnlyAfterTheKeysOfItsOwn) {
  expect_one_line(
      call("config " + file("a.toml", good_) + " --set environment.length=50"), 2,
      ": is unknown; known here: 'dimensions', 'direction', 'name', 'preset'; [genome] has one");
  expect_one_line(call("config " + path("a.toml") + " --set genome.length=50"), 2,
                  "--set genome.length=50: is 50, but environment 'sphere' takes vectors of 20, "
                  "which its own keys set (`cambrian describe sphere`)");
}

TEST_F(BadConfiguration, MalformedToml) {
  expect_one_line(call("run " + file("a.toml", "[run\nseed = 1\n") + " -o " + path("a.h5")), 2,
                  "a.toml:1");
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
}

TEST_F(BadConfiguration, UnknownKey) {
  expect_one_line(call("run " + file("a.toml", good_ + "shap = 3\n") + " -o " + path("a.h5")), 2,
                  "did you mean 'shape'");
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
}

TEST_F(BadConfiguration, UnknownTable) {
  expect_one_line(
      call("run " + file("a.toml", good_ + "[archiv]\nx = 3\n") + " -o " + path("a.h5")), 2,
      "archiv");
}

TEST_F(BadConfiguration, AMisspeltTableIsBlamedBeforeTheKeyThatIsMissedInIt) {
  const std::string sphere =
      "[algorithm]\nname = \"map_elites\"\n[enviroment]\nname = \"sphere\"\n";
  expect_one_line(call("run " + file("a.toml", sphere) + " -o " + path("a.h5")), 2,
                  "a.toml:3:1: enviroment: is unknown; did you mean 'environment'?");
  const std::string maze =
      "[environment]\nname = \"maze\"\n[encodng]\nname = \"hyperneat\"\n"
      "[algorithm]\nname = \"map_elites\"\n";
  expect_one_line(call("run " + file("b.toml", maze) + " -o " + path("b.h5")), 2,
                  "b.toml:3:1: encodng: is unknown; did you mean 'encoding'?");
}

TEST_F(BadConfiguration, AResultArchiveThatFollowsAnotherDescriptorSaysSo) {
  const std::string run =
      "run " + file("a.toml", good_ + "[result_archive]\nshape = [3, 3]\n") + " -o " + path("a.h5");
  const std::string one_axis =
      run + " --set archive.shape=[10] --set 'archive.descriptor=[\"sum_first\"]'";
  expect_one_line(call(one_axis), 2,
                  "result_archive.shape: has 2 numbers, but the descriptor has 1 dimension; its "
                  "axes are those of archive.descriptor\n");
  expect_one_line(call(one_axis + " --set 'result_archive.descriptor=[\"sum_first\"]'"), 2,
                  "has 1 dimension\n");
  expect_one_line(call(run + " --set result_archive.shape=[3]"), 2, "has 2 dimensions\n");
}

TEST_F(BadConfiguration, WrongType) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.evaluations=\\\"many\\\" -o " +
                       path("a.h5")),
                  2, "run.evaluations");
}

TEST_F(BadConfiguration, OutOfRange) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.threads=-3 -o " + path("a.h5")),
                  2, "run.threads");
}

TEST_F(BadConfiguration, UnknownComponent) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " --set algorithm.name=map_elite -o " + path("a.h5")),
      2, "did you mean 'map_elites'");
  expect_one_line(
      call("run " + file("a.toml", good_) + " --set archive.name=hexagons -o " + path("a.h5")), 2,
      "archive.name=hexagons: there is no 'hexagons'; there are grid, cvt, ");
}

TEST_F(BadConfiguration, AnEmptyNameIsBlamedOnWhereItStands) {
  const std::string run = "run " + file("a.toml", good_);
  expect_one_line(call(run + " -o ''"), 2, "--output: is empty");
  expect_one_line(
      call(run + " --set environment.name=maze --set environment.maze='\"\"' -o " + path("a.h5")),
      2, "--set environment.maze=\"\": is empty");
}

TEST_F(BadConfiguration, NetworksOnABareVectorEnvironment) {
  expect_one_line(call("run " + file("a.toml", good_ + "[encoding]\nname = \"hyperneat\"\n") +
                       " -o " + path("a.h5")),
                  2, "bare vectors");
}

TEST_F(BadConfiguration, VectorVariationOfGraphs) {
  const std::string maze =
      "[environment]\nname = \"maze\"\nmaze = \"mazes/hard_maze.maze\"\n[encoding]\nname = "
      "\"hyperneat\"\n"
      "[variation]\nname = \"iso_line\"\n[algorithm]\nname = \"map_elites\"\n";
  expect_one_line(call("run " + file("a.toml", maze) + " -o " + path("a.h5")), 2, "variation");
}

TEST_F(BadConfiguration, ShapeOfAnotherDimension) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " --set archive.shape=[3,3,3] -o " + path("a.h5")), 2,
      "archive.shape");
}

TEST_F(BadConfiguration, OneMeasureOnTwoAxes) {
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + path("a.h5") +
                       " --set 'archive.descriptor=[\"sum_first\",\"sum_first\"]'"),
                  2, "]: names 'sum_first' twice");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

TEST_F(BadConfiguration, MoreMemoryThanTheMachineHas) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " -o " + path("a.h5") +
           " --set algorithm.initial=1000000000"),
      1, "not enough memory: algorithm.initial = 1000000000 needs at least 206.0 GB; largest ");
}

TEST_F(BadConfiguration, MoreEmittersThanMemory) {
  // A covariance matrix of 3,000 genes takes 72 MB, 10,000 of them 720 GB.
  const std::string run = "run " + file("a.toml", good_) + " -o " + path("a.h5") +
                          " --set environment.dimensions=3000" +
                          " --set 'algorithm.emitters=[{name=\"cma_es\",count=10000}]'";
  expect_one_line(call(run), 1,
                  "there is not enough memory: the emitters up to algorithm.emitters.0.count = "
                  "10000 need at least ");
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
}

TEST_F(BadConfiguration, EmittersWhoseBatchesTogetherAreMoreThanMemory) {
  const std::string run =
      "run " + file("a.toml", good_) + " -o " + path("a.h5") +
      " --set 'algorithm.emitters=[{name=\"sep_cma_es\",count=1000,batch=1000000}]'";
  expect_one_line(call(run), 1,
                  "there is not enough memory: the sum of algorithm.emitters.*.batch = 1000000000 "
                  "needs at least 206.0 GB; largest sizes: algorithm.emitters.0.batch = 1000000, "
                  "algorithm.emitters.0.count = 1000, archive.shape = [10, 10]\n");
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
}

TEST_F(BadConfiguration, ASubstrateThatIsMoreThanMemory) {
  const std::string run = "run experiments/hard_maze_novelty_grid.toml -o " + path("a.h5") +
                          " --set 'encoding.hidden=[[900,900],[900,900]]'";
  expect_one_line(call(run), 1,
                  "there is not enough memory; largest sizes: encoding.hidden = [[900, 900], [900, "
                  "900]], result_archive.shape = [50, 50]\n");
}
#endif

TEST_F(BadConfiguration, NoEmitterAtAll) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " -o " + path("a.h5") + " --set algorithm.emitters=[]"),
      2,
      "algorithm.emitters=[]: is empty; leave it out, or name one by "
      "[[algorithm.emitters]]");
}

TEST_F(BadConfiguration, ARankerThatTheArchiveDoesNotAnswerIsRefusedBeforeTheRun) {
  const std::string run = "run " + file("a.toml", good_) + " -o " + path("a.h5");
  const auto by = [](const std::string& emitter, const std::string& ranker) {
    return " --set 'algorithm.emitters=[{name=\"" + emitter + "\",ranker=\"" + ranker + "\"}]'";
  };
  for (const std::string emitter : {"cma_es", "genetic"}) {
    expect_one_line(call(run + by(emitter, "nslc")), 2,
                    "algorithm.emitters.0.ranker: needs neighbours that compete");
    expect_one_line(call(run + by(emitter, "nslc_classic")), 2,
                    "algorithm.emitters.0.ranker: needs neighbours that compete");
    expect_one_line(call(run + by(emitter, "novelty")), 2,
                    "algorithm.emitters.0.ranker: is 'novelty', which cells do not measure");
    expect_one_line(
        call(run + by(emitter, "density")), 2,
        "algorithm.emitters.0.ranker: is 'density', which this archive does not measure");
  }
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
  const Result answered =
      call(run + " --quiet --set archive.contents=density" + by("cma_es", "density"));
  EXPECT_EQ(answered.status, 0) << answered.output;
}

TEST_F(BadConfiguration, MissingMaze) {
  const std::string maze =
      "[environment]\nname = \"maze\"\nmaze = \"mazes/none.maze\"\n[encoding]\nname = "
      "\"hyperneat\"\n"
      "[algorithm]\nname = \"map_elites\"\n";
  const std::string run = "run " + file("a.toml", maze) + " -o " + path("a.h5");
  expect_one_line(call(run), 2, "mazes/none.maze: there is no such file in " + folder_.string());
  const std::string meant = "did you mean 'mazes/medium_maze.maze'?";
  expect_one_line(call(run + " --set environment.maze=mazes/medium_mase.maze"), 2, meant);
  expect_one_line(call(run + " --set environment.maze=medium_maze.txt"), 2, meant);
  expect_one_line(call(run + " --set environment.maze=mazes"), 2, "mazes: is a folder, not a file");
}

TEST_F(BadConfiguration, MalformedMaze) {
  file("wrong.maze", "start 30 22\ngoal 31 20\nwall 0 0 205\n");
  const std::string maze =
      "[environment]\nname = \"maze\"\nmaze = \"wrong.maze\"\n[encoding]\nname = "
      "\"hyperneat\"\n[algorithm]\nname = \"map_elites\"\n";
  expect_one_line(call("run " + file("a.toml", maze) + " -o " + path("a.h5")), 2,
                  "wrong.maze:3: 'wall' takes 4 numbers");
}

TEST_F(BadConfiguration, ATimeWithItsUnitIsToldHowToBeWritten) {
  const std::string run =
      "run " + file("a.toml", good_) + " -o " + path("a.h5") + " --set run.checkpoint_interval=";
  expect_one_line(call(run + "1s"), 2,
                  "is a string ('1s'), but a number is expected: seconds, such as 1\n");
  expect_one_line(call(run + "2m"), 2, "a number is expected: seconds, such as 120\n");
  expect_one_line(call(run + "often"), 2, "a number is expected\n");
}

TEST_F(BadConfiguration, KeysOfTheResultArchiveAreNamedAsSuch) {
  const std::string run = "run " + file("a.toml", good_ + "[result_archive]\nshape = [3, 3, 3]\n") +
                          " -o " + path("a.h5");
  expect_one_line(call(run), 2, "a.toml:11:9: result_archive.shape: has 3 numbers");
  expect_one_line(call(run + " --set result_archive.shape=[2]"), 2,
                  "cambrian: --set result_archive.shape=[2]: has 1 number");
  expect_one_line(call(run + " --set result_archive.shape=[2,2] --set result_archive.min=[8,8]" +
                       " --set result_archive.max=[7,7]"),
                  2, "result_archive.max=[7,7]: must be above min");
}

TEST_F(BadConfiguration, AnAlgorithmWithoutAnArchiveSaysWhereItsResultsGo) {
  const std::string run = "run " + file("a.toml", good_) + " -o " + path("a.h5") +
                          " --set algorithm.name=random_search";
  expect_one_line(call(run), 2,
                  "archive.shape: is unknown: algorithm 'random_search' has no archive of its own; "
                  "the archive of its results is [result_archive]");
  expect_one_line(call(run + " --set archive.name=grid"), 2, "'random_search' has no archive");
}

TEST_F(BadConfiguration, MeasuresOfNetworksThatThereAreNot) {
  const std::string retina = "experiments/retina_vector.toml";
  expect_one_line(
      call("config " + retina + " --set 'archive.descriptor=[\"found\", \"network.modularty\"]'"),
      2, "there is no measure 'network.modularty'; did you mean 'network.modularity'?");
  const std::string costs = " --set 'evaluation.network_measures=[\"network.connection_cost\"]'";
  EXPECT_EQ(call("config " + retina + costs).status, 0);
  expect_one_line(call("config experiments/hard_maze_neat_novelty.toml" + costs), 2,
                  "but encoding 'direct_graph' does not say where neurons are");
  expect_one_line(call("config " + file("a.toml", good_) +
                       " --set 'evaluation.network_measures=[\"network.modularity\"]'"),
                  2, "names measures of networks, but environment 'sphere' takes bare vectors");
}

TEST_F(BadConfiguration, ASubstrateWithoutNeuronsOrLinks) {
  expect_one_line(call("config experiments/retina_hyperneat.toml --set 'encoding.hidden=[[4, 0]]'"),
                  2, "encoding.hidden=[[4, 0]]: entry 1 is 0, but at least 1 is expected");
  for (const std::string name : {"retina_hyperneat", "xor_es_hyperneat"}) {
    expect_one_line(call("config experiments/" + name + ".toml --set encoding.weight_range=0"), 2,
                    "weight_range=0: is 0, so no link reaches any layer; more is expected");
  }
  expect_one_line(
      call("config experiments/hard_maze_novelty.toml --set 'encoding.cppn_outputs=[\"tanh\"]'"), 2,
      "encoding.cppn_outputs=[\"tanh\"]: has 1 function, but the CPPN has ");
}

TEST_F(BadConfiguration, WhatABodysDecoderRefusesNamesTheTable) {
  expect_one_line(call("config experiments/cart_pole_ctrnn.toml --set encoding.tau_min=50"), 2,
                  "--set encoding.tau_min=50: is 50, but at most tau_max = 10 is expected");
}

TEST_F(BadConfiguration, MoreCoefficientsThanWeights) {
  expect_one_line(
      call("config experiments/hard_maze_dct_novelty.toml --set encoding.coefficients=100000"), 2,
      "encoding.coefficients=100000: is 100000, but these layers take 2");
}

TEST_F(BadConfiguration, ACppnWithACycleIsRefused) {
  std::string nodes, links = R"({"source": 10, "target": 11, "weight": 1},
    {"source": 11, "target": 10, "weight": 1}, {"source": 11, "target": 6, "weight": 1})";
  for (int i = 0; i < 5; ++i) nodes += R"({"kind": "input", "id": )" + std::to_string(i) + "},";
  nodes += R"({"id": 5, "kind": "bias"}, {"id": 6, "kind": "output", "activation": "tanh"},
    {"id": 7, "kind": "output", "activation": "tanh"}, {"id": 10, "kind": "hidden", "activation": "sine"},
    {"id": 11, "kind": "hidden", "activation": "sine"})";
  const std::string cppn = file(
      "cppn.json", R"({"format": "cambrian-graphs", "format_version": 1, "graphs": [{"nodes": [)" +
                       nodes + R"(], "links": [)" + links + "]}]}");
  expect_one_line(call("evaluate experiments/retina_hyperneat.toml --genomes " + cppn), 2,
                  "has a cycle: a CPPN has none");
}

TEST_F(BadConfiguration, KeysWithoutEffectAreRefused) {
  const auto refused = [](const std::string& experiment, const std::string& set,
                          const std::string& why, const std::string& others = "") {
    expect_one_line(call("config experiments/" + experiment + ".toml --set " + set + others), 2,
                    "cambrian: --set " + set + ": has no effect " + why);
  };
  const std::string plain = "hard_maze_dct_novelty";
  for (const char* set : {"rate_scale=2", "weight_limit=3"}) {
    refused(plain, std::string("encoding.") + set, "unless learning names a rule; leave it out");
  }
  for (const char* set : {"coefficient_limit=2", "coefficient_threshold=0.1"}) {
    refused(plain, std::string("encoding.") + set, "unless learning is a rule whose coefficients");
  }
  refused(plain, "encoding.bcm_window=50", "unless learning is 'bcm'",
          " --set encoding.learning=abc");
  refused(plain, "encoding.initial_weight_range=1", "unless random_weights is true",
          " --set encoding.learning=abc");
  for (const char* set : {"tau_min=2", "tau_max=20", "ctrnn_step=0.01", "ctrnn_form=rate"}) {
    refused(plain, std::string("encoding.") + set, "unless recurrence is 'ctrnn'");
  }
  refused(plain, "encoding.hidden_activation=relu", "where recurrence makes one layer of hidden",
          " --set encoding.recurrence=full");
  refused("retina_hyperneat", "encoding.threshold=0.3", "where leo says which links there are",
          " --set encoding.leo=true");
  for (const char* set : {"freeze_after=5", "reset_weights_every=5"}) {
    refused(plain, std::string("evaluation.") + set, "on networks that do not learn");
  }
  refused(plain, "evaluation.reset_state_every=5", "on networks without recurrent links");
  refused("xor_es_hyperneat", "evaluation.reset_state_every=5",
          "on networks without recurrent links", " --set encoding.upward=true");
  refused("hinton_nowlan", "evaluation.freeze_after=5", "on networks that do not learn");
  // The frozen control of networks some of which do not learn; and what recurrent ones forget.
  for (const char* set : {"evaluation.learning=false --set encoding.bcm_window=100",
                          "evaluation.reset_state_every=5 --set encoding.recurrence=elman"}) {
    EXPECT_EQ(call("config experiments/" + plain + ".toml --set " + set).status, 0) << set;
  }
}

TEST_F(BadConfiguration, RandomWeightsThatAreAllZeroMustBeAbleToLearn) {
  const std::string zero =
      "config experiments/hard_maze_plastic_novelty.toml --set encoding.modulation=none --set "
      "encoding.random_weights=true --set encoding.initial_weight_range=0 --set ";
  for (const char* rule : {"oja", "bcm"}) {
    expect_one_line(call(zero + "encoding.learning=" + rule), 2,
                    "--set encoding.initial_weight_range=0: is 0, but with random_weights and this "
                    "rule of learning no signal ever gets through");
  }
  // B lets links learn from the sensors alone; Oja's rule does where neurons are never 0.
  EXPECT_EQ(call(zero + "encoding.learning=abc").status, 0);
  EXPECT_EQ(call(zero + "encoding.learning=oja --set encoding.hidden_activation=sigmoid --set "
                        "encoding.output_activation=sigmoid")
                .status,
            0);
}

TEST_F(BadConfiguration, AMissingFileOfDigitsNamesItsKeyAndWhatMakesIt) {
  const std::string config =
      file("digits.toml",
           "[environment]\nname = \"digits\"\nimages = \"none.idx\"\nlabels = \"none.idx\"\n");
  const Result result = call("config " + config);
  expect_one_line(result, 2,
                  "digits.toml:3:10: environment.images: none.idx: there is no such file");
  EXPECT_THAT(result.output, HasSubstr("; `tools/fetch-digits` makes such files"));
}

TEST_F(BadConfiguration, LearningRatesThatBlowUpMakeCandidatesInvalid) {
  const std::string oja =
      "run experiments/hard_maze_plastic_novelty.toml --quiet --force --evaluations 300 --set "
      "encoding.learning=oja --set encoding.modulation=none --set encoding.weight_limit=0 -o " +
      path("a.h5") + " --set encoding.rate_scale=";
  expect_one_line(
      call(oja + "1000"), 1,
      "stopped after 250 evaluations, and not one is valid; the first: a learned weight "
      "is not finite: encoding.rate_scale is too large, or weight_limit");
  EXPECT_EQ(call(oja + "0.001").status, 0);
}

TEST_F(BadConfiguration, ASuccessThatCannotComeEndsNoRun) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.stop=solved"), 2,
                  "run.stop=solved: is 'solved', but this environment cannot be solved");
}

}  // namespace
}  // namespace cambrian
