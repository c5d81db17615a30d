// Genomes that a user hands in: CSV of real vectors, JSON of graphs, or the elites of a run file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "cambrian/genome/genome_kind.hpp"
#include "cambrian/genome/proposal.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {

/// What genomes are read for, and what errors call where they come from.
struct GenomeSource {
  const GenomeKind& kind;
  const GenomeSpace& space;
  std::string named;  ///< "--genomes mine.csv": what is wrong with the file as a whole
  std::string file;   ///< "mine.csv": what is wrong in a line of it
};

enum class GenomeFormat { csv, json, run_file };
/// By its ending: .h5, .json, or else CSV.
GenomeFormat genome_format(const std::filesystem::path& path);

/// Genomes, and ids, which name their streams: in CSV those of a column `id`, or the row.
/// @param format  csv or json
/// @throws ConfigError for a line or a graph that does not fit, and where there is none
Proposal genomes_from_text(const std::string& text, GenomeFormat format,
                           const GenomeSource& source);

/// @throws ConfigError if the genomes of /archive are of another kind or length than those of the
/// source's space
void require_kind(const RunFileReader& file, const GenomeSource& source);

/// The elites of a run file as text that reads back the same, bit for bit: CSV where the kind can be
/// parsed from it, otherwise JSON. @param limit  those of highest objective, in their order; 0: all
/// @throws ConfigError as require_kind, for graphs of another form, and where there are none; FileError for what is damaged
std::string elites_as_text(const std::filesystem::path& path, const GenomeSource& source,
                           std::size_t limit);

}  // namespace cambrian
