// An archive as Python sees it: columns that are read without a copy.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "binding.hpp"
#include "cambrian/archive/elites.hpp"
#include "cambrian/core/objective_direction.hpp"

namespace cambrian::python {

/// Views of the columns of elites. A view is valid for ever: before the elites change,
/// before_change() gives the memory of the columns that somebody still looks at to those views.
class ArchiveView {
 public:
  /// @param owner  what keeps the elites alive
  ArchiveView(std::shared_ptr<void> owner, Elites& elites, ObjectiveDirection direction,
              double qd_offset)
      : owner_(std::move(owner)), elites_(elites), direction_(direction), qd_offset_(qd_offset) {}

  /// @throws Error while another thread changes them
  const Elites& elites() const;
  double qd_offset() const { return qd_offset_; }
  ObjectiveDirection direction() const { return direction_; }
  /// "objective", "descriptor", "id", "evaluation", "parents", "solved", "cell", "genome"; objectives
  /// as they were given. @throws Error for another name
  nb::object column(const std::string& name);
  static std::vector<std::string> columns();
  /// Between these the elites cannot be read, because they change without the GIL.
  void before_change();
  void after_change() { changes_ = false; }

 private:
  struct Held;  // what a view looks at
  template <class T>
  nb::object view(const std::string& name, LargeColumn<T> Individuals::*column,
                  std::vector<std::size_t> shape);
  nb::object genome_view();

  std::shared_ptr<void> owner_;
  Elites& elites_;
  ObjectiveDirection direction_;
  double qd_offset_;
  bool changes_ = false;
  std::map<std::string, std::weak_ptr<Held>> held_;
};

}  // namespace cambrian::python
