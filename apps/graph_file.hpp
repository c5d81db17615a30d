// Graph genomes in files of their own: JSON, read and written.
#pragma once

#include <string>

#include "cambrian/run/stored_run.hpp"

namespace cambrian::apps {

/// The graphs of a JSON file, with their ids.
/// @throws ConfigError if it is not what graphs_from_json takes, holds none, or the space is not one
/// of graphs; FileError if it cannot be read
Proposal graphs_from_file(const std::string& path, const GenomeSpace& space);

}  // namespace cambrian::apps
