// Where the checkout and the program under test are.
#pragma once

#include <string>

namespace cambrian {

std::string source_folder();
std::string data_folder();
std::string program_path();

}  // namespace cambrian
