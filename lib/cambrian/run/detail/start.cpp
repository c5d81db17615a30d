#include "cambrian/run/detail/start.hpp"

#include <algorithm>

#include "cambrian/core/text_file.hpp"
#include "cambrian/run/genome_file.hpp"

namespace cambrian {
namespace {

/// "--from other.h5", or "mine.toml:2:8: start.from = other.h5".
std::string named(const Configuration& configuration, const std::string& key,
                  const std::string& name) {
  std::string where = configuration.where(key);
  return where.ends_with(name) ? where : where + " = " + name;
}

/// Of a run file only the elites' genomes are kept among the inputs, as text.
Proposal read_genomes(const std::string& name, const GenomeSource& source, std::size_t limit,
                      const Inputs& inputs) {
  GenomeFormat format = genome_format(name);
  const std::string text = inputs.read_part(name, [&](const std::filesystem::path& path) {
    return format == GenomeFormat::run_file ? elites_as_text(path, source, limit)
                                            : read_text_file(path, kMostGenomeBytes);
  });
  if (format == GenomeFormat::run_file)
    format = source.kind.parse ? GenomeFormat::csv : GenomeFormat::json;
  return genomes_from_text(text, format, source);
}

}  // namespace

void read_start(Assembly& parts, Configuration& configuration, const Inputs& inputs) {
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
  Proposal given = read_genomes(name, source, limit, inputs);
  if (limit > 0 && given.population->size() > limit) given.population->resize(limit);
  try {
    parts.space->start_from(std::move(given.population));
  } catch (const Error& error) {
    throw ConfigError(source.named, error.what());
  }
}

}  // namespace cambrian
