// Graphs leave a run as JSON and come in again, as JSON or as a run file's own columns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/program/call.hpp"
#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using run_file_tests::read_bytes;
using testing::HasSubstr;
using testing::StartsWith;

/// What writes one graph of a JSON file as the columns of a run file, from nothing.
constexpr const char* kColumns = R"(
import json
g = json.load(open(args[0]))['graphs'][0]
n, e = g['nodes'], g['links']
f = h5py.File(args[1], 'w')
f.attrs['format'], f.attrs['format_version'] = 'cambrian-run', 1
f['archive/id'] = np.array([g['id']], 'u8')
genome = f.create_group('archive/genome')
genome['node_offset'], genome['edge_offset'] = np.array([0, len(n)], 'u8'), np.array([0, len(e)], 'u8')
genome['structural_mutations'] = np.array([g['structural_mutations']], 'u4')
names = args[2].split(',')
for group, genes, columns in (('node', n, {'innovation': 'u8', 'kind': 'u1', 'activation': 'u1', 'bias': 'f4'}),
                              ('edge', e, {'innovation': 'u8', 'source': 'u4', 'target': 'u4', 'weight': 'f4',
                                           'enabled': 'u1', 'birth': 'u4'})):
    for column, dtype in columns.items():
        values = [gene[column] for gene in genes]
        if column == 'innovation': values = [int(v, 16) for v in values]
        if column == 'kind': values = [['input', 'bias', 'hidden', 'output'].index(v) for v in values]
        if column == 'activation': values = [names.index(v) for v in values]
        genome[f'{group}/{column}'] = np.array(values, dtype)
)";

class GraphFile : public testing::TestWithParam<const char*> {
 protected:
  Result in_folder(const std::string& arguments, bool with_errors = true) const {
    return call(arguments, with_errors, folder_.path().string());
  }
  void run() const {
    const Result made = in_folder("run experiments/" + std::string(GetParam()) +
                                  ".toml -o run.h5 --evaluations 1500 --quiet");
    ASSERT_EQ(made.status, 0) << made.output;
  }
  run_file_tests::Folder folder_;
};

TEST_P(GraphFile, HandedInAgainDoesTheSameBitForBit) {
  run();
  const Result ids = in_folder("query run.h5 --select id --limit 4 --format csv");
  std::string chosen;
  std::istringstream lines(ids.output);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) chosen += " --id " + line;
  ASSERT_EQ(in_folder("export run.h5 -o four.json" + chosen).output, "4 graphs -> four.json\n");
  const std::string stored = in_folder("evaluate run.h5 --format csv" + chosen, false).output;
  EXPECT_EQ(std::count(stored.begin(), stored.end(), '\n'), 5);
  EXPECT_EQ(in_folder("evaluate run.h5 --genomes four.json --format csv").output, stored);
  EXPECT_EQ(in_folder("evaluate experiments/" + std::string(GetParam()) +
                      ".toml --genomes four.json --format csv")
                .output,
            stored);
}

TEST_P(GraphFile, ColumnsThatAnotherProgramWroteAreTaken) {
  SKIP_WITHOUT_H5PY();
  run();
  ASSERT_EQ(in_folder("export run.h5 --best -o best.json").status, 0);
  const auto made = run_file_tests::run_python(
      kColumns,
      {(folder_ / "best.json").string(), (folder_ / "mine.h5").string(),
       "identity,bipolar_sigmoid,gaussian,absolute,sine,steep_sigmoid,neat_sigmoid,tanh"});
  ASSERT_EQ(made.status, 0) << made.output;
  EXPECT_EQ(in_folder("evaluate run.h5 --genomes mine.h5 --format csv").output,
            in_folder("evaluate run.h5 --best --format csv").output);
}

INSTANTIATE_TEST_SUITE_P(, GraphFile,
                         testing::Values("hard_maze_neat_novelty", "hard_maze_map_elites"),
                         [](const auto& experiment) { return std::string(experiment.param); });

class GraphFileOfAMaze : public GraphFile {};

TEST_P(GraphFileOfAMaze, WhatIsWrongIsOneLine) {
  run();
  ASSERT_EQ(in_folder("export run.h5 --best -o best.json").status, 0);
  const std::string text = read_bytes(folder_ / "best.json");
  std::string torn = text;
  torn.replace(torn.find("\"weight\":") + 9, 1, "\"");
  run_file_tests::write_bytes(folder_ / "torn.json", torn);
  std::string other = text;
  other.replace(other.find("neat_sigmoid"), 12, "nest_sigmoid");
  run_file_tests::write_bytes(folder_ / "other.json", other);
  const std::vector<std::tuple<std::string, int, std::string>> calls = {
      {"export run.h5 -o a.json", 2, "cambrian: export: name an elite: --id ID"},
      {"export run.h5 --best -o a.gv", 2,
       "cambrian: -o a.gv: must end in .json, .dot (Graphviz) or .graphml"},
      {"export run.h5 --best --genome -o best", 2, "cambrian: -o best: must end in .json"},
      {"export run.h5 --best -o best.json", 2, "cambrian: -o best.json: exists; --force"},
      {"export run.h5 --id 9999999 -o a.json", 2, "cambrian: --id 9999999: is not among"},
      {"export run.h5 --best", 2, "cambrian: export: "},
      {"evaluate run.h5 --genomes torn.json", 2, "cambrian: torn.json:"},
      {"evaluate run.h5 --genomes other.json", 2,
       "cambrian: other.json: graphs[0].nodes[11].activation: is not an activation"},
      {"evaluate experiments/sphere_20_map_elites.toml --genomes best.json", 2,
       "cambrian: --genomes best.json: JSON holds graphs, but these genomes are real vectors"}};
  for (const auto& [arguments, status, message] : calls) {
    const Result result = in_folder(arguments);
    EXPECT_EQ(result.status, status) << arguments;
    EXPECT_THAT(result.output, StartsWith(message));
    EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1) << result.output;
  }
  EXPECT_EQ(read_bytes(folder_ / "best.json"), text);
}

TEST_P(GraphFileOfAMaze, AGenomeIsWrittenForProgramsThatDrawGraphs) {
  run();
  EXPECT_EQ(in_folder("export run.h5 --best --genome -o best.dot").output, "1 graph -> best.dot\n");
  EXPECT_EQ(in_folder("export run.h5 --best --genome -o best.graphml").output,
            "1 graph -> best.graphml\n");
  const std::string id = in_folder("query run.h5 --select id --best --format csv").output.substr(3);
  const std::string number = id.substr(0, id.find('\n'));
  EXPECT_THAT(read_bytes(folder_ / "best.dot"),
              StartsWith("digraph G {\ncandidate = " + number + ";\n"));
  EXPECT_THAT(read_bytes(folder_ / "best.graphml"), HasSubstr(">" + number + "</data>"));
  const Result ids = in_folder("query run.h5 --select id --limit 2 --format csv");
  std::istringstream lines(ids.output.substr(3));
  std::string first, second;
  lines >> first >> second;
  const Result two = in_folder("export run.h5 --id " + first + " --id " + second + " -o two.dot");
  EXPECT_EQ(two.status, 2);
  EXPECT_THAT(two.output, HasSubstr("-o two.dot: holds one graph, but 2 elites are named"));
}

TEST_P(GraphFileOfAMaze, VectorsAreNotExportedAsGraphs) {
  ASSERT_EQ(in_folder("run experiments/sphere_20_map_elites.toml -o sphere.h5 --evaluations 600 "
                      "--quiet")
                .status,
            0);
  const Result result = in_folder("export sphere.h5 --best -o a.json");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("its genomes are real vectors, but .json holds graphs"));
}

TEST_P(GraphFileOfAMaze, RaggedVectorsHandedInAgainDoTheSameBitForBit) {
  const std::string experiment = "experiments/hard_maze_dct_ragged.toml";
  ASSERT_EQ(in_folder("run " + experiment + " -o run.h5 --evaluations 1500 --quiet").status, 0);
  ASSERT_EQ(in_folder("export run.h5 --best -o best.json").output, "ragged vectors -> best.json\n");
  const std::string stored = in_folder("evaluate run.h5 --best --format csv", false).output;
  EXPECT_EQ(in_folder("evaluate " + experiment + " --genomes best.json --format csv").output,
            stored);
  EXPECT_EQ(
      in_folder("run " + experiment + " --from run.h5 -o more.h5 --evaluations 600 --quiet").status,
      0);
  const Result drawn = in_folder("export run.h5 --best -o best.dot");
  EXPECT_EQ(drawn.status, 2);
  EXPECT_THAT(drawn.output, HasSubstr("its genomes are ragged vectors, but .dot holds graphs"));
}

TEST_P(GraphFileOfAMaze, QueryNamesTheActivationsOfANetwork) {
  run();
  const std::string query = "query run.h5 --table network/node --best --select node,activation ";
  EXPECT_THAT(in_folder(query + "--where 'kind == 3' --format csv").output,
              StartsWith("node,activation\n11,neat_sigmoid\n12,neat_sigmoid\n"));
  EXPECT_THAT(in_folder(query + "--limit 1 --format jsonl").output,
              StartsWith("{\"node\": 0, \"activation\": \"identity\"}\n"));
  EXPECT_THAT(in_folder(query + "--limit 1").output, HasSubstr("identity\n"));
}

INSTANTIATE_TEST_SUITE_P(, GraphFileOfAMaze, testing::Values("hard_maze_neat_novelty"),
                         [](const auto& experiment) { return std::string(experiment.param); });

}  // namespace
}  // namespace cambrian
