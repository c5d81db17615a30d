// A table of the configuration: what its `name` may be, and its other keys. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cambrian/catalogue/catalogue_entries.hpp"

namespace cambrian {

/// A table of the configuration, where nothing that can be named is called the same.
std::optional<TableEntries> find_table(const Catalogue& catalogue, const std::string& name);
std::string table_text(const std::string& table, const TableEntries& entries);
nlohmann::ordered_json table_json(const std::string& table, const TableEntries& entries);

}  // namespace cambrian
