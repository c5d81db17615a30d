// From a configuration to the parts of a run: every component made, in the order in which the data
// meets them.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/evaluation/evaluator.hpp"

namespace cambrian {

/// The parts of one run. Members are destroyed in reverse order, users before what they use.
struct Assembly {
  RunParameters run;
  EvaluationParameters evaluation;
  std::string environment_name, encoding_name, variation_name, algorithm_name;
  std::string search;  ///< as search_name() says
  std::unique_ptr<Executor> executor;
  std::vector<SuiteMember> suite;                ///< one, or those of [[environments]]
  EnvironmentDescription description;            ///< of the only one, or of the suite
  std::unique_ptr<Encoding> encoding;            ///< null: bare vectors
  std::vector<NetworkMeasure> network_measures;  ///< that are computed
  GenomeKind genome;
  std::unique_ptr<GenomeSpace> space;
  std::unique_ptr<Variation> variation;
  Descriptor descriptor;         ///< of the algorithm
  Descriptor result_descriptor;  ///< of the result archive
  std::unique_ptr<Algorithm> algorithm;
  std::vector<std::size_t>
      emitter_batches;             ///< candidates of a batch of each emitter that is named
  std::unique_ptr<Elites> result;  ///< null: the algorithm's own archive is the result
  std::unique_ptr<Evaluator> evaluator;
  double qd_offset = 0.0;
  std::vector<std::string> plugins;  ///< whose components the configuration may name
  std::set<std::string> purposes;    ///< of the streams in use
  std::vector<std::string> notes;    ///< what is probably not meant; to be said before the run
};

/// Reads every table of the configuration and makes what it names.
/// @param inputs   where the files that it names come from; must outlive the assembly
/// @param threads  overrides run.threads where not negative; the configuration keeps what was
/// written. More than 4 threads a core (and 16) are not made: see executor->workers()
/// @throws ConfigError for what is unknown, ill-typed, out of range or cannot be combined; nothing
/// has run by then
std::unique_ptr<Assembly> assemble(Configuration& configuration, const Catalogue& catalogue,
                                   const Inputs& inputs, std::int64_t threads = -1);

}  // namespace cambrian
