#include "apps/configured.hpp"
#include "apps/verbs.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/run/run.hpp"
#include "cambrian/run/stop_signals.hpp"

namespace cambrian::apps {

void resume(const ResumeOptions& options, const Catalogue& catalogue) {
  const StopSignals signals;
  RunControl control;
  control.run_file = options.run_file;
  if (options.threads) control.threads = static_cast<std::int64_t>(*options.threads);
  control.quiet = options.quiet;
  if (options.wall_time) control.wall_seconds = parse_duration("--wall-time", *options.wall_time);
  control.check = options.check;
  std::vector<std::unique_ptr<Follower>> followers;
  control.followers = &followers;
  control.how_to_continue = how_to_continue(options.plugins, options.run_file);
  control.ready = [&] { followers = followers_of(options.follow, true); };
  resume_run(catalogue, options.evaluations, control);
}

}  // namespace cambrian::apps
