// The kinds of genomes that exist, and what an encoding requires of them.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

struct GenomeKind {
  std::string name;       ///< kind() of its spaces and populations: "real"
  std::string summary;    ///< what they are: "real vectors"
  std::string variation;  ///< the component of `[variation]` where it names none
  std::function<std::unique_ptr<Parameters>()> parameters;  ///< of `[genome]`
  /// A genome in a line of CSV: its cells are called column_0, column_1, ... in a header.
  std::string column = {};
  /// How many they are; null: CSV cannot hold such a genome.
  std::function<std::size_t(const GenomeSpace&)> cells = nullptr;
  /// Writes row `row` from them. @throws Error "'abc' is not a number"
  std::function<void(const GenomeSpace&, std::span<const std::string> cells, Population&,
                     std::size_t row)>
      parse = nullptr;
};

/// real, ragged, graph.
std::vector<GenomeKind> genome_kinds();

/// A part of the genomes that an encoding takes; one part without a name is the usual case.
struct GenomePart {
  std::string name;
  std::string kind;  ///< of a GenomeKind
  /// @param genome  what `[genome]` says, parameters of that kind
  /// @throws ConfigError if the encoding cannot take genomes of these
  std::function<std::unique_ptr<GenomeSpace>(const Parameters& genome)> make;
};

/// A part whose `[genome]` is read into a P.
template <class P, class Make>
GenomePart genome_part(std::string_view kind, Make make) {
  return {{}, std::string(kind), [make = std::move(make)](const Parameters& genome) {
            return std::unique_ptr<GenomeSpace>(make(dynamic_cast<const P&>(genome)));
          }};
}

/// @throws ConfigError, always: the variation is for spaces of another kind
[[noreturn]] void refuse_space(const GenomeSpace& space, std::string_view variation,
                               std::string_view varied);

/// The space that a variation moves in. @param variation  its name, for the message
/// @throws ConfigError if the space is not an S
template <class S>
const S& space_of(const GenomeSpace& space, std::string_view variation) {
  if (const auto* found = dynamic_cast<const S*>(&space)) return *found;
  refuse_space(space, variation, S::kKind);
}

}  // namespace cambrian
