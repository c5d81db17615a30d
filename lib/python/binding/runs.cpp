// Whole runs, as the program makes them.
#include <nanobind/stl/function.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "binding.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/run.hpp"
#include "cambrian/run/stop_signals.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian::python {
namespace {

using Watch = std::optional<nb::callable>;

/// How a run stands, for the caller's callback.
nb::dict standing(const RunRecord& record) {
  const ArchiveStatistics s = record.statistics();
  nb::dict now;
  now["evaluations"] = record.evaluations();
  now["invalid"] = record.invalid();
  now["num_elites"] = s.size;
  now["coverage"] = s.coverage;
  now["qd_score"] = s.qd_score;
  now["norm_qd_score"] = s.normalised_qd_score;
  now["obj_max"] = s.objective_max;
  now["obj_mean"] = s.objective_mean;
  now["solved_evaluation"] = record.solved_evaluation();
  return now;
}

RunControl control(const std::string& path, std::int64_t threads, std::optional<double> wall_time,
                   bool quiet, const Watch& watch) {
  RunControl made;
  made.run_file = path;
  made.threads = threads;
  made.wall_seconds = wall_time;
  made.quiet = quiet;
  if (watch) {
    made.after_batch = [watch](const RunRecord& record) {
      const nb::gil_scoped_acquire hold;
      const nb::object answer = (*watch)(standing(record));
      return answer.is_none() || nb::cast<bool>(answer);
    };
  }
  return made;
}

/// Carries out a run while other threads of Python continue. Ctrl-C saves its state and is then the
/// KeyboardInterrupt that Python makes of it.
template <class Act>
nb::tuple carried_out(const Act& act) {
  RunEnd end;
  int signal = 0;
  {
    const nb::gil_scoped_release release;
    const StopSignals signals;
    end = act();
    signal = StopSignals::received();
  }
  if (signal == SIGINT) {
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    throw nb::python_error();
  }
  return nb::make_tuple(end.status, end.evaluations, end.invalid, end.first_failure);
}

nb::tuple run(const std::string& toml, const std::string& origin, bool is_file,
              const std::vector<std::string>& sets, const std::string& path, std::int64_t threads,
              std::optional<double> wall_time, bool quiet, const Watch& watch,
              const std::string& data) {
  const Catalogue catalogue = python_catalogue(data);
  Configuration configuration =
      is_file ? Configuration::from_file(toml) : Configuration::from_text(toml, origin);
  for (const std::string& one : sets) configuration.set(one);
  const RunControl options = control(path, threads, wall_time, quiet, watch);
  return carried_out([&] { return start_run(std::move(configuration), catalogue, options); });
}

nb::tuple resume(const std::string& path, std::optional<std::uint64_t> evaluations,
                 std::int64_t threads, std::optional<double> wall_time, bool quiet,
                 const Watch& watch, const std::string& data) {
  const Catalogue catalogue = python_catalogue(data);
  const RunControl options = control(path, threads, wall_time, quiet, watch);
  return carried_out([&] { return resume_run(catalogue, evaluations, options); });
}

}  // namespace

void bind_runs(nb::module_& module) {
  module.def("run", &run, nb::arg("toml"), nb::arg("origin"), nb::arg("is_file"), nb::arg("sets"),
             nb::arg("path"), nb::arg("threads"), nb::arg("wall_time").none(), nb::arg("quiet"),
             nb::arg("watch").none(), nb::arg("data"));
  module.def("resume_run", &resume, nb::arg("path"), nb::arg("evaluations").none(),
             nb::arg("threads"), nb::arg("wall_time").none(), nb::arg("quiet"),
             nb::arg("watch").none(), nb::arg("data"));
  module.def("configuration_file", [](const std::string& name, const std::string& data) {
    return configuration_file(name, {data});
  });
}

}  // namespace cambrian::python
