#include <fmt/format.h>

#include "apps/completion.hpp"
#include "apps/shell_words.hpp"

namespace cambrian::apps {
namespace {

std::string fish_word(const std::string& text) { return "'" + escaped(text, "'\\") + "'"; }

/// What is offered for a value, as flags of `complete`.
std::string value_flags(const CallOption& option, const std::string& prefix) {
  const ExpectedFiles files = expected_files(option);
  if (!option.choices.empty()) return fmt::format(" -x -a '{}'", fmt::join(option.choices, " "));
  if (files.none()) return " -x";
  if (files.any) return " -r -F";
  if (files.endings.empty()) return " -x -a '(__fish_complete_directories)'";
  return fmt::format(" -x -a '({}_files {})'", prefix, fmt::join(files.endings, " "));
}

std::string line(const CallTable& table, const std::string& condition, const CallOption& option,
                 const std::string& prefix) {
  std::string text = fmt::format("complete -c {} -n '{}'", table.program, condition);
  for (const std::string& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.value.empty()) text += value_flags(option, prefix);
  // The words of a place have no line of their own to be explained in.
  if (!option.names.empty()) text += " -d " + fish_word(option.meaning);
  return text + "\n";
}

}  // namespace

std::string fish_completion(const CallTable& table) {
  const std::string prefix = "__" + identifier(table.program);
  std::string text =
      fmt::format(R"(# Completion of {0} for fish, as `{0} completion fish` prints it.
function {1}_verb  # whether the verb is this one; without a name, whether there is none yet
  set -l words (commandline -opc)
  if test (count $argv) -eq 0
    test (count $words) -eq 1
  else
    test (count $words) -ge 2; and test "$words[2]" = $argv[1]
  end
end
function {1}_files  # folders, and files of these endings
  set -l word (commandline -ct | string replace -r -- '^-[^=]*=' '')
  string match -r -- '^[^\t]*(?:/|\.(?:'(string join '|' $argv)'))(?:\t.*)?$' (__fish_complete_path $word)
end
complete -c {0} -f
)",
                  table.program, prefix);
  for (const CallOption& option : table.top.options)
    text += line(table, prefix + "_verb", option, prefix);
  for (const CallVerb& verb : table.verbs) {
    text += fmt::format("complete -c {0} -n {1}_verb -a {2} -d {3}\n", table.program, prefix,
                        verb.name, fish_word(verb.summary));
  }
  for (const CallVerb& verb : table.verbs)
    for (const CallOption& option : verb.options)
      text += line(table, prefix + "_verb " + verb.name, option, prefix);
  return text;
}

}  // namespace cambrian::apps
