#include <fmt/format.h>

#include <algorithm>

#include "apps/completion.hpp"
#include "apps/shell_words.hpp"

namespace cambrian::apps {
namespace {

/// What offers the values of an option; empty: nothing can be offered.
std::string offer(const CallOption& option, const std::string& prefix) {
  if (!option.choices.empty())
    return fmt::format("{}_words '{}'", prefix, fmt::join(option.choices, " "));
  const ExpectedFiles files = expected_files(option);
  if (files.none()) return {};
  if (files.any) return prefix + "_files";
  if (files.endings.empty()) return prefix + "_files /";
  return fmt::format("{}_files {}", prefix, fmt::join(files.endings, " "));
}

std::string helpers(const std::string& prefix) {
  return prefix + R"(_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}
)" + prefix +
         R"(_files() {  # folders, and files of these endings; without any, all files
  local ending
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(
    compgen -d -- "$cur"
    (($# > 0)) || compgen -f -- "$cur"
    for ending; do compgen -f -X "!*.$ending" -- "$cur"; done | sort -u)
}
)";
}

/// The case of a verb: its options, those that take a value, and how many words stand by place.
std::string verb_case(const CallVerb& verb) {
  std::vector<std::string> all;
  std::vector<std::string> valued;
  std::size_t places = 0;
  for (const CallOption& option : verb.options) {
    all.insert(all.end(), option.names.begin(), option.names.end());
    if (option.names.empty()) places = option.repeated ? 1000 : places + 1;
    if (!option.value.empty())
      valued.insert(valued.end(), option.names.begin(), option.names.end());
  }
  return fmt::format("    {}) options='{}' valued=' {} ' places={} ;;\n", verb.name,
                     fmt::join(all, " "), fmt::join(valued, " "), places);
}

std::string value_cases(const CallVerb& verb, const std::string& prefix) {
  std::string text;
  for (const CallOption& option : verb.options) {
    const std::string offered = offer(option, prefix);
    if (offered.empty() || option.value.empty()) continue;
    std::vector<std::string> words = option.names;
    if (words.empty()) words.emplace_back();
    for (std::string& word : words) word = fmt::format("'{} {}'", verb.name, word);
    text += fmt::format("    {}) {} ;;\n", fmt::join(words, "|"), offered);
  }
  return text;
}

/// How bash splits words: it takes --a=b for three, and x:desc too.
constexpr const char* kWhere = R"(    *) return ;;
  esac
  if [[ $cur == [=:] ]]; then
    cur=
    before=${COMP_WORDS[COMP_CWORD - 1]}
    [[ $before == -* ]] || return
  elif [[ $before == [=:] ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
    [[ $before == -* ]] || return
  fi
  if [[ $valued != *" $before "* ]]; then
    for ((i = 2; i < COMP_CWORD; ++i)); do
      if [[ $valued == *" ${COMP_WORDS[i]} "* ]]; then
        ((++i))
      elif [[ ${COMP_WORDS[i]} != -* && ${COMP_WORDS[i]} != [=:] ]]; then
        ((++placed))
      fi
      while [[ ${COMP_WORDS[i]} == [=:] || ${COMP_WORDS[i + 1]} == [=:] ]]; do ((++i)); done
    done
    before=
    if [[ $cur == -* ]] || ((placed >= places)); then
)";

}  // namespace

std::string bash_completion(const CallTable& table) {
  const std::string prefix = "_" + identifier(table.program);
  std::vector<std::string> first;
  for (const CallVerb& verb : table.verbs) first.push_back(verb.name);
  for (const CallOption& option : table.top.options)
    first.insert(first.end(), option.names.begin(), option.names.end());
  std::string text =
      fmt::format("# Completion of {0} for bash, as `{0} completion bash` prints it.\n",
                  table.program) +
      helpers(prefix) + prefix + R"(() {
  local cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb=${COMP_WORDS[1]}
  local options valued places placed=0 i
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
)";
  text += fmt::format("    {}_words '{}'\n    return\n  fi\n  case $verb in\n", prefix,
                      fmt::join(first, " "));
  for (const CallVerb& verb : table.verbs) text += verb_case(verb);
  text += kWhere;
  text += fmt::format("      {}_words \"$options\"\n      return\n    fi\n  fi\n", prefix);
  text += "  case \"$verb $before\" in\n";
  for (const CallVerb& verb : table.verbs) text += value_cases(verb, prefix);
  return text + fmt::format("  esac\n}}\ncomplete -F {} {}\n", prefix, table.program);
}

}  // namespace cambrian::apps
