// Ragged genomes as JSON, for other programs to write and to read; run_file/FORMAT.md, "Ragged vectors
// as JSON", describes it to a user.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cambrian/genome/ragged/ragged_population.hpp"

namespace cambrian {

class JsonValue;

struct IdentifiedRagged {
  std::uint64_t id = 0;  ///< unique in a file; also names the random streams of its evaluation
  RaggedGenome genome;
};

/// Numbers are written so that they read back the same, bit for bit.
std::string ragged_to_json(std::span<const IdentifiedRagged> genomes);

/// Reads what ragged_to_json wrote, or another program. A genome without `id` has its place in the list.
/// @param text    the file's text   @param file  what errors call it
/// @param places  indices lie below
/// @throws ConfigError "FILE:3: is not JSON ...", "FILE: genomes[0].genes[7]: ..."
std::vector<IdentifiedRagged> ragged_from_json(const std::string& text, const std::string& file,
                                               std::size_t places);

/// Appends the genes alone, for a line: [[0,0.5],[7,-1]].
void append_genes(std::string& text, const RaggedGenome& genome);
/// Reads them, in any order, unchecked but for their types. @throws ConfigError
RaggedGenome genes_from_json(const JsonValue& list);

}  // namespace cambrian
