#include "cambrian/catalogue/catalogue_entries.hpp"

#include <algorithm>
#include <set>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

constexpr const char* kEmitterTables = "algorithm.emitters";

template <class C>
void append(std::vector<CatalogueEntry>& entries, const std::vector<C>& components,
            const char* room, const char* table) {
  for (const C& component : components) {
    entries.push_back(
        {room, table, component.name, component.summary, component.source, component.parameters});
  }
}

/// Two sensors and a motor with a place in the plane: the least that every encoding can be made
/// for.
NetworkInterface least_body() {
  return {.sensors = {{"left", {}, {-1.0, -1.0}}, {"right", {}, {1.0, -1.0}}},
          .motors = {{"motor", {}, {0.0, 1.0}}}};
}

/// "gaussian", "variations.gaussian" by its room, or "variation.gaussian" by its table.
bool is_called(const CatalogueEntry& entry, const std::string& name) {
  return name == entry.name || name == entry.room + "." + entry.name ||
         name == entry.table + "." + entry.name;
}

}  // namespace

std::string header_of(const std::string& table) {
  return table == kEmitterTables ? "[[" + table + "]]" : "[" + table + "]";
}

std::vector<std::string> catalogue_rooms() {
  return {"environments", "encodings",  "variations", "archives",
          "emitters",     "algorithms", "tables"};
}

std::vector<CatalogueEntry> catalogue_entries(const Catalogue& catalogue) {
  std::vector<CatalogueEntry> entries;
  append(entries, catalogue.environments, "environments", "environment");
  append(entries, catalogue.encodings, "encodings", "encoding");
  append(entries, catalogue.variations, "variations", "variation");
  append(entries, catalogue.archives, "archives", "archive");
  append(entries, catalogue.emitters, "emitters", kEmitterTables);
  append(entries, catalogue.algorithms, "algorithms", "algorithm");
  for (const ConfigurationTable& table : catalogue.tables) {
    entries.push_back({"tables", table.table, table.name, table.summary, "", table.parameters});
  }
  for (const GenomeKind& kind : catalogue.genomes) {
    entries.push_back({"tables", "genome", kind.name + "_genome",
                       "how genomes that are " + kind.summary + " start", "", kind.parameters});
  }
  return entries;
}

void check_names(const Catalogue& catalogue) {
  std::set<std::string> names;
  for (const CatalogueEntry& entry : catalogue_entries(catalogue)) {
    if (entry.name.empty()) throw Error("one of the " + entry.room + " has no name");
    if (!names.insert(entry.room + "." + entry.name).second)
      throw Error("two of the " + entry.room + " are called " + quoted(entry.name));
  }
}

TableEntries table_entries(const Catalogue& catalogue, const std::string& table) {
  const bool archive = table == "archive" || table == "result_archive";
  TableEntries entries;
  for (CatalogueEntry& entry : catalogue_entries(catalogue)) {
    const bool here = entry.table == table;
    if (entry.room != "tables") {
      if (here || (archive && entry.room == "archives"))
        entries.components.push_back(std::move(entry));
    } else if (here || (archive && (entry.name == "descriptor" || entry.name == "score"))) {
      entries.keys.push_back(std::move(entry));
    }
  }
  return entries;
}

bool has_entry(const Catalogue& catalogue, const std::string& name) {
  return std::ranges::any_of(catalogue_entries(catalogue),
                             [&](const CatalogueEntry& entry) { return is_called(entry, name); });
}

CatalogueEntry find_entry(const Catalogue& catalogue, const std::string& name) {
  std::vector<CatalogueEntry> found;
  std::vector<std::string> names;
  for (CatalogueEntry& entry : catalogue_entries(catalogue)) {
    names.push_back(entry.name);
    names.push_back(entry.table);
    if (is_called(entry, name)) found.push_back(std::move(entry));
  }
  if (found.size() == 1) return found.front();
  if (!found.empty()) {
    std::vector<std::string> all;
    all.reserve(found.size());
    for (const CatalogueEntry& entry : found) all.push_back(entry.room + "." + entry.name);
    throw ConfigError("describe",
                      "there are several " + quoted(name) + "; say " + all_quoted(all, " or "));
  }
  for (const auto& activation : activation_choices()) names.emplace_back(activation.word);
  throw ConfigError("describe", "there is no " + quoted(name) +
                                    did_you_mean(name.substr(name.find('.') + 1), names,
                                                 "; `cambrian list` shows what there is"));
}

std::optional<std::unique_ptr<Encoding>> encoding_for_least_body(const Catalogue& catalogue,
                                                                 const std::string& encoding) {
  const EncodingComponent component =
      find_component(catalogue.encodings, encoding, "encoding.name");
  try {
    return component.make(*component.parameters(), least_body());
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string variation_preset(const Catalogue& catalogue, const std::string& encoding) {
  const auto made = encoding_for_least_body(catalogue, encoding);
  return made && *made ? std::string((*made)->variation_preset()) : std::string();
}

std::vector<std::string> encodings_of_preset(const Catalogue& catalogue,
                                             const std::string& preset) {
  std::vector<std::string> names;
  for (const EncodingComponent& component : catalogue.encodings) {
    if (variation_preset(catalogue, component.name) == preset) names.push_back(component.name);
  }
  return names;
}

std::optional<CatalogueEntry> genome_table(const Catalogue& catalogue,
                                           const std::string& encoding) {
  const auto made = encoding_for_least_body(catalogue, encoding);
  if (!made) return std::nullopt;
  const std::string kind = *made ? (*made)->genome().front().kind : std::string(RealSpace::kKind);
  if (!has_entry(catalogue, kind + "_genome")) return std::nullopt;
  return find_entry(catalogue, kind + "_genome");
}

}  // namespace cambrian
