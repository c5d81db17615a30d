#include "cambrian/experiment/describe.hpp"

#include <iostream>

#include "apps/verbs.hpp"

namespace cambrian::apps {

void describe(const DescribeOptions& options, const Catalogue& catalogue) {
  std::cout << (options.json ? describe_json(catalogue, options.name, options.sets)
                             : describe_text(catalogue, options.name, options.sets));
}

}  // namespace cambrian::apps
