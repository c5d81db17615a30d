#include "cambrian/catalogue/describe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct NeatParameters final : Parameters {
  double add_node = 0.03;
  std::int64_t size = 250;
  enum class Mode { fast, thorough };
  Mode mode = Mode::fast;
  std::vector<std::int64_t> shape = {100, 100};
  std::string label = "none";
  void visit(ParameterVisitor& visitor) override {
    visitor.real("add_node", add_node, {0.0, 1.0},
                 {"how often a link is split", "per child", "Stanley & Miikkulainen 2002"});
    visitor.integer("size", size, {1}, {"individuals"});
    visitor.choice("mode", mode, {{"fast", Mode::fast}, {"thorough", Mode::thorough}}, {"how"});
    visitor.integers("shape", shape, {1, 1000}, {"cells per dimension"});
    visitor.text("label", label, {"what it is called"});
  }
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override {
    if (name == "as_published") add_node = 0.1;
  }
};

struct GenomeParameters final : Parameters {
  double initial_sd = 1.0;
  void visit(ParameterVisitor& visitor) override {
    visitor.real("initial_sd", initial_sd, {0.0}, {"spread of the first genomes"});
  }
};

/// Of both faces, with everything that an environment may declare.
class WalledEnvironment final : public Environment {
 public:
  explicit WalledEnvironment(const NeatParameters& parameters) {
    if (parameters.label == "torn") throw Error("torn.maze: there is no such file");
    environment_.objectives = {{"closeness", "m", -3.5, "to the goal"}};
    environment_.measures = {{"x", "m", -1, static_cast<double>(parameters.size), "where it ends"},
                             {"hue", "", 0, 1, "of its back"}};
    environment_.descriptor = {"x"};
    environment_.takes_vectors = true;
    environment_.vector_length = 7;
    environment_.takes_networks = true;
    environment_.body.sensors = {
        {"left", {0, 1}, {-1, 0}}, {"right", {0, 1}, {1, 0}}, {"up", {-2, 2}, {0, 0}}};
    environment_.body.motors = {{"motor", {-1, 1}, {0, 1}}};
    environment_.warm_up = 4;
    environment_.updates_per_step = 2;
    environment_.can_be_solved = true;
    environment_.solved_when = "it is there";
    environment_.noisy = true;
    environment_.trace = {"step", "x"};
    if (parameters.label == "leaking")
      environment_.warnings = {"leaking.maze: it leaks", "and is wet"};
  }
  const EnvironmentDescription& description() const override { return environment_; }

 private:
  EnvironmentDescription environment_;
};

class PaintedEncoding final : public Encoding {
 public:
  std::vector<GenomePart> genome() const override {
    return {{.name = {}, .kind = "graph", .make = {}}};
  }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface&) const override { return nullptr; }
  std::string_view variation_preset() const override { return "as_published"; }
};

template <class C>
C named(std::string name, std::string summary) {
  C component;
  component.name = std::move(name);
  component.summary = std::move(summary);
  component.source = "Somebody 2001";
  component.parameters = [] { return std::make_unique<NeatParameters>(); };
  return component;
}

Catalogue catalogue() {
  Catalogue all;
  all.environments = {named<EnvironmentComponent>("maze", "walls and a goal")};
  all.environments[0].make = [](const Parameters& parameters, const Inputs&) {
    return std::make_unique<WalledEnvironment>(dynamic_cast<const NeatParameters&>(parameters));
  };
  all.encodings = {named<EncodingComponent>("painted", "weights by a graph"),
                   named<EncodingComponent>("broken", "fits no body")};
  all.encodings[0].make = [](const Parameters&, const NetworkInterface&) {
    return std::make_unique<PaintedEncoding>();
  };
  all.encodings[1].make = [](const Parameters&,
                             const NetworkInterface&) -> std::unique_ptr<Encoding> {
    throw ConfigError("encoding", "does not fit");
  };
  all.archives = {named<ArchiveComponent>("grid", "equal cells"),
                  named<ArchiveComponent>("neat", "a name that two rooms share")};
  all.archives[0].parameters = [] { return std::make_unique<NoParameters>(); };
  all.variations = {named<VariationComponent>("neat", "mutation and crossover of graphs")};
  all.algorithms = {named<AlgorithmComponent>("novelty_search", "rewards what is new")};
  all.genomes = {{"graph", "graphs", "neat", [] { return std::make_unique<GenomeParameters>(); }}};
  return all;
}

std::string complaint(const std::function<void()>& act) {
  try {
    act();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(List, ShowsEveryRoomAligned) {
  EXPECT_THAT(
      list_text(catalogue(), {}),
      StartsWith("environments [environment]\n  maze            walls and a goal\n\n"
                 "encodings [encoding]\n  painted         weights by a graph\n"
                 "  broken          fits no body\n\n"
                 "variations [variation]\n  neat            mutation and crossover of graphs\n\n"
                 "archives [archive]\n  grid            equal cells\n"
                 "  neat            a name that two rooms share\n\n"
                 "emitters\n\n"
                 "algorithms [algorithm]\n  novelty_search  rewards what is new\n\n"
                 "tables\n  graph_genome    [genome]: how genomes that are graphs start\n\n"
                 "activations\n  identity        x\n"));
}

TEST(List, ShowsOneRoom) {
  EXPECT_EQ(list_text(catalogue(), "environments"),
            "environments [environment]\n  maze            walls and a goal\n");
}

TEST(List, NoEncodingIsOneOfThem) {
  const Catalogue all = make_catalogue({});
  EXPECT_THAT(list_text(all, "encodings"), HasSubstr("\n  none  "));
  EXPECT_THAT(describe_text(all, "none"),
              testing::AllOf(HasSubstr("[encoding]\nname = \"none\""),
                             HasSubstr("[genome]: how genomes that are real vectors")));
}

TEST(List, AnUnknownRoomIsRefusedWithTheNearest) {
  EXPECT_EQ(complaint([] { list_text(catalogue(), "archive"); }),
            "list: there is no room 'archive'; did you mean 'archives'? There are: environments, "
            "encodings, variations, archives, emitters, algorithms, tables, activations");
}

TEST(Describe, SaysEverythingOfAParameter) {
  EXPECT_EQ(describe_text(catalogue(), "novelty_search"),
            "novelty_search: rewards what is new\n"
            "source: Somebody 2001\n"
            "presets\n"
            "  [algorithm] preset = \"textbook\": the default\n"
            "  [algorithm] preset = \"as_published\": add_node = 0.1 instead of 0.03\n"
            "\n"
            "[algorithm]\n"
            "name = \"novelty_search\"\n"
            "  add_node  how often a link is split [per child]\n"
            "            real number, 0.0 to 1.0; default 0.03; as_published: 0.1; "
            "source: Stanley & Miikkulainen 2002\n"
            "  size      individuals\n"
            "            whole number, at least 1; default 250\n"
            "  mode      how\n"
            "            one of fast, thorough; default \"fast\"\n"
            "  shape     cells per dimension\n"
            "            list of whole numbers, each 1 to 1000; default [100, 100]\n"
            "  label     what it is called\n"
            "            string; default \"none\"\n");
}

TEST(Describe, AnAlgorithmShowsTheTablesThatItReadsAndTheirDefaults) {
  const Catalogue all = make_catalogue({});
  const std::string novelty = describe_text(all, "novelty_search");
  EXPECT_THAT(novelty, HasSubstr("\nother tables that a run with it reads (`cambrian describe "
                                 "TABLE`)\n  [run]             seed, "));
  EXPECT_THAT(novelty,
              HasSubstr("\n  [variation]       for real vectors; name = \"iso_line\" by default\n"
                        "  [variation]       for ragged vectors; name = \"ragged\" by default\n"
                        "  [variation]       for graphs; name = \"neat\" by default\n"
                        "  [archive]         drives the search; name = \"unstructured\" by "
                        "default\n  [result_archive]  optional; "));
  EXPECT_THAT(describe_text(all, "map_elites"),
              HasSubstr("[archive]         drives the search; name = \"grid\" by default\n"));
  const std::string objective = describe_text(all, "objective_search");
  EXPECT_THAT(objective, Not(HasSubstr("drives the search; name")));
  EXPECT_THAT(objective, HasSubstr("[result_archive]  the archive that is reported; name = "));
  const auto tables = nlohmann::json::parse(describe_json(all, "novelty_search"))["tables"];
  EXPECT_EQ(tables[7]["table"], "archive");
  EXPECT_EQ(tables[7]["default_name"], "unstructured");
}

TEST(Describe, ShowsWhereTwoArchivesAreWritten) {
  const Catalogue all = make_catalogue({});
  for (const std::string name : {"archive", "result_archive", "novelty_search", "map_elites"}) {
    EXPECT_THAT(describe_text(all, name),
                HasSubstr("\nwhere a run has two archives:\n  [archive]              # drives the "
                          "search\n"))
        << name;
  }
}

TEST(Describe, SaysSoWhereThereAreNoParameters) {
  EXPECT_THAT(describe_text(catalogue(), "grid"), HasSubstr("no parameters"));
}

TEST(Describe, AnEncodingShowsItsGenomesParameters) {
  EXPECT_THAT(describe_text(catalogue(), "painted"),
              HasSubstr("\n[genome]: how genomes that are graphs start\n  initial_sd  spread of "
                        "the first genomes\n"
                        "              real number, at least 0.0; default 1.0\n"));
  EXPECT_THAT(describe_text(catalogue(), "broken"), Not(HasSubstr("[genome]")));
  const auto json = nlohmann::json::parse(describe_json(catalogue(), "painted"));
  EXPECT_EQ(json["genome_parameters"][0]["name"], "initial_sd");
}

TEST(Describe, AnEncodingAndAVariationShowThePresetThatGoesWithTheEncoding) {
  EXPECT_THAT(describe_text(catalogue(), "painted"),
              HasSubstr("\n[variation]: preset = \"as_published\" where none is named\n"));
  EXPECT_THAT(describe_text(catalogue(), "broken"), Not(HasSubstr("[variation]")));
  EXPECT_THAT(describe_text(catalogue(), "variations.neat"),
              HasSubstr("preset = \"as_published\": add_node = 0.1 instead of 0.03; the default "
                        "under painted\n"));
  const auto json = nlohmann::json::parse(describe_json(catalogue(), "painted"));
  EXPECT_EQ(json["variation_preset"], "as_published");
}

TEST(Describe, AnEnvironmentShowsWhatItGivesAndTakes) {
  EXPECT_THAT(
      describe_text(catalogue(), "maze"),
      testing::EndsWith("\nwith add_node = 0.03, size = 250, mode = \"fast\", shape = [100, 100], "
                        "label = \"none\" "
                        "(others by --set environment.KEY=VALUE):\n"
                        "\n"
                        "objectives\n"
                        "  closeness  to the goal [m]\n"
                        "             higher is better; worst -3.5\n"
                        "measures\n"
                        "  x                        where it ends [m]\n"
                        "                           -1 to 250; descriptor_0 by default\n"
                        "  hue                      of its back\n"
                        "                           0 to 1\n"
                        "  network.nodes            the network's sensors, bias and neurons "
                        "[nodes]\n"
                        "                           0 to inf\n"
                        "  network.links            the network's links, including those from the "
                        "bias [links]\n"
                        "                           0 to inf\n"
                        "  network.modularity       Leicht & Newman's Q of the directed network; "
                        "computed only where it is named\n"
                        "                           0 to 1\n"
                        "  network.connection_cost  sum of the squared lengths of the links, of "
                        "encodings that place neurons; computed only where it is named\n"
                        "                           0 to inf\n"
                        "environment\n"
                        "  takes      vectors of 7 numbers\n"
                        "  takes      networks (3 in, 1 out)\n"
                        "  sensors    left, right: each 0 to 1; up: -2 to 2\n"
                        "  motors     motor: -1 to 1\n"
                        "  recurrent  4 activations on the first observation, then 2 per step\n"
                        "  solved     when it is there\n"
                        "  noise      results depend on the random stream\n"
                        "  trace      step, x\n"));
  const auto environment = nlohmann::json::parse(describe_json(catalogue(), "maze"))["environment"];
  EXPECT_EQ(environment["parameters"]["shape"], (std::vector<int>{100, 100}));
  EXPECT_EQ(environment["objectives"][0]["worst"], -3.5);
  EXPECT_EQ(environment["measures"][0]["max"], 250);
  EXPECT_EQ(environment["descriptor"], std::vector<std::string>{"x"});
  EXPECT_EQ(environment["vector_length"], 7);
  EXPECT_EQ(environment["sensors"][2]["min"], -2);
  EXPECT_EQ(environment["motors"][0]["position"], (std::vector<double>{0, 1}));
  EXPECT_EQ(environment["solved_when"], "it is there");
  EXPECT_EQ(environment["noisy"], true);
  EXPECT_EQ(environment["trace"][1], "x");
}

TEST(Describe, AnEnvironmentIsShownWithTheParametersThatAreAskedFor) {
  const std::vector<std::string> sets = {"environment.size=9"};
  EXPECT_THAT(describe_text(catalogue(), "maze", sets),
              testing::AllOf(HasSubstr("size = 9,"), HasSubstr("       -1 to 9;")));
  EXPECT_EQ(nlohmann::json::parse(
                describe_json(catalogue(), "maze", sets))["environment"]["parameters"]["size"],
            9);
  const auto refused = [](const std::string& name, const std::string& assignment) {
    return complaint([&] { describe_text(catalogue(), name, {assignment}); });
  };
  EXPECT_EQ(refused("maze", "environment.size=0"),
            "--set environment.size=0: is 0, but at least 1 is expected");
  EXPECT_EQ(refused("maze", "environment.sise=2"),
            "--set environment.sise=2: is unknown; did you mean 'size'?");
  EXPECT_EQ(refused("maze", "environment.name=sphere"),
            "--set environment.name=sphere: 'maze' is described");
  EXPECT_EQ(refused("grid", "archive.x=2"),
            "--set archive.x=2: is for environments, but 'grid' is one of the archives");
  EXPECT_THROW(describe_text(catalogue(), "maze", {"environment.label=torn"}), Error);
}

TEST(Describe, AnEnvironmentIsShownWithWhatIsProbablyNotMeant) {
  const std::vector<std::string> sets = {"environment.label=leaking"};
  EXPECT_THAT(describe_text(catalogue(), "maze", sets),
              HasSubstr("  warning    leaking.maze: it leaks\n  warning    and is wet\n"));
  EXPECT_EQ(
      nlohmann::json::parse(describe_json(catalogue(), "maze", sets))["environment"]["warnings"][1],
      "and is wet");
  EXPECT_THAT(describe_text(catalogue(), "maze"), Not(HasSubstr("warning")));
}

TEST(Describe, AnEnvironmentThatCannotBeBuiltSaysWhatItNeeds) {
  Catalogue torn = catalogue();
  torn.environments[0].parameters = [] {
    auto parameters = std::make_unique<NeatParameters>();
    parameters->label = "torn";
    return parameters;
  };
  EXPECT_THAT(describe_text(torn, "maze"),
              testing::EndsWith("\nwhat it gives is not shown: with its defaults, torn.maze: there "
                                "is no such file; --set environment.KEY=VALUE gives others\n"));
  EXPECT_EQ(nlohmann::json::parse(describe_json(torn, "maze"))["environment"]["cannot_be_built"],
            "torn.maze: there is no such file");
  EXPECT_THAT(describe_text(torn, "maze", {"environment.label=whole"}), HasSubstr("measures\n"));
}

TEST(Describe, ATableHasNoName) {
  EXPECT_EQ(describe_text(catalogue(), "graph_genome").find("name ="), std::string::npos);
}

TEST(Describe, ATableShowsWhatMayStandUnderIt) {
  const Catalogue all = make_catalogue(catalogue().environments);
  const std::string archive = describe_text(all, "archive");
  EXPECT_THAT(archive, StartsWith("[archive]\nname: one of these, with its own keys (`cambrian "
                                  "describe NAME`)\n  grid "));
  EXPECT_THAT(archive, HasSubstr("\n  unstructured  "));
  EXPECT_THAT(archive, HasSubstr("\n  descriptor  the measures that are the archive's axes"));
  EXPECT_THAT(archive, HasSubstr("\n  qd_offset  subtracted from each objective"));
  EXPECT_EQ(describe_text(all, "result_archive"),
            "[result_archive]" + archive.substr(std::string("[archive]").size()));
  EXPECT_THAT(describe_text(all, "environment"), HasSubstr("\n  maze  walls and a goal\n"));
  EXPECT_THAT(describe_text(all, "encoding"), HasSubstr("\n  none "));
  EXPECT_THAT(describe_text(all, "variation"), HasSubstr("\n  iso_line "));
  EXPECT_THAT(describe_text(all, "algorithm"), HasSubstr("\n  map_elites "));
  const std::string genome = describe_text(all, "genome");
  EXPECT_THAT(genome, HasSubstr("[genome]\n\nhow genomes that are real vectors start\n  length "));
  EXPECT_THAT(genome, HasSubstr("\nhow genomes that are graphs start\n"));
  EXPECT_THAT(describe_text(all, "run"), HasSubstr("\n[run]\n  seed "));
  EXPECT_EQ(complaint([&] { describe_text(all, "archive", {"environment.size=2"}); }),
            "--set environment.size=2: is for environments, but 'archive' is a table");
  EXPECT_EQ(complaint([&] { describe_text(all, "archve"); }),
            "describe: there is no 'archve'; did you mean 'archive'?");
  const auto json = nlohmann::json::parse(describe_json(all, "result_archive"));
  EXPECT_EQ(json["table"], "result_archive");
  EXPECT_EQ(json["components"][0]["name"], "grid");
  EXPECT_EQ(json["keys"][0]["parameters"][0]["name"], "descriptor");
}

TEST(Describe, JsonHoldsValuesAsValues) {
  const auto json = nlohmann::json::parse(describe_json(catalogue(), "novelty_search"));
  EXPECT_EQ(json["table"], "algorithm");
  EXPECT_EQ(json["room"], "algorithms");
  EXPECT_EQ(json["source"], "Somebody 2001");
  EXPECT_EQ(json["presets"], (std::vector<std::string>{"textbook", "as_published"}));
  const auto& add_node = json["parameters"][0];
  EXPECT_EQ(add_node["default"], 0.03);
  EXPECT_EQ(add_node["preset_defaults"]["as_published"], 0.1);
  EXPECT_EQ(add_node["max"], 1.0);
  EXPECT_EQ(add_node["unit"], "per child");
  const auto& size = json["parameters"][1];
  EXPECT_EQ(size["default"], 250);
  EXPECT_EQ(size["min"], 1);
  EXPECT_FALSE(size.contains("max"));
  EXPECT_EQ(json["parameters"][2]["choices"], (std::vector<std::string>{"fast", "thorough"}));
  EXPECT_EQ(json["parameters"][3]["default"], (std::vector<int>{100, 100}));
}

TEST(Describe, AnUnknownNameIsRefusedWithTheNearest) {
  EXPECT_EQ(complaint([] { describe_text(catalogue(), "noveltysearch"); }),
            "describe: there is no 'noveltysearch'; did you mean 'novelty_search'?");
  EXPECT_EQ(complaint([] { describe_json(catalogue(), "archives.gird"); }),
            "describe: there is no 'archives.gird'; did you mean 'grid'?");
  EXPECT_EQ(complaint([] { describe_text(catalogue(), "zzz"); }),
            "describe: there is no 'zzz'; `cambrian list` shows what there is");
}

TEST(Describe, ANameOfTwoRoomsIsAskedBack) {
  EXPECT_EQ(complaint([] { describe_text(catalogue(), "neat"); }),
            "describe: there are several 'neat'; say 'variations.neat' or 'archives.neat'");
  EXPECT_THAT(describe_text(catalogue(), "variations.neat"), HasSubstr("[variation]"));
}

}  // namespace
}  // namespace cambrian
