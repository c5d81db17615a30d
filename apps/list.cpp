#include <iostream>

#include "apps/verbs.hpp"
#include "cambrian/experiment/describe.hpp"
#include "environments/worlds.hpp"

namespace cambrian::apps {

void list(const ListOptions& options) {
  std::cout << list_text(make_catalogue(worlds()), options.room);
}

}  // namespace cambrian::apps
