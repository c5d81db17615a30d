// run_file/FORMAT.md says how innovation numbers are made and what a graph looks like in JSON, so that
// another program can write one: what the page says is run, and held against files of real runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "cambrian/run/run.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"
#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

const std::string kPage = source_folder() + "/lib/cambrian/run_file/FORMAT.md";

/// Runs the page's own functions, and prepares `numbers`, those of the example's table in order.
const std::string kReadPage = R"(
import re
page = open(args[0]).read()
section = page[page.index('## Innovation numbers'):]
section = section[:section.index('\n## ')]
exec(re.search(r'```python\n(.*?)```', section, re.S).group(1))
numbers = [int(n, 16) for n in re.findall(r'`(0x[0-9a-f]{16})`', section)]
)";

TEST(InnovationPage, ComputesTheNumbersOfRealRuns) {
  SKIP_WITHOUT_H5PY();
  const run_file_tests::Folder folder;
  for (const char* name : {"hard_maze_neat_novelty", "hard_maze_map_elites"}) {
    Configuration configuration =
        Configuration::from_file(source_folder() + "/data/experiments/" + name + ".toml");
    configuration.set("run.evaluations=2000");
    configuration.set("variation.add_node=0.2");
    const auto path = folder / (std::string(name) + ".h5");
    start_run(std::move(configuration), make_catalogue(environments(), {source_folder() + "/data"}),
              {.run_file = path, .quiet = true});
    const auto outcome = run_file_tests::run_python(kReadPage + R"(
g = h5py.File(args[1])['archive/genome']
no, eo, node, edge = g['node_offset'][:], g['edge_offset'][:], g['node'], g['edge']
marks, kinds, links = node['innovation'][:], node['kind'][:], edge['innovation'][:]
source, target = edge['source'][:], edge['target'][:]
hidden = 0
for i in range(len(no) - 1):
    m, k = [int(x) for x in marks[no[i]:no[i+1]]], kinds[no[i]:no[i+1]]
    assert m == sorted(m)
    for kind in (0, 1, 3):
        assert [x for x, its in zip(m, k) if its == kind] == [fixed_mark(kind, j) for j in range(sum(k == kind))]
    for e in range(eo[i], eo[i+1]):
        assert links[e] == edge_mark(m[source[e]], m[target[e]])
    made = {node_mark(edge_mark(a, b), n) for a in m for b in m for n in range(3)} | {seed_node_mark(0)}
    for x, its in zip(m, k):
        assert its != 2 or x in made, hex(x)
        hidden += its == 2
assert hidden > 100, hidden
)",
                                                    {kPage, path.string()});
    EXPECT_EQ(outcome.status, 0) << outcome.output;
  }
}

TEST(InnovationPage, ItsExampleIsWhatItsFunctionsAndOursGive) {
  const std::uint64_t output = fixed_mark(NodeKind::output, 0);
  const std::uint64_t link = edge_mark(1, output);
  const std::vector<std::uint64_t> ours = {0,
                                           1,
                                           fixed_mark(NodeKind::bias, 0),
                                           output,
                                           link,
                                           node_mark(link, 0),
                                           node_mark(link, 1),
                                           edge_mark(1, node_mark(link, 0)),
                                           seed_node_mark(0)};
  std::string list;
  for (const std::uint64_t mark : ours) list += std::to_string(mark) + ",";
  const auto outcome = run_file_tests::run_python(kReadPage + R"(
link = edge_mark(1, fixed_mark(3, 0))
theirs = [0, 1, fixed_mark(1, 0), fixed_mark(3, 0), link, node_mark(link, 0), node_mark(link, 1),
          edge_mark(1, node_mark(link, 0)), seed_node_mark(0)]
assert numbers == theirs, (numbers, theirs)
assert numbers == [int(n) for n in args[1].split(',')[:-1]]
)",
                                                  {kPage, list});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(GraphPage, ItsExampleIsRead) {
  std::ifstream file(kPage);
  const std::string page(std::istreambuf_iterator<char>(file), {});
  const std::size_t begin = page.find("```json\n") + 8;
  const std::string text = page.substr(begin, page.find("```", begin) - begin);
  GraphForm form;
  form.acyclic = false;
  const std::vector<IdentifiedGraph> graphs = graphs_from_json(text, "FORMAT.md", form);
  ASSERT_EQ(graphs.size(), 1U);
  EXPECT_EQ(graphs[0].id, 7U);
  EXPECT_EQ(graphs[0].graph.nodes[3].mark,
            node_mark(edge_mark(0, fixed_mark(NodeKind::output, 0)), 0));
}

}  // namespace
}  // namespace cambrian
