#include "tests/paths.hpp"

namespace cambrian {

std::string source_folder() { return CAMBRIAN_SOURCE_DIR; }
std::string data_folder() { return source_folder() + "/data"; }
std::string program_path() { return CAMBRIAN_PROGRAM; }

}  // namespace cambrian
