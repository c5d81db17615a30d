// What the files of the Python module share.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <memory>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian::python {

namespace nb = nanobind;

using Vectors = nb::ndarray<const double, nb::c_contig, nb::device::cpu>;
using Flags = nb::ndarray<const std::uint8_t, nb::c_contig, nb::device::cpu>;

/// An array that owns its numbers. @param shape  of as many dimensions as it has entries
template <class T>
nb::object owned_array(const T* from, std::vector<std::size_t> shape);

/// Memory of arrays that nobody holds any more, for the next ones of their size: a system's new pages cost as
/// much as filling them.
class SpareMemory {
 public:
  /// A copy that owns its numbers until Python frees it.
  nb::object array(const float* from, std::vector<std::size_t> shape);

 private:
  struct Block {
    std::shared_ptr<std::vector<std::vector<float>>> spare;
    std::vector<float> numbers;
  };
  static constexpr std::size_t kKept = 2;  // the caller's last batch and the one before
  std::shared_ptr<std::vector<std::vector<float>>> spare_ =
      std::make_shared<std::vector<std::vector<float>>>();
};

/// Everything that a configuration can name, with the environment `external`.
/// @param data  share/cambrian of the installed package
Catalogue python_catalogue(const std::string& data);

/// One genome as Python sees it: a vector as an array, a graph as a Graph.
nb::object genome_of(const Population& population, std::size_t row);

void bind_search(nb::module_& module);
void bind_archive(nb::module_& module);
void bind_genomes(nb::module_& module);
void bind_networks(nb::module_& module);
void bind_catalogue(nb::module_& module);
void bind_runs(nb::module_& module);
void bind_run_files(nb::module_& module);

template <class T>
nb::object owned_array(const T* from, std::vector<std::size_t> shape) {
  std::size_t size = 1;
  for (const std::size_t extent : shape) size *= extent;
  auto memory = std::make_unique_for_overwrite<T[]>(size);
  std::copy_n(from, size, memory.get());
  T* data = memory.get();
  nb::capsule owner(memory.release(), [](void* held) noexcept { delete[] static_cast<T*>(held); });
  return nb::cast(nb::ndarray<nb::numpy, T>(data, shape.size(), shape.data(), owner));
}

}  // namespace cambrian::python
