#include "archive.hpp"

#include <nanobind/stl/map.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "cambrian/archive/statistics.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian::python {

struct ArchiveView::Held {
  std::shared_ptr<void> owner;        // while the elites hold the column
  std::shared_ptr<void> memory = {};  // afterwards
  std::function<std::shared_ptr<void>()> take;
};

namespace {

/// An array of numbers that somebody else holds, which nobody writes.
template <class T>
nb::object read_only(const T* data, const std::vector<std::size_t>& shape,
                     std::shared_ptr<void> holder) {
  nb::capsule owner(new std::shared_ptr<void>(std::move(holder)),
                    [](void* held) noexcept { delete static_cast<std::shared_ptr<void>*>(held); });
  return nb::cast(nb::ndarray<nb::numpy, const T>(data, shape.size(), shape.data(), owner));
}

}  // namespace

template <class T>
nb::object ArchiveView::view(const std::string& name, LargeColumn<T> Individuals::*column,
                             std::vector<std::size_t> shape) {
  std::shared_ptr<Held> held = held_[name].lock();
  if (!held) {
    held = std::make_shared<Held>();
    held->owner = owner_;
    held->take = [this, column]() -> std::shared_ptr<void> {
      return std::make_shared<LargeColumn<T>>(elites_.hand_over(column));
    };
    held_[name] = held;
  }
  if constexpr (sizeof(T) == sizeof(ParentIds)) {
    return read_only((elites_.individuals().*column).data()->data(), shape, held);
  } else {
    return read_only((elites_.individuals().*column).data(), shape, held);
  }
}

nb::object ArchiveView::genome_view() {
  const auto* vectors = dynamic_cast<const RealPopulation*>(&elites_.population());
  if (vectors == nullptr) {
    nb::list genomes;
    for (std::size_t i = 0; i < elites_.size(); ++i)
      genomes.append(genome_of(elites_.population(), i));
    return genomes;
  }
  std::shared_ptr<Held> held = held_["genome"].lock();
  if (!held) {
    held = std::make_shared<Held>();
    held->owner = owner_;
    held->take = [this]() -> std::shared_ptr<void> { return elites_.hand_over_population(); };
    held_["genome"] = held;
  }
  return read_only(vectors->matrix().data(), {vectors->size(), vectors->length()}, held);
}

std::vector<std::string> ArchiveView::columns() {
  return {"id", "evaluation", "parents", "objective", "descriptor", "solved", "cell", "genome"};
}

const Elites& ArchiveView::elites() const {
  if (changes_) throw Error("the archive is being changed by tell() in another thread");
  return elites_;
}

nb::object ArchiveView::column(const std::string& name) {
  const Individuals& rows = elites().individuals();
  const std::size_t n = rows.size();
  if (name == "id") return view(name, &Individuals::ids, {n});
  if (name == "evaluation") return view(name, &Individuals::evaluations, {n});
  if (name == "parents") return view(name, &Individuals::parents, {n, 2});
  if (name == "descriptor") return view(name, &Individuals::descriptors, {n, rows.dimensions});
  if (name == "solved") return view(name, &Individuals::solved, {n});
  if (name == "genome") return genome_view();
  if (name == "cell") {
    const auto cells = elites_.archive().cells();
    return owned_array(cells.data(), {cells.size()});
  }
  if (name == "objective") {
    const std::size_t width = rows.objectives_per_row;
    if (direction_ == ObjectiveDirection::maximise && width == 1)
      return view(name, &Individuals::objectives, {n});
    std::vector<double> given(n);
    for (std::size_t i = 0; i < n; ++i) given[i] = as_given(rows.objective(i), direction_);
    return owned_array(given.data(), {n});
  }
  throw Error("an archive has no column '" + name + "'");
}

void ArchiveView::before_change() {
  for (auto& [name, weak] : held_) {
    if (const std::shared_ptr<Held> held = weak.lock()) {
      held->memory = held->take();
      held->owner.reset();
    }
  }
  held_.clear();
  changes_ = true;
}

void bind_archive(nb::module_& module) {
  nb::class_<ArchiveView>(module, "ArchiveView")
      .def("column", &ArchiveView::column)
      .def_static("columns", &ArchiveView::columns)
      .def("__len__", [](const ArchiveView& view) { return view.elites().size(); })
      .def_prop_ro(
          "kind",
          [](const ArchiveView& view) { return std::string(view.elites().archive().kind()); })
      .def_prop_ro("capacity",
                   [](const ArchiveView& view) { return view.elites().archive().capacity(); })
      .def_prop_ro("cells",
                   [](const ArchiveView& view) { return view.elites().archive().cell_count(); })
      .def_prop_ro("names",
                   [](const ArchiveView& view) { return view.elites().archive().space().names; })
      .def_prop_ro("min",
                   [](const ArchiveView& view) { return view.elites().archive().space().min; })
      .def_prop_ro("max",
                   [](const ArchiveView& view) { return view.elites().archive().space().max; })
      .def_prop_ro(
          "minimised",
          [](const ArchiveView& view) { return view.direction() == ObjectiveDirection::minimise; })
      .def("statistics",
           [](const ArchiveView& view) {
             const ArchiveStatistics s = statistics(view.elites(), view.qd_offset());
             return std::map<std::string, double>{
                 {"num_elites", static_cast<double>(s.size)},
                 {"coverage", s.coverage},
                 {"qd_score", s.qd_score},
                 {"norm_qd_score", s.normalised_qd_score},
                 {"obj_max", as_given(s.objective_max, view.direction())},
                 {"obj_mean", as_given(s.objective_mean, view.direction())}};
           })
      .def("nearest", [](const ArchiveView& view, const std::vector<double>& descriptor) {
        return nearest_elite(view.elites(), descriptor);
      });
}

}  // namespace cambrian::python
