#include "tests/run_file/fixture.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <limits>

namespace cambrian::run_file_tests {
namespace {

template <class T>
std::span<const T> view(const std::vector<T>& values) {
  return values;
}

void write_archive(StateWriter& archive, const std::string& kind) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  archive.attribute("kind", kind);
  archive.attribute("descriptor_names", std::vector<std::string>{"x", "y"});
  archive.attribute("descriptor_min", std::vector<double>{0, 0});
  archive.attribute("descriptor_max", std::vector<double>{100, 200});
  archive.attribute("objective_names", std::vector<std::string>{"closeness"});
  archive.attribute("capacity", std::uint64_t{kind == "grid" ? 16U : 0U});
  if (kind == "grid") archive.attribute("shape", std::vector<std::int64_t>{4, 4});
  archive.attribute("qd_offset", -300.0);
  // 2^53 + 1 is no double.
  const std::vector<std::uint64_t> ids = {3, 7, 9007199254740993U, 12, 20};
  const std::vector<double> objectives = {0.5, -1.25, 0.1, nan, 2};
  const std::vector<double> descriptors = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
  const std::vector<std::int64_t> cells = {0, 5, 10, 13, -1};
  const std::vector<std::uint64_t> evaluations = {4, 8, 11, 13, 21};
  const std::vector<std::uint8_t> solved = {0, 0, 1, 0, 1};
  const std::vector<std::uint64_t> parents = {kNoParent, kNoParent, 3, kNoParent, 3,
                                              7,         7,         7, kNoParent, kNoParent};
  archive.column("id", view(ids), {"ordinal of the candidate"});
  archive.column("objective", view(objectives), {"higher is better"});
  archive.matrix("descriptor", view(descriptors), 2, {"place in the archive", "pixel"});
  archive.column("cell", view(cells), {"row-major index"});
  archive.column("evaluation", view(evaluations), {"the run's count"});
  archive.column("solved", view(solved), {"1: solved the task"});
  archive.matrix("parents", view(parents), 2, {"largest u64: none"});
  const std::vector<float> genes = {0.5F, 1.5F, 2.5F, -1, 0.1F, 3, 4, 5, 6, 7};
  archive.group("genome")->matrix("vector", view(genes), 2, {"genes"});
  archive.group("state")->attribute("threshold", 6.0);
}

}  // namespace

void write_small_run(const std::filesystem::path& path) {
  RunFileWriter file(path);
  StateWriter& root = file.root();
  root.attribute("program_version", std::string("0.1.0"));
  root.attribute("build", std::string("g++ 12.2, Release"));
  root.attribute("config", std::string("[run]\nseed = 7\n"));
  root.attribute("environment", std::string("maze"));
  root.attribute("encoding", std::string("hyperneat"));
  root.attribute("algorithm", std::string("novelty_search"));
  root.attribute("seed", std::uint64_t{7});
  root.attribute("evaluations", std::uint64_t{1000});
  root.attribute("budget", std::uint64_t{2000});
  root.attribute("generations", std::uint64_t{31});
  root.attribute("wall_seconds", 75.5);
  root.attribute("status", std::string("interrupted"));
  root.attribute("solved_evaluation", std::uint64_t{11});
  write_archive(*root.group("archive"), "grid");
  write_archive(*root.group("archives")->group("driver"), "unstructured");
  const auto population = root.group("population");
  const std::vector<std::uint64_t> living = {5, 6};
  const std::vector<std::uint32_t> species = {1, 2};
  population->column("id", view(living), {"ordinal"});
  population->column("species", view(species), {"species"});
  const auto history = root.group("history");
  const std::vector<std::uint64_t> counts = {250, 500, 1000};
  const std::vector<double> coverage = {0.125, 0.25, 0.3125};
  const std::vector<double> seconds = {20, 40, 75.5};
  history->column("evaluations", view(counts), {"evaluations so far"});
  history->column("coverage", view(coverage), {"filled cells / cells"});
  history->column("wall_seconds", view(seconds), {"time so far", "s"});
  const std::vector<std::uint8_t> maze = {'w', 'a', 'l', 'l'};
  const auto input = root.group("inputs")->group("hard.maze");
  input->column("content", view(maze), {"the file"});
  input->attribute("hash", std::string("abc"));
  const std::vector<std::uint64_t> stream = {1, 2, 3};
  root.group("checkpoint")->column("stream", view(stream), {"the program's own"});
  file.commit();
}

Outcome run_command(const std::string& command) {
  Outcome outcome;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, {}};
  std::array<char, 4096> block = {};
  for (std::size_t got = 0; (got = fread(block.data(), 1, block.size(), pipe)) > 0;)
    outcome.output.append(block.data(), got);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

Outcome run_python(const std::string& program, const std::vector<std::string>& arguments) {
  const Folder folder;
  write_bytes(folder / "program.py",
              "import sys, h5py, numpy as np\nargs = sys.argv[1:]\n" + program);
  std::string command = "/usr/bin/python3 '" + (folder / "program.py").string() + "'";
  for (const std::string& argument : arguments) command += " '" + argument + "'";
  return run_command(command);
}

bool has_h5py() { return run_command("/usr/bin/python3 -c 'import h5py'").status == 0; }

}  // namespace cambrian::run_file_tests
