// The Python module cambrian._core: what the package's Python files stand on.
#include "binding.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/record/version.hpp"
#include "cambrian/run_file/run_file.hpp"

NB_MODULE(_core, module) {
  using namespace cambrian;
  namespace nb = nanobind;
  module.doc() = "Cambrian's library, as the package `cambrian` wraps it.";
  silence_hdf5();
  // What users meet: ConfigError and ShapeError are ValueErrors, FileError is an OSError.
  static nb::exception<Error> error(module, "Error", PyExc_RuntimeError);
  static nb::exception<FileError> file_error(module, "FileError", PyExc_OSError);
  static nb::exception<ConfigError> config_error(module, "ConfigError", PyExc_ValueError);
  static nb::exception<ShapeError> shape_error(module, "ShapeError", PyExc_ValueError);
  python::bind_genomes(module);
  python::bind_networks(module);
  python::bind_archive(module);
  python::bind_search(module);
  python::bind_catalogue(module);
  python::bind_runs(module);
  python::bind_run_files(module);
}
