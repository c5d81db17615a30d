// A configured run whose candidates the caller evaluates: ask and tell, with the archives, history,
// lineage and run file of any other run.
//
//   AskedRun run(Configuration::from_text(...), catalogue);
//   while (!run.experiment().done()) {
//     Proposal& proposal = run.ask();   // write proposal.batch.evaluations
//     run.tell();
//   }
//   run.save("run.h5", "finished");
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/experiment.hpp"

namespace cambrian {

class AskedRun {
 public:
  /// @throws ConfigError as assemble()
  AskedRun(Configuration configuration, const Catalogue& catalogue, std::int64_t threads = -1);
  /// Continues a run file that save() wrote, or the program.
  /// @throws FileError if it is not a resumable run
  static AskedRun resumed(const std::filesystem::path& run_file, const Catalogue& catalogue,
                          std::int64_t threads = -1);

  Experiment& experiment() { return *experiment_; }
  const Experiment& experiment() const { return *experiment_; }
  Proposal& ask() { return experiment_->ask(); }
  void tell() { experiment_->tell(wall_seconds()); }
  double wall_seconds() const;
  const std::string& configuration() const { return configuration_; }  ///< the effective one
  /// Writes the run file, which is replaced atomically, with a last row of /history.
  /// @param status  running | interrupted | finished
  /// @throws Error between ask and tell; RunFileInUse; FileError if it cannot be written
  void save(const std::filesystem::path& run_file, const std::string& status);

 private:
  AskedRun() = default;
  std::unique_ptr<RecordedInputs> inputs_;
  std::unique_ptr<Experiment> experiment_;
  std::string configuration_;
  double earlier_seconds_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace cambrian
