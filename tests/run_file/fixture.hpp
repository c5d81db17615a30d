// A folder that is removed after a test, and small run files as a run would write them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian::run_file_tests {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "cambrian_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// The message of the Error that `body` throws; empty if it throws none.
template <class Body>
std::string error_of(Body&& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

/// Runs a Python program that finds h5py as h5py, numpy as np, and its arguments as args.
struct Outcome {
  int status = 0;
  std::string output;  ///< both streams
};
Outcome run_python(const std::string& program, const std::vector<std::string>& arguments);
/// The standard output and error of a shell command.
Outcome run_command(const std::string& command);
bool has_h5py();

/// A run of 5 elites in a 4x4 grid over (x, y), 3 rows of history, a driver and a population.
void write_small_run(const std::filesystem::path& path);

}  // namespace cambrian::run_file_tests

#define SKIP_WITHOUT_H5PY() \
  if (!cambrian::run_file_tests::has_h5py()) GTEST_SKIP() << "python3-h5py is not installed"
