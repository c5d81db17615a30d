#include "cambrian/run/detail/checkpoints.hpp"

#include <fmt/format.h>

#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/run/resume_command.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {
namespace {

/// The body's terminals, so that who reads the file can name a network's inputs and outputs.
void save_terminals(StateWriter& root, const std::string& what,
                    const std::vector<Terminal>& terminals) {
  std::vector<std::string> names, kinds;
  std::vector<double> positions, min, max;
  for (const Terminal& terminal : terminals) {
    names.push_back(terminal.name);
    if (!terminal.kind.empty()) kinds.push_back(terminal.kind);
    min.push_back(static_cast<double>(terminal.range.min));
    max.push_back(static_cast<double>(terminal.range.max));
    positions.insert(positions.end(), terminal.position.begin(), terminal.position.end());
  }
  root.attribute(what + "_names", names);
  if (kinds.size() == names.size()) root.attribute(what + "_kinds", kinds);
  root.attribute(what + "_min", min);
  root.attribute(what + "_max", max);
  if (!positions.empty()) root.attribute(what + "_positions", positions);
}

}  // namespace

void Checkpoints::write(const std::string& status, double wall_seconds) {
  RunFileWriter file(run_file, &lock);
  StateWriter& root = file.root();
  const Assembly& parts = experiment.parts();
  if (parts.encoding) {
    save_terminals(root, "sensor", parts.description.body.sensors);
    save_terminals(root, "motor", parts.description.body.motors);
  }
  experiment.save(root, {.environment = parts.environment_name,
                         .encoding = parts.encoding_name,
                         .algorithm = parts.algorithm_name,
                         .seed = static_cast<std::uint64_t>(parts.run.seed),
                         .budget = experiment.budget(),
                         .wall_seconds = wall_seconds,
                         .status = status,
                         .config = configuration,
                         .noisy = parts.description.noisy});
  if (!parts.plugins.empty()) root.attribute("plugins", parts.plugins);
  inputs.save(*root.group("inputs"));
  std::vector<std::string> lost;
  if (is_ours) lost = file.keep_additions();
  file.commit();
  for (const std::string& what : lost) {
    if (said.insert(what).second) say(what + "\n");
  }
  is_ours = true;
  saved_evaluations = experiment.record().evaluations();
}

std::string Checkpoints::last_checkpoint(const std::string& remedy) const {
  try {
    const RunFileReader file(run_file);
    const StateReader& root = file.root();
    if (root.attribute_as<std::string>("config") == configuration &&
        root.attribute_as<std::uint64_t>("evaluations") == saved_evaluations)
      return fmt::format("its checkpoint at {} evaluations is whole{}", saved_evaluations, remedy);
    return "in its place there is another run's file";
  } catch (const Error& error) {
    return fmt::format("and its checkpoint is lost: {}", error.what());
  }
}

void Checkpoints::try_to_write(double wall_seconds, Progress& progress) {
  try {
    write("running", wall_seconds);
    disk_fails = false;
  } catch (const FileError& error) {
    if (!disk_fails) {
      progress.warn(fmt::format("{}; the run continues and tries again, {}", error.what(),
                                last_checkpoint()));
    }
    disk_fails = true;
  }
}

void Checkpoints::write_last(const std::string& status, double wall_seconds) {
  try {
    write(status, wall_seconds);
  } catch (const FileError& error) {
    const std::string remedy = ": `" + resume_command(run_file.string()) + "`";
    throw Error(fmt::format("{}; {}", error.what(), last_checkpoint(remedy)));
  }
}

}  // namespace cambrian
