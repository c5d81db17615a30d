#include "cambrian/run/detail/start.hpp"

#include <algorithm>
#include <functional>

#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/text_file.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/run/genome_file.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {
namespace {

/// "--from other.h5", or "mine.toml:2:8: start.from = other.h5".
std::string named(const Configuration& configuration, const std::string& key,
                  const std::string& name) {
  std::string where = configuration.where(key);
  return where.ends_with(name) ? where : where + " = " + name;
}

const EffectiveTable* encoding_of(const std::vector<EffectiveTable>& tables) {
  const auto found = std::ranges::find(tables, "encoding", &EffectiveTable::path);
  return found == tables.end() ? nullptr : &*found;
}

/// Genomes of equal length may still mean other networks where they were evolved.
/// @throws ConfigError if they are of another encoding
void compare_encodings(const std::filesystem::path& run_file, const GenomeSource& source,
                       const Configuration& configuration, const Catalogue& catalogue,
                       Assembly& parts) {
  const RunFileReader file = open_run_file(run_file);
  const auto text = file.root().attribute_if<std::string>("config");
  if (!text || text->empty()) return;  // another program's
  Configuration theirs = Configuration::from_text(*text, run_file.string() + ": config");
  const std::string name = theirs.name("encoding", "none");
  if (name != parts.encoding_name) {
    throw ConfigError(source.named, "holds genomes of encoding.name = " + quoted(name) +
                                        ", but here it is " + quoted(parts.encoding_name));
  }
  const std::unique_ptr<Parameters> parameters =
      find_component(catalogue.encodings, name, "encoding.name").parameters();
  theirs.read("encoding", *parameters);
  const std::vector<EffectiveTable> before = theirs.effective_tables();
  const std::vector<EffectiveTable> now = configuration.effective_tables();
  const EffectiveTable* here = encoding_of(now);
  std::vector<std::string> differing;
  for (const EffectiveValue& value : encoding_of(before)->values) {
    const auto same = std::ranges::find(here->values, value.key, &EffectiveValue::key);
    if (value.key == "preset" || same == here->values.end() || same->value == value.value) continue;
    differing.push_back("encoding." + value.key + " = " + toml_text(value.value) + " (here " +
                        toml_text(same->value) + ")");
  }
  if (differing.empty()) return;
  parts.notes.push_back("the genomes of " + source.file + " were evolved with " +
                        joined(differing) + "; they may mean something else here");
}

/// Of a run file only the elites' genomes are kept among the inputs, as text.
/// @param compare  called with the path of a run file that is read for the first time
Proposal read_genomes(const std::string& name, const GenomeSource& source, std::size_t limit,
                      const Inputs& inputs,
                      const std::function<void(const std::filesystem::path&)>& compare) {
  GenomeFormat format = genome_format(name);
  const std::string text = inputs.read_part(name, [&](const std::filesystem::path& path) {
    if (format != GenomeFormat::run_file) return read_text_file(path, kMostGenomeBytes);
    std::string elites = elites_as_text(path, source, limit);
    compare(path);
    return elites;
  });
  if (format == GenomeFormat::run_file)
    format = source.kind.parse ? GenomeFormat::csv : GenomeFormat::json;
  return genomes_from_text(text, format, source);
}

}  // namespace

void read_start(Assembly& parts, Configuration& configuration, const Catalogue& catalogue,
                const Inputs& inputs) {
  StartParameters start;
  configuration.read("start", start);
  const bool from_run = !start.from.empty();
  if (from_run && !start.genomes.empty()) {
    throw ConfigError(configuration.where("start.genomes"),
                      "is given, and start.from too; a run begins with one of them");
  }
  const std::string& name = from_run ? start.from : start.genomes;
  if (name.empty()) {
    if (start.limit == 0) return;
    throw ConfigError(configuration.where("start.limit"),
                      "is given, but neither start.from nor start.genomes names a file");
  }
  const GenomeSource source = {
      parts.genome, *parts.space,
      named(configuration, from_run ? "start.from" : "start.genomes", name), name};
  if (from_run && genome_format(name) != GenomeFormat::run_file) {
    throw ConfigError(source.named,
                      "does not end in .h5, but a run file is expected; start.genomes (--genomes) "
                      "takes CSV and JSON");
  }
  const auto limit = static_cast<std::size_t>(start.limit);
  Proposal given =
      read_genomes(name, source, limit, inputs, [&](const std::filesystem::path& run_file) {
        compare_encodings(run_file, source, configuration, catalogue, parts);
      });
  if (limit > 0 && given.population->size() > limit) given.population->resize(limit);
  try {
    parts.space->start_from(std::move(given.population));
  } catch (const Error& error) {
    throw ConfigError(source.named, error.what());
  }
}

}  // namespace cambrian
