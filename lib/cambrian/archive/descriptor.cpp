#include "cambrian/archive/descriptor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {

std::string_view DescriptorSpace::common_unit() const {
  if (units.empty() ||
      std::ranges::adjacent_find(units, std::ranges::not_equal_to()) != units.end())
    return {};
  return units.front();
}

void DescriptorSpace::save(StateWriter& table) const {
  table.attribute("descriptor_names", names);
  table.attribute("descriptor_units", units);
  table.attribute("descriptor_min", min);
  table.attribute("descriptor_max", max);
}

void DescriptorSpace::expect(const StateReader& table) const {
  if (!table.has_attribute("descriptor_names")) return;
  const auto stored_names = table.attribute_as<std::vector<std::string>>("descriptor_names");
  const auto stored_min = table.attribute_as<std::vector<double>>("descriptor_min");
  const auto stored_max = table.attribute_as<std::vector<double>>("descriptor_max");
  if (stored_names != names) {
    throw Error(fmt::format("archive: is of {}, but the environment now has {}{}",
                            joined(stored_names), joined(names), kOnlyInItsEnvironment));
  }
  if (stored_min.size() != dimensions() || stored_max.size() != dimensions())
    throw Error("archive: descriptor_min and descriptor_max do not fit the descriptors");
  for (std::size_t d = 0; d < dimensions(); ++d) {
    if (stored_min[d] == min[d] && stored_max[d] == max[d]) continue;
    throw Error(
        fmt::format("archive: {} goes from {} to {}, but in the environment now from {} to {}{}",
                    names[d], stored_min[d], stored_max[d], min[d], max[d], kOnlyInItsEnvironment));
  }
}

}  // namespace cambrian
