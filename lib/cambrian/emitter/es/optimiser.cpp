#include "cambrian/emitter/es/optimiser.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "cambrian/core/error.hpp"

namespace cambrian {

void load_vector(const StateReader& reader, std::string_view name, std::span<double> to) {
  const std::vector<double> values = reader.column<double>(name);
  if (values.size() != to.size()) {
    throw Error(std::string(name) + ": has " + std::to_string(values.size()) +
                " numbers; expected " + std::to_string(to.size()));
  }
  std::ranges::copy(values, to.begin());
}

}  // namespace cambrian
