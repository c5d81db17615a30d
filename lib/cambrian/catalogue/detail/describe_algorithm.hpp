// The tables that a run with an algorithm reads, for `describe`. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"

namespace cambrian {

struct AlgorithmTable {
  std::string table;         ///< "archive"
  std::string default_name;  ///< the component where the configuration names none; may be empty
  std::string what;          ///< what stands there, in one line
};

/// Found by making the algorithm with defaults for genomes of two numbers; empty where it cannot be
/// made. In the order of the way of the data; its own table is not among them.
std::vector<AlgorithmTable> tables_of_algorithm(const Catalogue& catalogue,
                                                const std::string& algorithm);

std::string tables_text(const std::vector<AlgorithmTable>& tables);
nlohmann::ordered_json tables_json(const std::vector<AlgorithmTable>& tables);

/// A configuration's two archives, where there are two, as they are written.
/// @param driver  the archive that drives
std::string two_archives_example(const std::string& driver = "unstructured");

}  // namespace cambrian
