// Configurations to be damaged: for each thing that a configuration can name, a draft that is good
// with it. New components get theirs by themselves, as long as one of the surroundings below suits.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/parameter_sheet.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/run/assembly.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian::drafts {

/// Table, key, value as TOML.
using Draft = std::map<std::string, std::map<std::string, std::string>>;

inline std::string text_of(const Draft& draft) {
  std::string text;
  for (const auto& [table, keys] : draft) {
    text += "[" + table + "]\n";
    for (const auto& [key, value] : keys) text.append(key).append(" = ").append(value).append("\n");
  }
  return text;
}

inline const Catalogue& catalogue() {
  static const Catalogue all = make_catalogue(environments());
  return all;
}

/// What a run does with its configuration before it begins. The message of the Error that it
/// throws; nothing where the configuration is good.
inline std::optional<std::string> complaint_of(const std::string& text) {
  try {
    const RecordedInputs inputs({source_folder() + "/data", source_folder() + "/tests"});
    Configuration configuration = Configuration::from_text(text, "draft.toml");
    assemble(configuration, catalogue(), inputs, 1);
  } catch (const Error& error) {
    return error.what();
  }
  return std::nullopt;
}

/// As it stands between quotation marks in TOML.
inline std::string escaped(std::string text) {
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2)
    text.insert(at, "\\");
  return text;
}

/// Surroundings in which every component can be tried.
inline const std::vector<Draft>& surroundings() {
  static const std::vector<Draft> all = [] {
    const Draft vectors = {{"environment", {{"name", "'sphere'"}}},
                           {"archive", {{"shape", "[5, 5]"}}},
                           {"algorithm", {{"name", "'map_elites'"}}}};
    Draft networks = {{"environment", {{"name", "'maze'"}}},
                      {"encoding", {{"name", "'direct_graph'"}}},
                      {"result_archive", {{"shape", "[5, 5]"}}},
                      {"algorithm", {{"name", "'novelty_search'"}}}};
    Draft layered = networks;
    layered["encoding"] = {{"name", "'direct_vector'"}};
    Draft ragged = networks;
    ragged["encoding"] = {{"name", "'dct'"}, {"genome", "'ragged'"}};
    return std::vector<Draft>{vectors, networks, layered, ragged};
  }();
  return all;
}

/// The first of the surroundings that is good with this entry, and names it.
inline std::optional<Draft> draft_with(const CatalogueEntry& entry) {
  for (Draft draft : surroundings()) {
    auto& table = draft[entry.table];
    if (entry.room != "tables") {
      table.clear();
      table["name"] = "'" + entry.name + "'";
    }
    // It has no default: which measures take whole numbers, only the user knows.
    if (entry.name == "categorical") {
      table["categorical"] = "['sum_first']";
      table["min"] = "[-5, -5]";
      table["max"] = "[5, 5]";
    }
    // It has no data of its own.
    if (entry.name == "digits") {
      table["images"] = "'digits/tiny-images.idx'";
      table["labels"] = "'digits/tiny-labels.idx'";
    }
    // Which program it speaks to, only the user knows. It describes itself and answers nothing.
    if (entry.name == "process") {
      const std::string described =
          entry.room == "variations"
              ? R"("mating_share":0.5)"
              : R"("vector_length":2,"objectives":[{"name":"a"}],"measures":[)"
                R"({"name":"x","min":0,"max":1},{"name":"y","min":0,"max":1}])";
      table["command"] =
          R"(['sh', '-c', "echo '{\"cambrian\":1,)" + escaped(described) + R"(}'; cat"])";
    }
    // A table that this draft does not read takes any key for unknown.
    bool good = !complaint_of(text_of(draft));
    for (const ParameterLine& line : parameter_sheet(entry.parameters).lines) {
      Draft tried = draft;
      tried[entry.table].emplace(line.name, toml_text(line.value));
      const auto complaint = complaint_of(text_of(tried));
      good = good && (!complaint || complaint->find("is unknown") == std::string::npos);
    }
    if (good) return draft;
  }
  return std::nullopt;
}

}  // namespace cambrian::drafts
