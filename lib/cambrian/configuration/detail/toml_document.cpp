#include "cambrian/configuration/detail/toml_document.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "cambrian/configuration/detail/parameter_reader.hpp"
#include "cambrian/configuration/detail/toml_depth.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

constexpr const char* kBeyond = "is beyond the whole numbers from -2^63 to 2^63 - 1";
constexpr std::size_t kMostShown = 200;  // characters of a flag or a key in messages

toml::table parse(std::string_view text, const std::string& origin) {
  if (const std::optional<TooDeep> deep = too_deep(text))
    throw ConfigError(origin + ":" + std::to_string(deep->line), deep->what);
  try {
    return toml::parse(std::string(text));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    std::string what(error.description());
    std::replace(what.begin(), what.end(), '\n', ' ');
    throw ConfigError(origin + ":" + std::to_string(at.line) + ":" + std::to_string(at.column),
                      printable(what, kMostShown));
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
  constexpr const char* kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  return !word.empty() && word.find_first_not_of(kAllowed) == std::string::npos;
}

/// Whether a text is a whole number, too large for TOML or not.
bool is_whole_number(std::string_view text) {
  const std::string_view digits = text.substr(text.find_first_not_of("+-") == 1 ? 1 : 0);
  return !digits.empty() && digits.find_first_not_of("0123456789_") == std::string_view::npos;
}

/// The value as TOML, or as a string where it is none: a document whose only key is `value`.
toml::table parse_value(const std::string& text, const std::string& flag) {
  const std::string document = "value = " + text;
  try {
    if (!too_deep(document)) {
      toml::table parsed = toml::parse(document);
      // More than one key: the text held a line break and went on with something else.
      if (parsed.size() == 1) return parsed;
    }
  } catch (const toml::parse_error&) {
    if (is_whole_number(text)) {
      throw ConfigError(flag, kBeyond);
    }
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
      throw ConfigError(flag, path + " is " + what_is(*node) + ", but a table is expected");
    }
  }
  if (!node->is_table())
    throw ConfigError(flag, path + " is a list; name an entry, such as " + path + ".0");
  return *node->as_table();
}

void TomlDocument::set(std::string_view assignment) {
  const std::string flag = "--set " + printable(assignment, kMostShown);
  const std::size_t equals = assignment.find('=');
  std::string name(assignment.substr(0, equals));
  while (!name.empty() && name.back() == ' ') name.pop_back();
  const std::vector<std::string> segments = split_path(name);
  if (equals == std::string_view::npos || segments.size() < 2 ||
      !std::all_of(segments.begin(), segments.end(), is_key)) {
    throw ConfigError(flag, "is not of the form table.key=value, such as run.seed=3");
  }
  if (const std::optional<TooDeep> deep = too_deep(name))
    throw ConfigError(flag, "is " + deep->what);
  const toml::table parsed = parse_value(std::string(assignment.substr(equals + 1)), flag);
  set(std::move(name), *parsed.get("value"), flag);
}

void TomlDocument::set(std::string_view key, std::uint64_t value, const std::string& flag) {
  if (value > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
    throw ConfigError(flag, kBeyond);
  set(std::string(key), toml::value<std::int64_t>(static_cast<std::int64_t>(value)), flag);
}

void TomlDocument::set_text(std::string_view key, const std::string& value,
                            const std::string& flag) {
  set(std::string(key), toml::value<std::string>(value), flag);
}

void TomlDocument::set(std::string name, const toml::node& value, const std::string& flag) {
  std::vector<std::string> segments = split_path(name);
  const std::string key = segments.back();
  segments.pop_back();
  toml::table& table = make_table(segments, flag);
  value.visit([&](const auto& held) { table.insert_or_assign(key, held); });
  if (!flag.empty()) flags_[std::move(name)] = flag;
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
                    "is " + what_is(*node) + ", but a table is expected, such as [" + name + "]");
}

const std::string* TomlDocument::flag_of(std::string_view path, const toml::node& node) const {
  for (std::string_view prefix = path;;) {
    if (const auto found = flags_.find(prefix); found != flags_.end()) return &found->second;
    const std::size_t dot = prefix.rfind('.');
    if (dot == std::string_view::npos) break;
    prefix = prefix.substr(0, dot);
  }
  // A table that only an override made stands nowhere in the text.
  const std::string below = std::string(path) + ".";
  const auto made = flags_.lower_bound(below);
  const bool only_made = node.source().begin.line == 0;
  return only_made && made != flags_.end() && made->first.starts_with(below) ? &made->second
                                                                             : nullptr;
}

std::string TomlDocument::where(std::string_view path, const toml::node& node) const {
  const std::string key = printable(path, kMostShown);
  if (const std::string* flag = flag_of(path, node))
    return flags_.contains(path) ? *flag : *flag + ": " + key;
  const toml::source_position at = node.source().begin;
  return origin_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + key;
}

std::string TomlDocument::origin(std::string_view path, const toml::node& node) const {
  if (const std::string* flag = flag_of(path, node)) return flag->substr(0, flag->find(' '));
  const std::string file = origin_.substr(origin_.rfind('/') + 1);  // npos + 1 is 0
  return file + ":" + std::to_string(node.source().begin.line);
}

}  // namespace cambrian
