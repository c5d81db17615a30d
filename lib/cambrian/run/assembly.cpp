#include "cambrian/run/assembly.hpp"

#include <algorithm>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/evaluation/network_measures.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/detail/first_batch.hpp"
#include "cambrian/run/detail/start.hpp"
#include "cambrian/run/search_name.hpp"
#include "cambrian/run/suite.hpp"

namespace cambrian {
namespace {

/// Carries out an act for the component of a table: what that has against its parameters is said
/// of the place where they stand. @param remark  is added to it
template <class Act>
auto located(const Configuration& configuration, const std::string& table, const Act& act,
             const std::string& remark = {}) {
  try {
    return act();
  } catch (const ConfigError& error) {
    throw configuration.located(table, {error.key(), error.reason() + remark});
  }
}

/// Picks the component that a table names, reads its parameters and makes it.
/// @param remark  is added to what the component has against them
template <class Product, class... Context>
std::unique_ptr<Product> make(Configuration& configuration, const std::string& table,
                              const std::vector<Component<Product, Context...>>& components,
                              const std::string& fallback, Context... context,
                              const std::string& remark = {}) {
  const std::string name = configuration.name(table, fallback);
  const auto component = find_component(components, name, table + ".name");
  const std::unique_ptr<Parameters> parameters = component.parameters();
  configuration.read(table, *parameters);
  configuration.refuse_idle(table, parameters->idle_keys());
  return located(
      configuration, table, [&] { return component.make(*parameters, context...); }, remark);
}

/// @param fallback  the axes where the table names none; empty: the environment's choice
Descriptor read_descriptor(Configuration& configuration, const std::string& table,
                           const EnvironmentDescription& description,
                           std::vector<std::string> fallback) {
  DescriptorParameters parameters;
  parameters.descriptor = std::move(fallback);
  configuration.read(table, parameters);
  if (parameters.descriptor.empty()) parameters.descriptor = description.descriptor;
  const std::string key = table + ".descriptor";
  std::vector<std::string> known;
  for (const Measure& measure : description.measures) known.push_back(measure.name);
  const std::size_t measured = known.size();
  for (const auto& choice : network_measure_choices()) {
    if (description.takes_networks) known.emplace_back(choice.word);  // would be, were it named
  }
  Descriptor choice;
  for (const std::string& name : parameters.descriptor) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found - known.begin() >= static_cast<std::ptrdiff_t>(measured))
      throw ConfigError(key, unknown_name("measure", name, known));
    if (std::ranges::find(choice.space.names, name) != choice.space.names.end()) {
      throw ConfigError(key, "names " + quoted(name) + " twice; each axis is a measure of its own");
    }
    const auto index = static_cast<std::size_t>(found - known.begin());
    const Measure& measure = description.measures[index];
    choice.measures.push_back(index);
    choice.space.names.push_back(measure.name);
    choice.space.units.push_back(measure.unit);
    choice.space.min.push_back(measure.min);
    choice.space.max.push_back(measure.max);
  }
  return choice;
}

/// The archive that is reported. Its axes are those of [archive] where it names none; what it has
/// against them then says so.
std::unique_ptr<Archive> make_result_archive(Configuration& configuration,
                                             const Catalogue& catalogue,
                                             const ArchiveContext& context) {
  const auto written = [&](const std::string& key) { return configuration.where(key) != key; };
  const bool follows = written("archive.descriptor") && !written("result_archive.descriptor");
  return make<Archive, const ArchiveContext&>(
      configuration, "result_archive", catalogue.archives, kResultArchive, context,
      follows ? "; its axes are those of archive.descriptor" : "");
}

std::vector<std::string> tables_of(const Catalogue& catalogue) {
  std::vector<std::string> tables;
  for (const CatalogueEntry& entry : catalogue_entries(catalogue))
    tables.push_back(entry.table.substr(0, entry.table.find('.')));
  tables.emplace_back("environments");
  return tables;
}

/// Bare vectors: the genome is what the environment takes.
GenomePart vector_part(const Assembly& parts) {
  const std::size_t length = parts.description.vector_length;
  return genome_part<RealGenomeParameters>(
      RealSpace::kKind,
      [length, environment = parts.environment_name](const RealGenomeParameters& genome) {
        if (genome.length != 0 && static_cast<std::size_t>(genome.length) != length) {
          throw ConfigError(
              "length", "is " + std::to_string(genome.length) + ", but environment '" +
                            environment + "' takes vectors of " + std::to_string(length) +
                            ", which its own keys set (`cambrian describe " + environment + "`)");
        }
        return std::make_unique<RealSpace>(genome, length);
      });
}

/// Reads [genome] as the encoding's genomes take it.
void make_space(Assembly& parts, Configuration& configuration, const Catalogue& catalogue,
                const std::vector<GenomePart>& genome) {
  if (genome.size() != 1) {
    std::vector<std::string> names;
    names.reserve(genome.size());
    for (const GenomePart& part : genome) names.push_back(part.name);
    throw ConfigError("encoding.name", quoted(parts.encoding_name) +
                                           " takes genomes of several parts (" + joined(names) +
                                           "), which this program cannot evolve yet");
  }
  const GenomeKind kind = find_component(catalogue.genomes, genome.front().kind, "encoding.name");
  const std::unique_ptr<Parameters> parameters = kind.parameters();
  configuration.read("genome", *parameters);
  parts.space = located(configuration, "genome", [&] { return genome.front().make(*parameters); });
  parts.genome = kind;
}

/// The measures of networks that a descriptor or [evaluation] names, before these tables are read:
/// what evaluations give depends on them.
std::vector<NetworkMeasure> named_measures(const Configuration& configuration,
                                           const Assembly& parts) {
  std::vector<std::string> names;
  for (const std::string key :
       {"archive.descriptor", "result_archive.descriptor", "evaluation.network_measures"}) {
    for (const std::string& name : configuration.texts(key)) {
      if (name == "network.connection_cost" && !parts.encoding->places_neurons()) {
        throw ConfigError(
            configuration.where(key),
            "names 'network.connection_cost', the length of links, but encoding '" +
                parts.encoding_name +
                "' does not say where neurons are; hyperneat and es_hyperneat do, and dct "
                "and direct_vector where the environment says where all sensors and "
                "motors are");
      }
      names.push_back(name);
    }
  }
  return network_measures_among(names);
}

void make_encoding(Assembly& parts, Configuration& configuration, const Catalogue& catalogue) {
  parts.encoding_name =
      configuration.name("encoding", parts.description.takes_vectors ? "none" : "");
  const std::string needs = "environment '" + parts.environment_name +
                            "' takes networks; `cambrian list encodings` shows what there is";
  if (parts.encoding_name.empty()) throw ConfigError("encoding.name", "is missing: " + needs);
  const EncodingComponent component =
      find_component(catalogue.encodings, parts.encoding_name, "encoding.name");
  const std::unique_ptr<Parameters> parameters = component.parameters();
  configuration.read("encoding", *parameters);
  configuration.refuse_idle("encoding", parameters->idle_keys());
  if (parts.encoding_name == "none") {
    if (!parts.description.takes_vectors)
      throw ConfigError("encoding.name", "is 'none', but " + needs);
    make_space(parts, configuration, catalogue, {vector_part(parts)});
    return;
  }
  if (!parts.description.takes_networks) {
    throw ConfigError("encoding.name",
                      "'" + parts.encoding_name + "' makes networks, but environment '" +
                          parts.environment_name + "' takes bare vectors; use 'none'");
  }
  parts.encoding = located(configuration, "encoding",
                           [&] { return component.make(*parameters, parts.description.body); });
  for (SuiteMember& member : parts.suite) member.encoding = parts.encoding.get();
  parts.network_measures = named_measures(configuration, parts);
  parts.description = with_network_measures(std::move(parts.description), parts.network_measures);
  make_space(parts, configuration, catalogue,
             located(configuration, "encoding", [&] { return parts.encoding->genome(); }));
}

/// What can be done to networks while they live, but not to these. Learning may be switched off in
/// any case: it is the frozen control of several networks, some of which do not learn.
std::vector<IdleKey> idle_in_life(const Encoding* encoding) {
  const NetworkLife life =
      encoding == nullptr ? NetworkLife{.learns = false, .remembers = false} : encoding->life();
  return {{"freeze_after", !life.learns, "on networks that do not learn"},
          {"reset_weights_every", !life.learns, "on networks that do not learn"},
          {"reset_state_every", !life.remembers, "on networks without recurrent links"}};
}

void read_evaluation(Assembly& parts, Configuration& configuration) {
  configuration.read("evaluation", parts.evaluation);
  configuration.refuse_idle("evaluation", idle_in_life(parts.encoding.get()));
  if (!parts.encoding && !parts.evaluation.network_measures.empty()) {
    throw ConfigError(configuration.where("evaluation.network_measures"),
                      "names measures of networks, but environment '" + parts.environment_name +
                          "' takes bare vectors");
  }
  parts.evaluation.network_measures = parts.network_measures;
  if (parts.evaluation.max_steps > 0 && !parts.encoding) {
    throw ConfigError(configuration.where("evaluation.max_steps"),
                      "is " + std::to_string(parts.evaluation.max_steps) + ", but environment '" +
                          parts.environment_name + "' takes bare vectors, which have no steps");
  }
}

/// Threads that may be had on any machine.
constexpr std::size_t kAlways = 16;

/// Every thread has an environment of its own, and beyond a few a core they only cost.
std::size_t useful_threads(std::int64_t asked) {
  const std::size_t most = std::max(kAlways, 4 * make_executor(0)->workers());
  return std::min(static_cast<std::size_t>(asked), most);
}

/// The streams of a purpose, which no other component has.
StreamKey key_of(Assembly& parts, std::string_view purpose) {
  if (!parts.purposes.insert(std::string(purpose)).second) {
    throw std::logic_error("two components share the streams of " + std::string(purpose));
  }
  return stream_key(static_cast<std::uint64_t>(parts.run.seed), purpose);
}

/// The parts of a run as the tables of its configuration say.
class ConfiguredParts final : public AlgorithmContext {
 public:
  ConfiguredParts(Assembly& parts, Configuration& configuration, const Catalogue& catalogue,
                  const Inputs& inputs)
      : parts_(parts), configuration_(configuration), catalogue_(catalogue), inputs_(inputs) {}

  bool reads_archive() const { return reads_archive_; }
  const GenomeSpace& space() const override { return *parts_.space; }
  const Variation& variation() const override { return *parts_.variation; }
  const DescriptorSpace& descriptor() const override { return parts_.descriptor.space; }
  Executor& executor() const override { return *parts_.executor; }
  StreamKey key(std::string_view purpose) override { return key_of(parts_, purpose); }
  std::unique_ptr<Archive> make_archive(std::string_view fallback) override {
    reads_archive_ = true;
    auto made = make<Archive, const ArchiveContext&>(
        configuration_, "archive", catalogue_.archives, std::string(fallback),
        archive_context("archive", parts_.descriptor.space));
    archive_ = made.get();
    return made;
  }
  const Archive* archive() const override { return archive_; }
  ArchiveContext archive_context(std::string table, const DescriptorSpace& space) const {
    return {.space = space,
            .executor = parts_.executor.get(),
            .inputs = &inputs_,
            .key = [this, table = std::move(table)](std::string_view purpose) {
              return key_of(parts_, table + "." + std::string(purpose));
            }};
  }
  NamedEmitters make_emitters(std::size_t batch) override {
    NamedEmitters made;
    std::uint64_t bytes = 0;
    const std::size_t count = configuration_.entries("algorithm.emitters");
    for (std::size_t i = 0; i < count; ++i) {
      const std::string path = "algorithm.emitters." + std::to_string(i);
      const std::string name = configuration_.name(path, "elite");
      EmitterCopies copies;
      configuration_.read(path, copies);
      for (std::int64_t copy = 0; copy < copies.count; ++copy) {
        const std::string streams = copy == 0 ? path : path + "." + std::to_string(copy);
        const EmitterContext context = emitter_context(*this, streams, batch);
        made.emplace_back(name, make<Emitter, const EmitterContext&>(
                                    configuration_, path, catalogue_.emitters, name, context));
        parts_.emitter_batches.push_back(made.back().second->batch_size());
        if (copy > 0) continue;
        bytes += static_cast<std::uint64_t>(copies.count) * saved_bytes(*made.back().second);
        if (copies.count > 1) require_memory(configuration_, path, copies.count, bytes);
      }
    }
    return made;
  }

 private:
  Assembly& parts_;
  Configuration& configuration_;
  const Catalogue& catalogue_;
  const Inputs& inputs_;
  bool reads_archive_ = false;
  const Archive* archive_ = nullptr;  // the algorithm's
};

std::unique_ptr<Assembly> assembled(Configuration& configuration, const Catalogue& catalogue,
                                    const Inputs& inputs, std::int64_t threads) {
  auto assembly = std::make_unique<Assembly>();
  Assembly& parts = *assembly;
  parts.plugins = catalogue.plugins;
  configuration.check_tables(tables_of(catalogue));
  configuration.read("run", parts.run);
  Suite suite = read_suite(configuration, catalogue.environments, inputs);
  parts.environment_name = std::move(suite.name);
  parts.suite = std::move(suite.members);
  parts.description = std::move(suite.description);
  if (parts.run.stop == StopRule::solved && !parts.description.can_be_solved) {
    throw ConfigError(configuration.where("run.stop"),
                      "is 'solved', but this environment cannot be solved; use 'budget'");
  }
  make_encoding(parts, configuration, catalogue);
  read_start(parts, configuration, catalogue, inputs);
  const GenomeSpace& space = *parts.space;
  parts.variation_name = configuration.name("variation", parts.genome.variation);
  if (parts.encoding) {
    configuration.default_preset("variation", parts.encoding->variation_preset());
  }
  parts.variation = make<Variation, const GenomeSpace&>(
      configuration, "variation", catalogue.variations, parts.variation_name, space);
  parts.descriptor = read_descriptor(configuration, "archive", parts.description, {});
  parts.executor = make_executor(useful_threads(threads >= 0 ? threads : parts.run.threads));

  parts.algorithm_name = configuration.name("algorithm", "");
  if (parts.algorithm_name.empty()) {
    throw ConfigError("algorithm.name",
                      "is missing; `cambrian list algorithms` shows what there is");
  }
  ConfiguredParts context(parts, configuration, catalogue, inputs);
  parts.algorithm = make<Algorithm, AlgorithmContext&>(
      configuration, "algorithm", catalogue.algorithms, parts.algorithm_name, context);

  if (!context.reads_archive()) {
    configuration.explain("archive", "algorithm '" + parts.algorithm_name +
                                         "' has no archive of its own; the archive of its results "
                                         "is [result_archive]");
  }

  // What is reported: a result archive where one is configured or nothing else would be.
  const bool has_result =
      configuration.has("result_archive") || parts.algorithm->archives().empty();
  ScoreParameters score;
  score.qd_offset = parts.description.objectives.front().worst;
  if (has_result) {
    parts.result_descriptor = read_descriptor(configuration, "result_archive", parts.description,
                                              parts.descriptor.space.names);
    parts.result = std::make_unique<Elites>(
        make_result_archive(
            configuration, catalogue,
            context.archive_context("result_archive", parts.result_descriptor.space)),
        space.make_population());
  }
  configuration.read(has_result ? "result_archive" : "archive", score);
  parts.qd_offset = score.qd_offset;
  read_evaluation(parts, configuration);
  configuration.check_all_read();
  parts.search = search_name(configuration.effective_tables());
  // Decoders are made here, and with them what the encoding finds wrong for this body.
  parts.evaluator = located(configuration, "encoding", [&] {
    return make_evaluator(*parts.executor, parts.suite, parts.evaluation,
                          key_of(parts, "evaluation"),
                          dynamic_cast<const RealSpace*>(parts.space.get()));
  });
  return assembly;
}

}  // namespace

std::unique_ptr<Assembly> assemble(Configuration& configuration, const Catalogue& catalogue,
                                   const Inputs& inputs, std::int64_t threads) {
  return located(configuration, "",
                 [&] { return assembled(configuration, catalogue, inputs, threads); });
}

}  // namespace cambrian
