#include "cambrian/catalogue/describe.hpp"

#include <iostream>

#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"

namespace cambrian::apps {

void describe(const DescribeOptions& options, const Catalogue& catalogue) {
  const std::string text = options.json ? describe_json(catalogue, options.name, options.sets)
                                        : describe_text(catalogue, options.name, options.sets);
  print_out([&] { std::cout << text; });
}

}  // namespace cambrian::apps
