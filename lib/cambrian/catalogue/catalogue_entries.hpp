// The catalogue as one flat list, in which a component is its words and its parameters: for `list`,
// `describe`, and the tables that a configuration may have.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"

namespace cambrian {

/// "[archive]"; "[[algorithm.emitters]]", of which there may be several.
std::string header_of(const std::string& table);

struct CatalogueEntry {
  std::string room;   ///< "archives"
  std::string table;  ///< the table of a configuration that it stands in: "archive"
  std::string name;
  std::string summary;
  std::string source;
  std::function<std::unique_ptr<Parameters>()> parameters;
  std::string header() const { return header_of(table); }
};

/// In the order of the way of the data.
std::vector<std::string> catalogue_rooms();
/// Room after room, each in its registry's order.
std::vector<CatalogueEntry> catalogue_entries(const Catalogue& catalogue);
/// What may stand under a table of the configuration.
struct TableEntries {
  std::vector<CatalogueEntry> components;  ///< what its `name` may be; empty: it has none
  std::vector<CatalogueEntry> keys;        ///< structs of keys beside those of the component
};
/// Neither where there is no such table.
TableEntries table_entries(const Catalogue& catalogue, const std::string& table);

/// Whether find_entry() knows the name.
bool has_entry(const Catalogue& catalogue, const std::string& name);
/// @param name  "grid", "archives.grid" or "archive.grid" @throws ConfigError
CatalogueEntry find_entry(const Catalogue& catalogue, const std::string& name);
/// The encoding with its defaults, for two sensors and a motor; null for bare vectors; nothing where
/// it cannot be made.
std::optional<std::unique_ptr<Encoding>> encoding_for_least_body(const Catalogue& catalogue,
                                                                 const std::string& encoding);
/// The table of `[genome]` that an encoding's genomes take; none where it cannot be told.
std::optional<CatalogueEntry> genome_table(const Catalogue& catalogue, const std::string& encoding);
/// The preset of `[variation]` that an encoding's genomes take by default; empty: none of its own.
std::string variation_preset(const Catalogue& catalogue, const std::string& encoding);
/// The encodings whose variation_preset() that is.
std::vector<std::string> encodings_of_preset(const Catalogue& catalogue, const std::string& preset);

}  // namespace cambrian
