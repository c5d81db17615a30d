#include "cambrian/catalogue/catalogue.hpp"

#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/evaluation/evaluation_parameters.hpp"

namespace cambrian {

namespace {

/// For environments of bare vectors: a name that a configuration can say, of which nothing is made.
EncodingComponent no_encoding() {
  return {"none", "no network: the genome is the vector that the environment takes", "our choice",
          [] { return std::make_unique<NoParameters>(); },
          [](const Parameters&, const NetworkInterface&) { return std::unique_ptr<Encoding>(); }};
}

}  // namespace

std::filesystem::path data_of_program() {
  std::error_code unknown;  // outside Linux: then only what the caller names
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", unknown);
  if (unknown) return {};
  // A repaired wheel has the program in lib/python3.x/site-packages/cambrian.scripts, four folders below share.
  constexpr int kFarthest = 4;
  std::filesystem::path beside = program.parent_path().parent_path() / "share" / "cambrian";
  std::filesystem::path folder = program.parent_path();
  for (int up = 0; up < kFarthest && folder.has_relative_path(); ++up) {
    folder = folder.parent_path();
    if (std::filesystem::is_directory(folder / "share" / "cambrian", unknown))
      return folder / "share" / "cambrian";
  }
  return beside;
}

Catalogue make_catalogue(std::vector<EnvironmentComponent> environments,
                         const std::vector<std::filesystem::path>& data) {
  Catalogue catalogue;
  catalogue.data = data;
  catalogue.data.insert(catalogue.data.begin(), data_of_program());
  std::erase(catalogue.data, std::filesystem::path());
  catalogue.environments = std::move(environments);
  catalogue.genomes = genome_kinds();
  catalogue.encodings = encodings();
  catalogue.encodings.push_back(no_encoding());
  catalogue.archives = archives();
  catalogue.variations = variations();
  catalogue.emitters = emitters();
  catalogue.algorithms = algorithms();
  catalogue.tables = {
      configuration_table<RunParameters>("run", "run", "seed, budget, threads, intervals"),
      configuration_table<StartParameters>("start", "start",
                                           "genomes of another run, or of a file, to begin with"),
      configuration_table<EvaluationParameters>("evaluation", "evaluation",
                                                "samples, noise and limits of an evaluation"),
      configuration_table<DirectionParameters>("direction", "environment",
                                               "of every environment: which objectives are better"),
      configuration_table<DescriptorParameters>("descriptor", "archive",
                                                "the axes, in [archive] and [result_archive]"),
      configuration_table<ScoreParameters>("score", "result_archive",
                                           "how the result archive is scored"),
      configuration_table<EmitterCopies>("emitter_copies", "algorithm.emitters",
                                         "how many emitters of a kind there are"),
  };
  return catalogue;
}

}  // namespace cambrian
