// What a call of the program can be, as plain tables: read off CLI11's, which `--help` prints, for
// the completions of shells and for manual pages.
#pragma once

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own
class App;
}

namespace cambrian::apps {

struct CallOption {
  std::vector<std::string> names;  ///< "-o", "--output"; none: a word that stands by its place
  std::string value;               ///< what is expected: "RUN.h5"; empty: a flag
  std::string meaning;
  std::string standard;              ///< the default value; empty: none that can be written
  std::vector<std::string> choices;  ///< all that `value` can be; empty: too many to list
  bool required = false;
  bool repeated = false;
};

struct CallVerb {
  std::string name;
  std::string summary;
  std::vector<std::string> examples;
  std::string notes;  ///< what else there is to say; one paragraph
  std::vector<CallOption> options;
};

struct CallTable {
  std::string program;  ///< "cambrian"
  std::string version;  ///< "0.1.0"
  CallVerb top;         ///< the program without a verb
  std::vector<CallVerb> verbs;
};

/// @param program  the name by which it was called
CallTable call_table(CLI::App& app, const std::string& program);

/// Fills the choices of every option whose value is called so.
void set_choices(CallTable& table, const std::string& value,
                 const std::vector<std::string>& choices);

/// The files that an option's value, "CONFIG.toml|RUN.h5", may name.
struct ExpectedFiles {
  std::vector<std::string> endings;  ///< "toml", "h5"
  bool any = false;                  ///< "FILE": whatever it ends in
  bool folders = false;              ///< "FOLDER"
  bool none() const { return endings.empty() && !any && !folders; }
};
ExpectedFiles expected_files(const CallOption& option);

}  // namespace cambrian::apps
