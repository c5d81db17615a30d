#include "cambrian/run/asked_run.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/run/detail/checkpoints.hpp"
#include "cambrian/run/detail/first_batch.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {

AskedRun::AskedRun(Configuration configuration, const Catalogue& catalogue, std::int64_t threads)
    : inputs_(
          std::make_unique<RecordedInputs>(input_folders(configuration.folder(), catalogue.data))) {
  experiment_ = std::make_unique<Experiment>(assemble(configuration, catalogue, *inputs_, threads));
  require_memory(configuration, experiment_->parts());
  configuration_ = configuration.effective();
}

AskedRun AskedRun::resumed(const std::filesystem::path& run_file, const Catalogue& catalogue,
                           std::int64_t threads) {
  const RunFileReader file = open_run_file(run_file);
  require_resumable(file);
  const StateReader& root = file.root();
  Configuration configuration = stored_configuration(root, run_file, catalogue);
  AskedRun run;
  run.inputs_ = std::make_unique<RecordedInputs>(stored_inputs(root, run_file));
  run.experiment_ =
      std::make_unique<Experiment>(assemble(configuration, catalogue, *run.inputs_, threads));
  require_memory(configuration, run.experiment_->parts());
  naming_file(run_file, [&] { run.experiment_->load(root); });
  run.configuration_ = configuration.effective();
  run.earlier_seconds_ = root.attribute_as<double>("wall_seconds");
  return run;
}

double AskedRun::wall_seconds() const {
  return earlier_seconds_ +
         std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void AskedRun::save(const std::filesystem::path& run_file, const std::string& status) {
  if (experiment_->asked())
    throw Error("a batch is out, and must be told before the run can be saved");
  const RunFileLock lock(run_file);
  experiment_->add_closing_row(wall_seconds());
  Checkpoints checkpoints{*experiment_, *inputs_, lock, run_file, configuration_, false};
  checkpoints.write(status, wall_seconds());
}

}  // namespace cambrian
