#include "cambrian/archive/descriptor.hpp"

#include <algorithm>
#include <functional>

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

}  // namespace cambrian
