#include "cambrian/experiment/stored_run.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/experiment/configuration.hpp"

namespace cambrian {

StoredElites read_elites(const StateReader& root, const GenomeSpace& space) {
  const auto archive = root.group("archive");
  StoredElites elites{space.make_population(), archive->column<std::uint64_t>("id")};
  elites.population->load(*archive->group("genome"));
  if (elites.population->size() != elites.ids.size()) {
    throw Error("/archive/genome: has another length than the table");
  }
  return elites;
}

StoredRun::StoredRun(const std::filesystem::path& path, const Catalogue& catalogue,
                     std::int64_t threads)
    : file_(path), inputs_(*file_.root().group("inputs")) {
  auto configuration = Configuration::from_text(file_.root().attribute_as<std::string>("config"),
                                                path.string() + ": config");
  parts_ = assemble(configuration, catalogue, inputs_, threads);
}

}  // namespace cambrian
