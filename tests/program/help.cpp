#include "tests/program/help.hpp"

#include <regex>
#include <sstream>

#include "tests/program/call.hpp"

namespace cambrian {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> verbs_of_help() {
  std::vector<std::string> verbs;
  bool here = false;
  for (const std::string& line : lines_of(call("--help").output)) {
    if (line.starts_with("  ") && line[2] != ' ' && here)
      verbs.push_back(line.substr(2, line.find(' ', 2) - 2));
    here = line == "Subcommands:" || (here && !line.empty());
  }
  return verbs;
}

std::vector<std::string> options_of_help(const std::string& verb) {
  std::vector<std::string> options;
  const std::regex name("^  (-[a-z-]+)(,(--[a-z-]+))?( |$)");
  for (const std::string& line : lines_of(call(verb + " --help").output)) {
    std::smatch match;
    if (!std::regex_search(line, match, name)) continue;
    options.push_back(match[1]);
    if (match[3].matched) options.push_back(match[3]);
  }
  return options;
}

}  // namespace cambrian
