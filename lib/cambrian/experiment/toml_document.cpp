#include "cambrian/experiment/toml_document.hpp"

#include <algorithm>
#include <charconv>

#include "cambrian/core/error.hpp"
#include "cambrian/experiment/parameter_reader.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kMostParts = 256;

/// Whether a line break, or anything else that no key has in it, ends a key here.
bool ends_key(char c) { return std::string_view("=,#()[]{}\n").find(c) != std::string_view::npos; }

/// Each part of a key `a.b.c` is a table in the one before; they are taken down by recursion.
void refuse_deep_keys(std::string_view text, const std::string& origin) {
  std::size_t line = 1;
  std::size_t dots = 0;
  char last = '\n';  // but for blanks
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool after_blank = i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\t');
    if (c == ' ' || c == '\t') continue;
    if (c == '\n') ++line;
    if (ends_key(c) || (after_blank && c != '.' && last != '.')) dots = 0;
    if (c == '.' && last != '.') ++dots;
    if (dots > kMostParts) {
      throw ConfigError(origin + ":" + std::to_string(line),
                        "a key of more than " + std::to_string(kMostParts) + " parts");
    }
    last = c;
  }
}

toml::table parse(std::string_view text, const std::string& origin) {
  refuse_deep_keys(text, origin);
  try {
    return toml::parse(std::string(text));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    std::string what(error.description());
    std::replace(what.begin(), what.end(), '\n', ' ');
    throw ConfigError(origin + ":" + std::to_string(at.line) + ":" + std::to_string(at.column),
                      what);
  }
}

/// The node below `node` at one segment of a path.
template <class Node>
Node* child(Node& node, const std::string& segment) {
  if (auto* table = node.as_table()) return table->get(segment);
  auto* list = node.as_array();
  std::size_t index = 0;
  const char* end = segment.data() + segment.size();
  if (list == nullptr || std::from_chars(segment.data(), end, index).ptr != end) return nullptr;
  return list->get(index);
}

bool is_key(const std::string& word) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !word.empty() && std::all_of(word.begin(), word.end(), allowed);
}

/// The value as TOML, or as a string where it is none: a document whose only key is `value`.
toml::table parse_value(const std::string& text) {
  try {
    toml::table parsed = toml::parse("value = " + text);
    // More than one key: the text held a line break and went on with something else.
    if (parsed.size() == 1) return parsed;
  } catch (const toml::parse_error&) {
  }
  return toml::table{{"value", text}};
}

}  // namespace

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> segments;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    segments.emplace_back(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  segments.emplace_back(path);
  return segments;
}

std::string join_path(std::string_view table, std::string_view key) {
  return table.empty() ? std::string(key) : std::string(table) + "." + std::string(key);
}

TomlDocument::TomlDocument(std::string_view text, std::string origin)
    : origin_(std::move(origin)), root_(parse(text, origin_)) {}

toml::table& TomlDocument::make_table(const std::vector<std::string>& segments,
                                      const std::string& flag) {
  toml::node* node = &root_;
  std::string path;
  for (const std::string& segment : segments) {
    path = join_path(path, segment);
    if (toml::table* table = node->as_table(); table != nullptr && !table->contains(segment)) {
      table->insert(segment, toml::table{});
    }
    node = child(*node, segment);
    if (node == nullptr) throw ConfigError(flag, "there is no " + path + " in the configuration");
    if (!node->is_table() && !node->is_array()) {
      throw ConfigError(flag, path + " is " + what_is(*node) + ", but a table is wanted");
    }
  }
  if (!node->is_table())
    throw ConfigError(flag, path + " is a list; name an entry, as " + path + ".0");
  return *node->as_table();
}

void TomlDocument::set(std::string_view assignment) {
  refuse_deep_keys(assignment, "--set");
  const std::string flag = "--set " + std::string(assignment);
  const std::size_t equals = assignment.find('=');
  std::string name(assignment.substr(0, equals));
  while (!name.empty() && name.back() == ' ') name.pop_back();
  std::vector<std::string> segments = split_path(name);
  if (equals == std::string_view::npos || segments.size() < 2 ||
      !std::all_of(segments.begin(), segments.end(), is_key)) {
    throw ConfigError(flag, "is not of the form table.key=value, as run.seed=3");
  }
  const std::string key = segments.back();
  segments.pop_back();
  toml::table& table = make_table(segments, flag);
  toml::table parsed = parse_value(std::string(assignment.substr(equals + 1)));
  parsed.get("value")->visit([&](auto& value) { table.insert_or_assign(key, std::move(value)); });
  flags_[name] = flag;
}

const toml::node* TomlDocument::find(std::string_view path) const {
  const toml::node* node = &root_;
  for (const std::string& segment : split_path(path)) {
    node = child(*node, segment);
    if (node == nullptr) return nullptr;
  }
  return node;
}

const toml::table* TomlDocument::table(std::string_view path) const {
  const toml::node* node = find(path);
  if (node == nullptr || node->is_table()) return node == nullptr ? nullptr : node->as_table();
  const std::string name(path);
  throw ConfigError(where(path, *node),
                    "is " + what_is(*node) + ", but a table is wanted, as [" + name + "]");
}

std::string TomlDocument::where(std::string_view path, const toml::node& node) const {
  for (std::string_view prefix = path;;) {
    if (const auto found = flags_.find(prefix); found != flags_.end()) {
      return prefix == path ? found->second : found->second + ": " + std::string(path);
    }
    const std::size_t dot = prefix.rfind('.');
    if (dot == std::string_view::npos) break;
    prefix = prefix.substr(0, dot);
  }
  const toml::source_position at = node.source().begin;
  // A table that only an override made stands nowhere in the text.
  const std::string below = std::string(path) + ".";
  const auto made = flags_.lower_bound(below);
  if (at.line == 0 && made != flags_.end() && made->first.starts_with(below)) {
    return made->second + ": " + std::string(path);
  }
  return origin_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
         std::string(path);
}

}  // namespace cambrian
