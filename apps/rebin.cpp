#include "cambrian/replay/rebin.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "apps/output_file.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian::apps {

void rebin(const RebinOptions& options, const Catalogue& catalogue) {
  const std::string& output = options.output;
  refuse_in_the_way(output, options.force);
  std::error_code none;
  if (std::filesystem::equivalent(output, options.run_file, none))
    throw ConfigError("-o " + output, "is the run itself; name another file");
  refuse_foreign(output);
  if (options.sets.empty())
    throw ConfigError("rebin",
                      "nothing is to change; say what, such as --set archive.shape='[50, 50]'");
  // Opened first: a place that cannot be written is known before anything is evaluated.
  RunFileWriter file(output);
  const std::int64_t threads =
      options.threads ? static_cast<std::int64_t>(*options.threads) : std::int64_t{-1};
  const Rebin made(options.run_file, options.sets, catalogue, threads);
  for (const std::string& warning : made.warnings()) {
    say(printable("cambrian: " + warning, kLongestMessage) + "\n");
  }
  made.save(file.root());
  file.commit();
  const ArchiveStatistics now = made.statistics();
  std::string text = fmt::format("{} of {}", now.size, counted(made.offered(), "elite"));
  if (made.elites().archive().cell_count() > 0) text += ", coverage " + percentage(now.coverage, 1);
  text += fmt::format(", {} made again -> ", counted(made.evaluations(), "evaluation"));
  say(text + printable(output, kLongestMessage) + "\n");
}

}  // namespace cambrian::apps
