#include "cambrian/catalogue/detail/describe_parts.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

template <class C, class... Context>
auto made(const std::vector<C>& components, const std::string& name, Context&&... context) {
  const C component = find_component(components, name, name);
  return component.make(*component.parameters(), {std::forward<Context>(context)...});
}

/// Two genes and two axes: notes which archive is asked for.
struct Probe final : OwnParts {
  Probe(const GenomeSpace& space, const Variation& variation, const Catalogue& all)
      : OwnParts(space, variation, {{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}}, 1), catalogue(all) {}
  std::unique_ptr<Archive> make_archive(std::string_view fallback) override {
    archive = fallback;
    return made(catalogue.archives, archive, descriptor());
  }
  const Catalogue& catalogue;
  std::string archive;  ///< empty: none is asked for
};

}  // namespace

std::vector<AlgorithmTable> tables_of_algorithm(const Catalogue& catalogue,
                                                const std::string& algorithm) {
  const AlgorithmComponent component =
      find_component(catalogue.algorithms, algorithm, "algorithm.name");
  if (!component.make) return {};
  std::string archive;
  bool has_driver = false;
  try {
    const RealSpace space({}, 2);
    const std::string variation_name =
        find_component(catalogue.genomes, std::string(space.kind()), "genome").variation;
    const auto variation = made(catalogue.variations, variation_name, space);
    Probe probe(space, *variation, catalogue);
    has_driver = !component.make(*component.parameters(), probe)->archives().empty();
    archive = probe.archive;
  } catch (const Error&) {
    return {};
  }
  std::vector<AlgorithmTable> tables = {
      {"run", "", "seed, budget, threads, intervals"},
      {"environment", "", "its name is required"},
      {"encoding", "", "its name is required where the environment takes networks"},
      {"genome", "",
       "how genomes start: vectors, ragged vectors or graphs, depending on the encoding"}};
  for (const GenomeKind& kind : catalogue.genomes) {
    tables.push_back({"variation", kind.variation, "for " + kind.summary});
  }
  if (!archive.empty()) tables.push_back({"archive", archive, "drives the search"});
  tables.push_back({"result_archive", kResultArchive,
                    has_driver ? "optional; filled beside [archive], and then the archive that "
                                 "is reported"
                               : "the archive that is reported"});
  return tables;
}

std::string tables_text(const std::vector<AlgorithmTable>& tables) {
  std::vector<TextRow> rows;
  for (const AlgorithmTable& table : tables) {
    const std::string name = "; name = " + toml_text(table.default_name) + " by default";
    rows.push_back(
        {"[" + table.table + "]", table.what + (table.default_name.empty() ? "" : name)});
  }
  return "other tables that a run with it reads (`cambrian describe TABLE`)\n" + sheet(rows);
}

Json tables_json(const std::vector<AlgorithmTable>& tables) {
  auto json = Json::array();
  for (const AlgorithmTable& table : tables) {
    auto& shown = json.emplace_back(Json{{"table", table.table}});
    if (!table.default_name.empty()) shown["default_name"] = table.default_name;
    shown["summary"] = table.what;
  }
  return json;
}

std::string two_archives_example(const std::string& driver) {
  return "where a run has two archives:\n"
         "  [archive]              # drives the search\n"
         "  name = \"" +
         driver +
         "\"\n"
         "  [result_archive]       # filled beside it with all that is evaluated, and reported\n"
         "  name = \"grid\"\n"
         "  shape = [50, 50]\n";
}

}  // namespace cambrian
