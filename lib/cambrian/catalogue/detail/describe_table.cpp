#include "cambrian/catalogue/detail/describe_table.hpp"

#include "cambrian/catalogue/detail/describe_algorithm.hpp"
#include "cambrian/catalogue/detail/describe_parameters.hpp"
#include "cambrian/core/columns.hpp"

namespace cambrian {

std::optional<TableEntries> find_table(const Catalogue& catalogue, const std::string& name) {
  for (const CatalogueEntry& entry : catalogue_entries(catalogue))
    if (entry.name == name) return {};
  TableEntries entries = table_entries(catalogue, name);
  if (entries.components.empty() && entries.keys.empty()) return {};
  return entries;
}

std::string table_text(const std::string& table, const TableEntries& entries) {
  std::string text = header_of(table) + "\n";
  if (!entries.components.empty()) {
    std::vector<TextRow> rows;
    for (const CatalogueEntry& entry : entries.components)
      rows.push_back({entry.name, entry.summary});
    text += "name: one of these, with its own keys (`cambrian describe NAME`)\n" + sheet(rows);
  }
  for (const CatalogueEntry& keys : entries.keys)
    text += "\n" + keys.summary + "\n" + parameters_text(parameter_sheet(keys.parameters));
  if (table == "archive" || table == "result_archive") text += "\n" + two_archives_example();
  return text;
}

nlohmann::ordered_json table_json(const std::string& table, const TableEntries& entries) {
  nlohmann::ordered_json json = {{"table", table},
                                 {"components", nlohmann::ordered_json::array()},
                                 {"keys", nlohmann::ordered_json::array()}};
  for (const CatalogueEntry& entry : entries.components)
    json["components"].push_back({{"name", entry.name}, {"summary", entry.summary}});
  for (const CatalogueEntry& keys : entries.keys) {
    json["keys"].push_back({{"name", keys.name},
                            {"summary", keys.summary},
                            {"parameters", parameters_json(parameter_sheet(keys.parameters))}});
  }
  return json;
}

}  // namespace cambrian
