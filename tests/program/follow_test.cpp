// `--follow` and `--tensorboard`: the rows of /history as they are logged.
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>

#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"

namespace cambrian {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The first column of JSON lines.
std::vector<long> evaluations_of(const std::string& lines) {
  std::vector<long> all;
  std::istringstream stream(lines);
  const std::string begin = "{\"evaluations\":";
  for (std::string line; std::getline(stream, line);) {
    line.erase(std::remove(line.begin(), line.end(), ' '), line.end());
    EXPECT_TRUE(line.starts_with(begin)) << line;
    all.push_back(std::stol(line.substr(begin.size())));
  }
  return all;
}

class Follow : public RunFolder {
 protected:
  void SetUp() override { sphere(); }  // needs no terminal
  Result program(const std::string& arguments, bool with_errors = false) const {
    return call(arguments, with_errors, folder_.string());
  }
  std::string python(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.string() + "' && /usr/bin/python3 " +
                                source_folder() + "/tests/program/follow.py " + arguments + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    std::string output;
    std::array<char, 4096> buffer;
    while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
      output.append(buffer.data(), n);
    EXPECT_EQ(pclose(pipe), 0) << output;
    return output;
  }
};

TEST_F(Follow, WritesTheRowsOfTheHistoryAsJsonLinesAndResumeAppends) {
  EXPECT_EQ(program("run sphere.toml -o a.h5 --quiet --follow rows.jsonl").status, 0);
  // 700, 1400, 2100, 2800 and the closing row.
  const std::string first = text_of(path("rows.jsonl"));
  EXPECT_EQ(evaluations_of(first), (std::vector<long>{700, 1400, 2100, 2800, 3000}));
  EXPECT_EQ(program("resume a.h5 --quiet --evaluations 4000 --follow rows.jsonl").status, 0);
  const std::string both = text_of(path("rows.jsonl"));
  EXPECT_EQ(both.substr(0, first.size()), first);
  EXPECT_EQ(evaluations_of(both.substr(first.size())), (std::vector<long>{3500, 4000}));
  const std::string last = both.substr(both.rfind('\n', both.size() - 2) + 1);
  std::string table = program(
                          "query a.h5 --table history --sort evaluations:desc --limit 1 "
                          "--select evaluations,archive_size,qd_score --format jsonl")
                          .output;
  table = table.substr(table.find("\"archive_size"));
  table.erase(std::remove(table.begin(), table.end(), ' '), table.end());
  for (const std::string& member :
       {table.substr(0, table.find(',')),
        table.substr(table.find(',') + 1, table.find('}') - table.find(',') - 1)})
    EXPECT_NE(last.find(member), std::string::npos) << member << " in " << last;
}

TEST_F(Follow, RunBeginsTheFileAnew) {
  std::ofstream(path("rows.jsonl")) << "old\n";
  EXPECT_EQ(program("run sphere.toml -o a.h5 --force --quiet --follow rows.jsonl").status, 0);
  EXPECT_EQ(evaluations_of(text_of(path("rows.jsonl"))).size(), 5);
}

TEST_F(Follow, AHyphenIsStandardOutput) {
  const Result result = program("run sphere.toml -o a.h5 --follow -");
  EXPECT_EQ(evaluations_of(result.output).size(), 5);
}

TEST_F(Follow, AReaderThatEndsDoesNotEndTheRun) {
  EXPECT_EQ(program("run sphere.toml -o a.h5 --quiet --follow - 2>warning | head -n 1").status, 0);
  EXPECT_NE(program("info a.h5").output.find("finished, 3000 evaluations"), std::string::npos);
}

TEST_F(Follow, WhatCannotBeWrittenIsSaidBeforeAnythingRuns) {
  const Result result = program("run sphere.toml -o a.h5 --follow no/where.jsonl", true);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.output,
            "cambrian: no/where.jsonl: cannot be written: No such file or directory\n");
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
}

TEST_F(Follow, NothingThatIsNeededIsWrittenOver) {
  std::ofstream(path("note.txt")) << "mine\n";
  const auto said = [&](const std::string& call) {
    const Result result = program("run sphere.toml -o a.h5 --quiet " + call, true);
    EXPECT_EQ(result.status, 2) << call;
    return result.output;
  };
  EXPECT_EQ(said("--follow note.txt"),
            "cambrian: --follow note.txt: exists; --force replaces it\n");
  EXPECT_EQ(said("--force --follow sphere.toml"),
            "cambrian: --follow sphere.toml: is what the run reads\n");
  EXPECT_EQ(said("--force --follow ./a.h5"), "cambrian: --follow ./a.h5: is the run file itself\n");
  EXPECT_EQ(text_of(path("note.txt")), "mine\n");
}

TEST_F(Follow, APipeThatNobodyReadsIsNotWaitedFor) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  const Result result = program("run sphere.toml -o a.h5 --quiet --follow pipe", true);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.output, "cambrian: pipe: cannot be written: nobody reads this pipe\n");
}

TEST_F(Follow, EventFilesHoldTheSameRows) {
  EXPECT_EQ(
      program("run sphere.toml -o a.h5 --quiet --follow rows.jsonl --tensorboard board").status, 0);
  const std::string events = python("events board");
  EXPECT_EQ(evaluations_of(events), evaluations_of(text_of(path("rows.jsonl"))));
  EXPECT_NE(events.find("\"qd_score\": "), std::string::npos) << events;
}

TEST_F(Follow, TheTrackerOfThePageSendsThemOn) {
  const std::string page = text_of(source_folder() + "/apps/FOLLOW.md");
  const std::string fence = "\n```python\n";
  const std::size_t begin = page.find(fence) + fence.size();
  std::ofstream(path("tracker.py")) << page.substr(begin, page.find("\n```\n", begin) + 1 - begin);
  const std::string sent = python("track " + program_path() + " sphere.toml tracker.py");
  EXPECT_EQ(std::ranges::count(sent, '\n'), 5) << sent;
  EXPECT_TRUE(sent.starts_with("700 ")) << sent;
}

}  // namespace
}  // namespace cambrian
