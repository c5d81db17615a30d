// What --help says of verbs and options.
#pragma once

#include <string>
#include <vector>

namespace cambrian {

std::vector<std::string> lines_of(const std::string& text);
std::vector<std::string> verbs_of_help();
/// "-o", "--output", ... @param verb  empty: of the program
std::vector<std::string> options_of_help(const std::string& verb);

}  // namespace cambrian
