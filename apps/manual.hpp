// Manual pages in the macros of man(7): one of the program, one of each verb.
#pragma once

#include <string>

#include "apps/call_table.hpp"

namespace cambrian::apps {

/// cambrian(1): the verbs, exit statuses and where to read on.
std::string program_manual(const CallTable& table);
/// cambrian-run(1): what --help says.
std::string verb_manual(const CallTable& table, const CallVerb& verb);

}  // namespace cambrian::apps
