#include "apps/program.hpp"
#include "environments/environments.hpp"

int main(int argc, char** argv) {
  return cambrian::program_main(argc, argv, cambrian::make_catalogue(cambrian::environments()));
}
