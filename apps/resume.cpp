#include "apps/verbs.hpp"
#include "cambrian/experiment/session.hpp"
#include "cambrian/experiment/stop_signals.hpp"

namespace cambrian::apps {

void resume(const ResumeOptions& options, const Catalogue& catalogue) {
  const StopSignals signals;
  SessionOptions session;
  session.run_file = options.run_file;
  if (options.threads) session.threads = static_cast<std::int64_t>(*options.threads);
  session.quiet = options.quiet;
  if (options.wall_time) session.wall_seconds = parse_duration("--wall-time", *options.wall_time);
  session.check = options.check;
  resume_session(catalogue, options.evaluations, session);
}

}  // namespace cambrian::apps
