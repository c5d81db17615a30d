#include "apps/completion.hpp"

#include <iostream>

#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"

namespace cambrian::apps {

void completion(const CompletionOptions& options, const CallTable& table) {
  const std::string text = options.shell == "bash"  ? bash_completion(table)
                           : options.shell == "zsh" ? zsh_completion(table)
                                                    : fish_completion(table);
  print_out([&] { std::cout << text; });
}

}  // namespace cambrian::apps
