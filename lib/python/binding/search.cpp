// A search that Python asks and tells: a configured run whose candidates the caller evaluates.
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <cmath>
#include <optional>

#include "archive.hpp"
#include "binding.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/evaluation/failure.hpp"
#include "cambrian/evaluation/network_measures.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/asked_run.hpp"
#include "network.hpp"

namespace cambrian::python {
namespace {

/// A run with the catalogue that it refers to.
struct SearchState {
  SearchState(Catalogue all, Configuration configuration, std::int64_t threads)
      : catalogue(std::move(all)), run(std::move(configuration), catalogue, threads) {}
  SearchState(Catalogue all, const std::string& path, std::int64_t threads)
      : catalogue(std::move(all)), run(AskedRun::resumed(path, catalogue, threads)) {}
  Catalogue catalogue;
  AskedRun run;
};

class Search {
 public:
  explicit Search(std::shared_ptr<SearchState> state);

  nb::object ask();
  /// @return [candidates] whether each came to live or to stay anywhere
  nb::object tell(const Vectors& objectives, const Vectors& measures,
                  const std::optional<Flags>& solved);
  std::unique_ptr<BoundNetwork> network(nb::handle genome) const;
  AskedRun& run() { return state_->run; }
  Experiment& experiment() const { return state_->run.experiment(); }
  const Assembly& parts() const { return experiment().parts(); }
  const std::map<std::string, std::shared_ptr<ArchiveView>>& archives() const { return archives_; }
  std::map<std::string, double> statistics() const;

 private:
  std::shared_ptr<ArchiveView> view(const Elites& elites) const;
  void check_shapes(const Vectors& objectives, const Vectors& measures,
                    const std::optional<Flags>& solved) const;

  /// While C++ works without the GIL: another thread that asks, tells or reads is refused.
  struct Work {
    Work(Search& search, bool changes) : search_(search), changes_(changes) {
      if (search.busy_) throw Error("the search is at work in another thread; use it from one");
      search.busy_ = true;
      if (changes_)
        for (const auto& [name, archive] : search.archives_) archive->before_change();
    }
    ~Work() {
      search_.busy_ = false;
      if (changes_)
        for (const auto& [name, archive] : search_.archives_) archive->after_change();
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

   private:
    Search& search_;
    bool changes_;
  };
  /// @param solved  null: none is
  void write_rows(const double* objectives, const double* measures, const std::uint8_t* solved);

  std::shared_ptr<SearchState> state_;
  std::size_t told_measures_ = 0;  // per candidate; those of the network come after them
  std::map<std::string, std::shared_ptr<ArchiveView>> archives_;
  SpareMemory memory_;
  Proposal* proposal_ = nullptr;  // that was asked for and not told
  bool busy_ = false;
};

Search::Search(std::shared_ptr<SearchState> state) : state_(std::move(state)) {
  told_measures_ = parts().description.measures.size();
  if (parts().encoding) told_measures_ -= network_measures(parts().network_measures).size();
  for (const Descriptor* descriptor : {&parts().descriptor, &parts().result_descriptor}) {
    for (const std::size_t measure : descriptor->measures) {
      if (measure < told_measures_) continue;
      throw ConfigError(
          "archive.descriptor",
          "names " + quoted(parts().description.measures[measure].name) +
              ", which the caller of tell() does not tell; give a measure of your own");
    }
  }
  const Elites& result = experiment().record().result();
  archives_["result"] = view(result);
  for (const NamedArchive& archive : parts().algorithm->archives()) {
    archives_[archive.name] =
        archive.elites == &result ? archives_["result"] : view(*archive.elites);
  }
}

std::shared_ptr<ArchiveView> Search::view(const Elites& elites) const {
  const ObjectiveDirection direction = parts().description.objectives.front().direction;
  const double offset = parts().qd_offset;
  // The run is not constant, and its elites are not: algorithms only show them so.
  return std::make_shared<ArchiveView>(state_, const_cast<Elites&>(elites), direction,
                                       as_given(offset, direction));
}

nb::object Search::ask() {
  {
    const Work work(*this, false);
    const nb::gil_scoped_release release;
    proposal_ = &state_->run.ask();
  }
  const Population& genomes = *proposal_->population;
  if (const auto* vectors = dynamic_cast<const RealPopulation*>(&genomes))
    return memory_.array(vectors->matrix().data(), {vectors->size(), vectors->length()});
  nb::list list;
  for (std::size_t i = 0; i < genomes.size(); ++i) list.append(genome_of(genomes, i));
  return list;
}

void Search::write_rows(const double* objectives, const double* measures,
                        const std::uint8_t* solved) {
  Batch& batch = proposal_->batch;
  Evaluations& to = batch.evaluations;
  const ObjectiveDirection direction = parts().description.objectives.front().direction;
  const std::size_t told = told_measures_, width = to.shape.measures;
  for (std::size_t job = 0; job < batch.jobs.size(); ++job) {
    const std::size_t row = batch.jobs[job].candidate;
    bool finite = std::abs(objectives[row]) <= kLargest;
    to.objectives[job] = as_given(objectives[row], direction);
    const double* const from = measures + row * told;
    double* const into = to.measures.data() + job * width;
    for (std::size_t m = 0; m < told; ++m) {
      finite = finite && std::abs(from[m]) <= kLargest;
      into[m] = from[m];
    }
    to.valid[job] = finite ? 1 : 0;
    to.solved[job] = solved != nullptr && solved[row] != 0 ? 1 : 0;
  }
}

void Search::check_shapes(const Vectors& objectives, const Vectors& measures,
                          const std::optional<Flags>& solved) const {
  const std::size_t n = proposal_->candidates.size();
  const auto check = [](const char* what, const auto& array,
                        const std::vector<std::size_t>& shape) {
    const auto shown = [](const auto& extents, std::size_t count) {
      std::string text = "[";
      for (std::size_t i = 0; i < count; ++i)
        text += (i == 0 ? "" : ", ") + std::to_string(extents(i));
      return text + "]";
    };
    bool same = array.ndim() == shape.size();
    for (std::size_t i = 0; same && i < shape.size(); ++i) same = array.shape(i) == shape[i];
    if (same) return;
    throw ShapeError(std::string(what) + ": are " +
                     shown([&](std::size_t i) { return array.shape(i); }, array.ndim()) + ", but " +
                     shown([&](std::size_t i) { return shape[i]; }, shape.size()) +
                     " are expected");
  };
  check("objectives", objectives, {n});
  check("measures", measures, {n, told_measures_});
  if (solved) check("solved", *solved, {n});
}

nb::object Search::tell(const Vectors& objectives, const Vectors& measures,
                        const std::optional<Flags>& solved) {
  if (proposal_ == nullptr) throw Error("there is no batch to tell: ask for one first");
  check_shapes(objectives, measures, solved);
  const Work work(*this, true);
  write_rows(objectives.data(), measures.data(), solved ? solved->data() : nullptr);
  {
    const nb::gil_scoped_release release;
    state_->run.tell();
  }
  const Proposal& told = *std::exchange(proposal_, nullptr);
  return owned_array(told.entered.data(), {told.entered.size()});
}

std::unique_ptr<BoundNetwork> Search::network(nb::handle genome) const {
  const Assembly& all = parts();
  if (!all.encoding) throw Error("this search is of vectors, which are not networks");
  return std::make_unique<BoundNetwork>(state_, *all.encoding, all.description.body,
                                        population_of_one(*all.space, genome));
}

std::map<std::string, double> Search::statistics() const {
  const ArchiveStatistics s = experiment().record().statistics();
  return {{"num_elites", static_cast<double>(s.size)},
          {"coverage", s.coverage},
          {"qd_score", s.qd_score},
          {"norm_qd_score", s.normalised_qd_score},
          {"obj_max", s.objective_max},
          {"obj_mean", s.objective_mean}};
}

std::unique_ptr<Search> make_search(const std::string& toml, const std::string& origin,
                                    const std::string& data, std::int64_t threads) {
  return std::make_unique<Search>(std::make_shared<SearchState>(
      python_catalogue(data), Configuration::from_text(toml, origin), threads));
}

std::unique_ptr<Search> resume_search(const std::string& path, const std::string& data,
                                      std::int64_t threads) {
  return std::make_unique<Search>(
      std::make_shared<SearchState>(python_catalogue(data), path, threads));
}

}  // namespace

void bind_search(nb::module_& module) {
  nb::class_<Search>(module, "SearchCore")
      .def("ask", &Search::ask)
      .def("tell", &Search::tell, nb::arg("objectives"), nb::arg("measures"),
           nb::arg("solved").none())
      .def("network", &Search::network, nb::arg("genome").none())
      .def("statistics", &Search::statistics)
      .def("save", [](Search& s, const std::string& path,
                      const std::string& status) { s.run().save(path, status); })
      .def_prop_ro("done", [](const Search& s) { return s.experiment().done(); })
      .def_prop_ro("config", [](Search& s) { return s.run().configuration(); })
      .def_prop_ro("archives", [](const Search& s) { return s.archives(); })
      .def_prop_ro("evaluations",
                   [](const Search& s) { return s.experiment().record().evaluations(); })
      .def_prop_ro("invalid", [](const Search& s) { return s.experiment().record().invalid(); })
      .def("history", [](const Search& s) {
        const History& history = s.experiment().record().history();
        std::vector<std::pair<std::string, std::vector<double>>> columns;
        for (const std::string& name : history.columns())
          columns.emplace_back(name, history.column(name));
        return columns;
      });
  module.def("make_search", &make_search, nb::arg("toml"), nb::arg("origin"), nb::arg("data"),
             nb::arg("threads"));
  module.def("resume_search", &resume_search, nb::arg("path"), nb::arg("data"), nb::arg("threads"));
}

}  // namespace cambrian::python
