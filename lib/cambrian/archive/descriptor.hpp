// Which measures are the axes of an archive, and where they end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/state.hpp"

namespace cambrian {

/// The axes of an archive: the measures that the configuration chose.
struct DescriptorSpace {
  std::vector<std::string> names;
  std::vector<std::string> units;
  std::vector<double> min, max;  ///< bounds; a grid clips to them
  std::size_t dimensions() const { return names.size(); }
  /// The unit that all axes share; empty where they differ.
  std::string_view common_unit() const;
  /// Attributes of a table of individuals: descriptor_names, _units, _min, _max.
  void save(StateWriter& table) const;
  /// That a table, which save() has written, has these axes. @throws Error that names the first that differs
  void expect(const StateReader& table) const;
};

/// Ends the messages about a run file whose environment is not the one that it began in.
inline constexpr std::string_view kOnlyInItsEnvironment =
    "; a run continues only in the environment that it began in";

/// From the measures of an evaluation to a descriptor.
struct Descriptor {
  DescriptorSpace space;
  std::vector<std::size_t> measures;  ///< [D], places among the environment's measures
};

}  // namespace cambrian
