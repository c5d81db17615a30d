#include "cambrian/core/stop_request.hpp"

#include <atomic>

namespace cambrian {
namespace {

std::atomic<bool> stop_is_requested = false;
static_assert(std::atomic<bool>::is_always_lock_free);

}  // namespace

void request_stop(bool requested) noexcept { stop_is_requested = requested; }

bool stop_requested() noexcept { return stop_is_requested; }

}  // namespace cambrian
