#include <fmt/format.h>

#include "apps/completion.hpp"
#include "apps/shell_words.hpp"

namespace cambrian::apps {
namespace {

std::string zsh_word(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// ":RUN.h5:_files -g "*.h5"" of a word that is expected.
std::string value_spec(const CallOption& option) {
  std::string text = ":" + escaped(option.value, ":\\") + ":";
  if (!option.choices.empty()) return text + fmt::format("({})", fmt::join(option.choices, " "));
  const ExpectedFiles files = expected_files(option);
  if (files.none()) return text;
  if (files.any) return text + "_files";
  if (files.endings.empty()) return text + "_files -/";
  // A single word in parentheses would be a glob qualifier.
  if (files.endings.size() == 1) return text + "_files -g \"*." + files.endings.front() + "\"";
  return text + fmt::format("_files -g \"*.({})\"", fmt::join(files.endings, "|"));
}

/// The words that _arguments takes for an option, one for each of its names.
std::vector<std::string> specs(const CallOption& option) {
  if (option.names.empty()) {
    const std::string place = option.repeated ? "*" : option.required ? "" : ":";
    return {zsh_word(place + value_spec(option))};
  }
  std::vector<std::string> words;
  for (const std::string& name : option.names) {
    std::string word = option.repeated ? "*" : fmt::format("({})", fmt::join(option.names, " "));
    word += name;
    const bool flag = option.value.empty();
    if (!flag) word += name.starts_with("--") ? "=" : "+";
    word += "[" + escaped(option.meaning, "[]:\\") + "]";
    words.push_back(zsh_word(flag ? word : word + value_spec(option)));
  }
  return words;
}

std::string arguments_of(const std::vector<CallOption>& options, const std::string& indent) {
  std::string text;
  for (const CallOption& option : options)
    for (const std::string& word : specs(option)) text += " \\\n" + indent + word;
  return text;
}

}  // namespace

std::string zsh_completion(const CallTable& table) {
  const std::string function = "_" + identifier(table.program);
  std::string text = fmt::format(
      "#compdef {0}\n# Completion of {0} for zsh, as `{0} completion zsh` prints it.\n{1}() {{\n",
      table.program, function);
  text += R"(  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C)" +
          arguments_of(table.top.options, "    ") + R"( \
    ':verb:->verb' '*::argument:->arguments'
  case $state in
    verb)
      local verbs=()";
  for (const CallVerb& verb : table.verbs)
    text += "\n        " + zsh_word(verb.name + ":" + escaped(verb.summary, ":\\"));
  text += ")\n      _describe verb verbs ;;\n    arguments)\n      case $words[1] in\n";
  for (const CallVerb& verb : table.verbs) {
    text += fmt::format("        {})\n          _arguments{} ;;\n", verb.name,
                        arguments_of(verb.options, "            "));
  }
  text += fmt::format(R"(      esac ;;
  esac
}}
if [[ $funcstack[1] == {0} ]]; then
  {0} "$@"
else
  compdef {0} {1}
fi
)",
                      function, table.program);
  return text;
}

}  // namespace cambrian::apps
