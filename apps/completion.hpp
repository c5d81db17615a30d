// Scripts by which shells complete calls of the program: verbs, options, files by their endings, and
// words of which all are known.
#pragma once

#include <string>

#include "apps/call_table.hpp"

namespace cambrian::apps {

/// To be sourced, or installed as share/bash-completion/completions/PROGRAM. Needs bash alone.
std::string bash_completion(const CallTable& table);
/// To be installed as _PROGRAM in a folder of $fpath, or sourced after compinit.
std::string zsh_completion(const CallTable& table);
/// To be installed as PROGRAM.fish in vendor_completions.d, or sourced.
std::string fish_completion(const CallTable& table);

}  // namespace cambrian::apps
