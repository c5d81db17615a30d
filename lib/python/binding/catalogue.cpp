#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "binding.hpp"
#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/catalogue/describe.hpp"
#include "environments/environments.hpp"
#include "external_environment.hpp"

namespace cambrian::python {

Catalogue python_catalogue(const std::string& data) {
  std::vector<EnvironmentComponent> all = environments();
  all.push_back(external_environment());
  return make_catalogue(std::move(all), {data});
}

void bind_catalogue(nb::module_& module) {
  module.def("describe_json", [](const std::string& name, const std::string& data) {
    return describe_json(python_catalogue(data), name);
  });
  module.def("describe_text", [](const std::string& name, const std::string& data) {
    return describe_text(python_catalogue(data), name);
  });
  module.def(
      "list_text",
      [](const std::optional<std::string>& room, const std::string& data) {
        return list_text(python_catalogue(data), room);
      },
      nb::arg("room").none(), nb::arg("data"));
  module.def("entries", [](const std::string& data) {
    std::vector<std::vector<std::string>> rows;
    for (const CatalogueEntry& e : catalogue_entries(python_catalogue(data)))
      rows.push_back({e.room, e.table, e.name, e.summary, e.source});
    return rows;
  });
}

}  // namespace cambrian::python
