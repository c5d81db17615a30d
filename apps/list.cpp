#include <iostream>

#include "apps/standard_output.hpp"
#include "apps/verbs.hpp"
#include "cambrian/catalogue/describe.hpp"

namespace cambrian::apps {

void list(const ListOptions& options, const Catalogue& catalogue) {
  print_out([&] { std::cout << list_text(catalogue, options.room); });
}

}  // namespace cambrian::apps
