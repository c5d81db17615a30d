#include "cambrian/query/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using run_file_tests::error_of;

class QueryTest : public testing::Test {
 protected:
  QueryTest() { run_file_tests::write_small_run(folder_ / "run.h5"); }

  std::string ask(const Query& query, TableFormat format = TableFormat::csv) const {
    const RunFileReader file(folder_ / "run.h5");
    std::ostringstream out;
    print(run_query(file, query), format, out);
    return out.str();
  }
  Query query(const std::string& select) const {
    Query query;
    query.select = select;
    return query;
  }
  Query where(const std::string& expression) const {
    Query result = query("id");
    result.where = expression;
    return result;
  }
  std::string refusal(const Query& query) const {
    return error_of([&] { ask(query); });
  }

  run_file_tests::Folder folder_;
};

TEST_F(QueryTest, ShowsAllColumnsInAFixedOrder) {
  EXPECT_EQ(ask({}),
            "id,objective,descriptor_0,descriptor_1,cell,evaluation,parents_0,parents_1,solved\n"
            "3,0.5,10,20,0,4,,,0\n"
            "7,-1.25,30,40,5,8,3,,0\n"
            "9007199254740993,0.1,50,60,10,11,3,7,1\n"
            "12,nan,70,80,13,13,7,7,0\n"
            "20,2,90,100,-1,21,,,1\n");
}

TEST_F(QueryTest, TakesDescriptorsAndObjectivesByName) {
  Query query = this->query("x, y ,descriptor_1,descriptor");
  query.limit = 1;
  EXPECT_EQ(ask(query), "x,y,descriptor_1,descriptor_0\n10,20,20,10\n");
}

TEST_F(QueryTest, PrintsJsonWithExactIntegersAndNulls) {
  Query query = this->query("id,objective,parents");
  query.where = "solved || evaluation == 13";
  EXPECT_EQ(ask(query, TableFormat::json),
            "[\n"
            " {\"id\": 9007199254740993, \"objective\": 0.1, \"parents_0\": 3, \"parents_1\": 7},\n"
            " {\"id\": 12, \"objective\": null, \"parents_0\": 7, \"parents_1\": 7},\n"
            " {\"id\": 20, \"objective\": 2, \"parents_0\": null, \"parents_1\": null}\n"
            "]\n");
}

TEST_F(QueryTest, PrintsAnObjectALine) {
  Query query = where("cell < 0");
  EXPECT_EQ(ask(query, TableFormat::jsonl), "{\"id\": 20}\n");
  query.where = "cell > 99";
  EXPECT_EQ(ask(query, TableFormat::jsonl), "");
  EXPECT_EQ(ask(query, TableFormat::json), "[]\n");
}

TEST_F(QueryTest, AlignsATable) {
  Query query = this->query("id,objective,parents_1");
  query.limit = 3;
  EXPECT_EQ(ask(query, TableFormat::table),
            "              id  objective  parents_1\n"
            "               3        0.5           \n"
            "               7      -1.25           \n"
            "9007199254740993        0.1          7\n");
}

TEST_F(QueryTest, UnderstandsConditions) {
  EXPECT_EQ(ask(where("objective > 0 && x < 50")), "id\n3\n");
  EXPECT_EQ(ask(where("objective > 1 || descriptor_0 <= 10")), "id\n3\n20\n");
  EXPECT_EQ(ask(where("!(cell >= 0)")), "id\n20\n");
  EXPECT_EQ(ask(where("id != 3 && x + y < 100")), "id\n7\n");
  EXPECT_EQ(ask(where("max(x, y) == 80")), "id\n12\n");
}

TEST_F(QueryTest, ComparesMissingValuesAsFalse) {
  EXPECT_EQ(ask(where("objective > -99999")), "id\n3\n7\n9007199254740993\n20\n");
  EXPECT_EQ(ask(where("parents_0 >= 0")), "id\n7\n9007199254740993\n12\n");
  EXPECT_EQ(ask(where("missing(parents_0)")), "id\n3\n20\n");
  EXPECT_EQ(ask(where("objective")), "id\n3\n7\n9007199254740993\n20\n");
}

TEST_F(QueryTest, RefusesWhatIsNoCondition) {
  EXPECT_EQ(refusal(where("cell = 5")),
            "--where: a lone '=' at position 6; to compare, write '=='");
  EXPECT_THAT(refusal(where("cell === 5")), testing::StartsWith("--where: "));
  EXPECT_THAT(refusal(where("cell >")), testing::StartsWith("--where: "));
  EXPECT_THAT(refusal(where("cell > 5 and x > 2")), testing::StartsWith("--where: "));
  EXPECT_THAT(refusal(where("")), testing::StartsWith("--where: "));
  EXPECT_THAT(refusal(where("cell, x")), testing::StartsWith("--where: "));
  EXPECT_THAT(refusal(where("objectiv > 5")),
              testing::StartsWith("--where: there is no column 'objectiv'; did you mean "
                                  "'objective'? There are: id, objective,"));
  for (const char* wrong : {"cell >", "", "cell > 5 and x > 2", "(((", "\"a\"", "x x"})
    EXPECT_EQ(refusal(where(wrong)).find('\n'), std::string::npos) << wrong;
}

TEST_F(QueryTest, RefusesNumbersThatDoublesDoNotHold) {
  // As doubles, the id 9007199254740993 would be found as 9007199254740992.
  for (const char* number : {"9007199254740992", "9007199254740993", "18446744073709551615",
                             "100000000000000000000000000000"}) {
    for (const char* condition : {"id == ", "-", "id+x<-", "max(id,"}) {
      const std::string closed = std::string(condition) == "max(id," ? ") > 0" : "";
      EXPECT_THAT(refusal(where(condition + std::string(number) + closed)),
                  testing::StartsWith("--where: " + std::string(number) + " is too large: "));
    }
  }
  EXPECT_EQ(refusal(where("parents_0 == 18446744073709551615")),
            "--where: 18446744073709551615 is too large: numbers are compared as doubles, exact "
            "below 2^53 (9007199254740992); for no parent write missing(parents_0), otherwise "
            "export with --format csv");
  EXPECT_THAT(refusal(where("x > 1e3000")),
              testing::StartsWith("--where: '1e3000' is too large for a number"));
  EXPECT_EQ(ask(where("id > 9007199254740991")), "id\n9007199254740993\n");
  EXPECT_EQ(ask(where("id > 9.1e15 || x < 1e+20 && id < 0000000000000000004")), "id\n3\n");
}

TEST_F(QueryTest, RefusesAChainOfComparisons) {
  for (const char* chain : {"0 < x < 5", "(0 <= x) && 0 < x == 1", "max(1 < x < 2, 3)"}) {
    EXPECT_THAT(refusal(where(chain)), testing::StartsWith("--where: a second comparison at "));
  }
  EXPECT_EQ(refusal(where("0 < x < 5")),
            "--where: a second comparison at position 7; to join two, write '&&'");
  EXPECT_EQ(ask(where("(x < 50) == (objective > 0)")),
            ask(where("x < 50 && objective > 0 || !(x < 50) && !(objective > 0)")));
  EXPECT_EQ(ask(where("x < 50 ? objective > 0 : 0")), ask(where("x < 50 && objective > 0")));
}

TEST_F(QueryTest, SortsWithMissingValuesLast) {
  Query query = this->query("objective");
  query.sort = "objective";
  EXPECT_EQ(ask(query), "objective\n-1.25\n0.1\n0.5\n2\nnan\n");
  query.sort = "objective:desc";
  EXPECT_EQ(ask(query), "objective\n2\n0.5\n0.1\n-1.25\nnan\n");
  query.limit = 2;
  EXPECT_EQ(ask(query), "objective\n2\n0.5\n");
  query.limit = 0;
  EXPECT_EQ(ask(query), "objective\n");
}

TEST_F(QueryTest, SortsLargeIdsExactlyAndTiesStably) {
  Query query = this->query("id");
  query.sort = "solved:desc";
  EXPECT_EQ(ask(query), "id\n9007199254740993\n20\n3\n7\n12\n");
  query.sort = "id:desc";
  query.limit = 1;
  EXPECT_EQ(ask(query), "id\n9007199254740993\n");
}

TEST_F(QueryTest, NamesWhatThereIsForAWrongName) {
  Query query = this->query("idd");
  EXPECT_THAT(refusal(query), testing::StartsWith("--select: there is no column 'idd'; did you "
                                                  "mean 'id'?"));
  query = this->query("id");
  query.sort = "obj:up";
  EXPECT_EQ(refusal(query), "--sort: the order 'up' is neither asc nor desc");
  query.sort = "zzzz";
  EXPECT_THAT(refusal(query), testing::StartsWith("--sort: there is no column 'zzzz'. There are"));
  query = {};
  query.table = "histroy";
  EXPECT_EQ(refusal(query),
            "--table: there is no table 'histroy'; did you mean 'history'? There are: archive, "
            "archive/genome, archives/driver, archives/driver/genome, history, inputs/hard.maze, "
            "population");
  EXPECT_EQ(refusal(this->query(",")), "--select: an empty name in ','");
  EXPECT_THAT(error_of([] { table_format("jsn"); }), testing::HasSubstr("did you mean 'json'"));
}

TEST_F(QueryTest, ReadsEveryTable) {
  Query query;
  query.table = "history";
  EXPECT_EQ(ask(query),
            "evaluations,wall_seconds,coverage\n250,20,0.125\n500,40,0.25\n1000,75.5,0.3125\n");
  query.table = "archives/driver";
  query.select = "y";
  query.limit = 1;
  EXPECT_EQ(ask(query), "y\n20\n");
  query.table = "archive/genome";
  query.select = "vector";
  query.limit = 3;
  EXPECT_EQ(ask(query), "vector_0,vector_1\n0.5,1.5\n2.5,-1\n0.1,3\n");
}

TEST_F(QueryTest, LeavesOutColumnsOfAnotherLength) {
  const auto path = folder_ / "cvt.h5";
  {
    RunFileWriter file(path);
    const auto archive = file.root().group("archive");
    const std::vector<std::uint64_t> ids = {1};
    const std::vector<double> centroids = {1, 2, 3, 4};
    archive->column("id", std::span<const std::uint64_t>(ids));
    archive->matrix("centroids", std::span<const double>(centroids), 2);
    file.commit();
  }
  const RunFileReader file(path);
  std::ostringstream out;
  print(run_query(file, {}), TableFormat::csv, out);
  EXPECT_EQ(out.str(), "id\n1\n");
}

TEST_F(QueryTest, AnswersForAnEmptyTable) {
  const auto path = folder_ / "empty.h5";
  {
    RunFileWriter file(path);
    const auto archive = file.root().group("archive");
    archive->column("id", std::span<const std::uint64_t>());
    archive->matrix("descriptor", std::span<const double>(), 2);
    file.commit();
  }
  const RunFileReader file(path);
  Query query;
  query.where = "descriptor_0 > 1";
  query.sort = "id";
  std::ostringstream out;
  print(run_query(file, query), TableFormat::csv, out);
  EXPECT_EQ(out.str(), "id,descriptor_0,descriptor_1\n");
  query.where = "id >";
  EXPECT_THROW(run_query(file, query), ConfigError);
}

TEST_F(QueryTest, AnEliteByItsIdOrAsTheBest) {
  Query query = this->query("id,objective");
  query.elite.id = 9007199254740993U;
  EXPECT_EQ(ask(query), "id,objective\n9007199254740993,0.1\n");
  query.elite = {std::nullopt, true};
  EXPECT_EQ(ask(query), "id,objective\n20,2\n");
  query.where = "objective < 0";
  EXPECT_EQ(ask(query), "id,objective\n");
  query = this->query("vector");
  query.table = "archive/genome";
  query.elite.id = 7;
  EXPECT_EQ(ask(query), "vector_0,vector_1\n2.5,-1\n");
  query.elite.id = 8;
  EXPECT_EQ(refusal(query), "--id 8: is not among the elites");
  query = this->query("evaluations");
  query.table = "history";
  query.elite.id = 7;
  EXPECT_EQ(refusal(query), "--id: table 'history' does not belong to an archive");
}

TEST_F(QueryTest, TheLinksOfAnElitesGraph) {
  const auto path = folder_ / "graphs.h5";
  {
    RunFileWriter file(path);
    const auto archive = file.root().group("archive");
    const std::vector<std::uint64_t> ids = {5, 6, 7};
    const std::vector<double> objectives = {std::nan(""), 2.0, 1.0};
    const std::vector<std::uint64_t> offsets = {0, 2, 2, 5};
    const std::vector<std::uint32_t> sources = {1, 2, 3, 4, 5};
    archive->column("id", std::span<const std::uint64_t>(ids));
    archive->column("objective", std::span<const double>(objectives));
    const auto genome = archive->group("genome");
    genome->column("edge_offset", std::span<const std::uint64_t>(offsets));
    genome->group("edge")->column("source", std::span<const std::uint32_t>(sources));
    file.commit();
  }
  const RunFileReader file(path);
  const auto links_of = [&](const EliteChoice& elite) {
    Query query;
    query.table = "archive/genome/edge";
    query.elite = elite;
    query.sort = "source:desc";
    query.limit = 2;
    std::ostringstream out;
    print(run_query(file, query), TableFormat::csv, out);
    return out.str();
  };
  EXPECT_EQ(links_of({5, false}), "source\n2\n1\n");
  EXPECT_EQ(links_of({7, false}), "source\n5\n4\n");
  EXPECT_EQ(links_of({std::nullopt, true}), "source\n");  // the best is 6, which has none
}

/// A row in which every column holds another power of two.
std::string holds(const std::vector<std::string>& names, const std::string& expression) {
  std::vector<TableColumn> columns;
  for (std::size_t i = 0; i < names.size(); ++i)
    columns.push_back({names[i], std::vector<double>{static_cast<double>(1 << i)}});
  Table table("archive", columns);
  Query query;
  query.where = expression;
  return error_of([&] {
    if (run_query(table, query).rows.empty()) throw Error("no");
  });
}

TEST(QueryOfATableAtHand, TakesAnyNameInACondition) {
  const std::vector<std::string> names = {
      "network.links", "network", "network.links.deep", "a-b", "a", "b", "2d", "max",
      "network_links", "_pi",     "h\xc3\xb6he",        "7"};
  for (const char* condition :
       {"network.links == 1", "network == 2", "network.links.deep == 4", "a-b == 8",
        "a - b == 16-32", "a==16&&b==32", "2d == 64", "max == 128", "max(2d, max) == 128",
        "network_links == 256", "_pi == 512", "h\xc3\xb6he == 1024", "7 == 6 + 1",
        "2*network.links+network_links*network.links.deep == 2 + 256 * 4", "-network.links < 0",
        "(network.links)<=1.0 && a-b>.5e1"})
    EXPECT_EQ(holds(names, condition), "") << condition;
  EXPECT_EQ(holds(names, "network.links > 1"), "no");
}

TEST(QueryOfATableAtHand, SpeaksOfNamesAsTheyWereWritten) {
  const std::vector<std::string> names = {"network.links", "network.nodes"};
  EXPECT_EQ(holds(names, "network.link > 3"),
            "--where: there is no column 'network.link'; did you mean 'network.links'? There are: "
            "network.links, network.nodes (table archive)");
  EXPECT_THAT(holds(names, "3 + network.links network.nodes"),
              testing::HasSubstr("\"network.nodes\" found at position 18"));
  EXPECT_THAT(holds(names, "network.links = 3"), testing::HasSubstr("a lone '=' at position 15"));
}

/// A lineage as a run writes it, with one operator that no name belongs to.
void write_lineage(const std::filesystem::path& path) {
  RunFileWriter file(path);
  const auto lineage = file.root().group("lineage");
  const std::vector<std::uint64_t> id = {1, 2, 3};
  const std::vector<std::uint8_t> made = {0, 1, 9};
  lineage->column("id", std::span<const std::uint64_t>(id));
  lineage->column("operator", std::span<const std::uint8_t>(made));
  lineage->attribute("operator_names", std::vector<std::string>{"random", "a, \"b\""});
  file.commit();
}

TEST(QueryOfNumberedWords, PrintsThemByNameAndComparesThemByNumber) {
  const run_file_tests::Folder folder;
  write_lineage(folder / "run.h5");
  const RunFileReader file(folder / "run.h5");
  const auto printed = [&](TableFormat format, const std::string& where = "1") {
    Query query;
    query.table = "lineage";
    query.where = where;
    std::ostringstream out;
    print(run_query(file, query), format, out);
    return out.str();
  };
  EXPECT_EQ(printed(TableFormat::csv), "id,operator\n1,random\n2,\"a, \"\"b\"\"\"\n3,9\n");
  EXPECT_EQ(printed(TableFormat::table),
            "id  operator\n"
            " 1    random\n"
            " 2    a, \"b\"\n"
            " 3         9\n");
  EXPECT_EQ(printed(TableFormat::jsonl, "operator == 1"),
            "{\"id\": 2, \"operator\": \"a, \\\"b\\\"\"}\n");
  EXPECT_EQ(printed(TableFormat::jsonl, "operator == 9"), "{\"id\": 3, \"operator\": 9}\n");
}

TEST(QueryOfATableAtHand, TakesConditionAndOrder) {
  Table table("made", {{"a", std::vector<std::uint32_t>{1, 2, 3}},
                       {"b", std::vector<float>{0.5F, 0.25F, 0.125F}}});
  Query query;
  query.where = "a > 1";
  query.sort = "b";
  std::ostringstream out;
  print(run_query(table, query), TableFormat::csv, out);
  EXPECT_EQ(out.str(), "a,b\n3,0.125\n2,0.25\n");
  query.select = "c";
  EXPECT_THROW(run_query(table, query), ConfigError);
}

}  // namespace
}  // namespace cambrian
