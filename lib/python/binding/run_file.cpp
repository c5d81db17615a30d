// Run files: queries, and elites with their networks and replays.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <sstream>

#include "binding.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/query/query.hpp"
#include "cambrian/replay/replay.hpp"
#include "cambrian/run/stored_run.hpp"
#include "network.hpp"

namespace cambrian::python {
namespace {

struct StoredState {
  StoredState(const std::string& path, const std::string& data,
              const std::vector<std::string>& sets)
      : catalogue(python_catalogue(data)), run(path, catalogue, 1, sets) {}
  Catalogue catalogue;
  StoredRun run;
};

/// The parts of a run file's configuration, made again.
class Stored {
 public:
  Stored(const std::string& path, const std::string& data, const std::vector<std::string>& sets)
      : state_(std::make_shared<StoredState>(path, data, sets)) {}
  nb::object genome(std::size_t row) const {
    return genome_of(*state_->run.elite(row).population, 0);
  }
  std::unique_ptr<BoundNetwork> network(std::size_t row) const {
    const Assembly& parts = state_->run.parts();
    if (!parts.encoding) throw Error("this run is of vectors, which are not networks");
    return std::make_unique<BoundNetwork>(state_, *parts.encoding, parts.description.body,
                                          std::move(state_->run.elite(row).population));
  }
  std::pair<std::vector<std::string>, nb::object> trace(std::uint32_t row) const {
    Replay done;
    {
      const nb::gil_scoped_release release;
      done = replay(state_->run, row);
    }
    nb::object values = owned_array(done.trace.data(), {done.moments(), done.columns.size()});
    return {done.columns, values};
  }

 private:
  std::shared_ptr<StoredState> state_;
};

std::string query_csv(const std::string& path, const std::string& table,
                      const std::optional<std::string>& where,
                      const std::optional<std::string>& sort,
                      const std::optional<std::uint64_t>& limit) {
  const RunFileReader file(path);
  Query query;
  query.table = table;
  query.where = where;
  query.sort = sort;
  query.limit = limit;
  std::ostringstream out;
  print(run_query(file, query), TableFormat::csv, out);
  return out.str();
}

std::size_t row_of(const std::string& path, const std::optional<std::uint64_t>& id) {
  const RunFileReader file(path);
  EliteChoice choice;
  choice.id = id;
  choice.best = !id;
  return elite_row(file, "archive", choice);
}

}  // namespace

void bind_run_files(nb::module_& module) {
  nb::class_<Stored>(module, "StoredCore")
      .def(nb::init<const std::string&, const std::string&, const std::vector<std::string>&>())
      .def("genome", &Stored::genome)
      .def("network", &Stored::network)
      .def("trace", &Stored::trace);
  module.def("query_csv", &query_csv, nb::arg("path"), nb::arg("table"), nb::arg("where").none(),
             nb::arg("sort").none(), nb::arg("limit").none());
  module.def("row_of", &row_of, nb::arg("path"), nb::arg("id").none());
}

}  // namespace cambrian::python
