#include "cambrian/configuration/detail/unread.hpp"

#include <algorithm>

namespace cambrian {
namespace {

struct Found {
  std::string path;
  const toml::node* node;
  std::string what;
};

/// Whether a value of this kind may stand where that one was read.
bool fits(const toml::node& node, const ParameterValue& value) {
  if (std::holds_alternative<bool>(value)) return node.is_boolean();
  if (std::holds_alternative<std::string>(value)) return node.is_string();
  const bool number =
      std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
  return number ? node.is_number() : node.is_array();
}

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

class Walk {
 public:
  explicit Walk(const std::vector<ReadTable>& tables) : tables_(tables) {}

  void table(const std::string& path, const toml::table& table) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      const std::string here = join_path(path, name);
      if (known_key(path, name)) {
        if (name == "preset") check_preset(path, here, node);
      } else if (leads_to_known(here)) {
        below(here, node);
      } else {
        found.push_back({here, &node, "is unknown" + advice(path, name, node)});
      }
    }
  }

  std::vector<Found> found;

 private:
  void below(const std::string& path, const toml::node& node) {
    if (const toml::table* inner = node.as_table()) return table(path, *inner);
    const toml::array* list = node.as_array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const std::string entry = join_path(path, std::to_string(i));
      const toml::node& item = *list->get(i);
      if (leads_to_known(entry) && item.is_table()) {
        table(entry, *item.as_table());
      } else {
        found.push_back({entry, &item, "is unknown: nothing in this configuration reads it"});
      }
    }
  }

  const ReadTable* read_table(const std::string& path) const {
    const auto found = std::ranges::find(tables_, path, &ReadTable::path);
    return found == tables_.end() ? nullptr : &*found;
  }

  bool known_key(const std::string& path, const std::string& key) const {
    const ReadTable* table = read_table(path);
    return table != nullptr && std::ranges::count(keys_of(*table), key) > 0;
  }

  static std::vector<std::string> keys_of(const ReadTable& table) {
    std::vector<std::string> keys;
    if (table.name) keys.emplace_back("name");
    if (!table.presets.empty()) keys.emplace_back("preset");
    for (const auto& entry : table.entries) keys.push_back(entry.key);
    return keys;
  }

  bool leads_to_known(const std::string& path) const {
    return std::any_of(tables_.begin(), tables_.end(), [&](const ReadTable& table) {
      return table.path == path || table.path.compare(0, path.size() + 1, path + ".") == 0;
    });
  }

  void check_preset(const std::string& path, const std::string& here, const toml::node& node) {
    const std::vector<std::string> known = sorted(read_table(path)->presets);
    const auto preset = node.value_or<std::string>("");
    if (std::find(known.begin(), known.end(), preset) != known.end()) return;
    found.push_back({here, &node, unknown_name("preset", preset, known)});
  }

  /// What may have been meant: a near key of the same table, the same key of another, or any that
  /// is known here.
  std::string advice(const std::string& path, const std::string& key,
                     const toml::node& node) const {
    std::vector<std::string> known;
    const ReadTable* own = read_table(path);
    if (own != nullptr) known = keys_of(*own);
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const ReadTable& table : tables_) {
      if (table.path.compare(0, prefix.size(), prefix) != 0) continue;
      known.push_back(split_path(table.path.substr(prefix.size())).front());
    }
    std::string meant = did_you_mean(key, known);
    if (!meant.empty()) return meant;
    if (own != nullptr && !own->why_unread.empty()) return ": " + own->why_unread;
    std::string here = known.empty() ? "" : "; known here: " + some_of(sorted(known), own);
    for (const ReadTable& table : tables_) {
      const EffectiveValue* same = table.entry(key);
      if (same == nullptr || !fits(node, same->value)) continue;
      // A table with keys of its own may mean one of them by another name.
      return own == nullptr || own->entries.empty() ? "; it belongs under [" + table.path + "]"
                                                    : here + "; [" + table.path + "] has one";
    }
    return here;
  }

  /// The first ones, and which call shows the others. @param own  the table that they are keys of
  static std::string some_of(std::vector<std::string> known, const ReadTable* own) {
    constexpr std::size_t kShown = 8;
    if (own == nullptr || known.size() <= kShown + 1) return all_quoted(known);
    const std::size_t others = known.size() - kShown;
    known.resize(kShown);
    const std::string name = own->name.value_or("");
    return all_quoted(known) + " and " + std::to_string(others) + " more: `cambrian describe " +
           (name.empty() ? own->path : name) + "`";
  }

  const std::vector<ReadTable>& tables_;
};

/// The first in the order of the text.
void refuse_first(const TomlDocument& document, const std::vector<Found>& found) {
  if (found.empty()) return;
  const auto first = std::ranges::min_element(found, {}, [](const Found& at) {
    return std::pair(at.node->source().begin.line, at.node->source().begin.column);
  });
  throw ConfigError(document.where(first->path, *first->node), first->what);
}

}  // namespace

const EffectiveValue* ReadTable::entry(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &EffectiveValue::key);
  return found == entries.end() ? nullptr : &*found;
}

void ReadTable::put(EffectiveValue entry) {
  const auto same = std::ranges::find(entries, entry.key, &EffectiveValue::key);
  if (same == entries.end())
    entries.push_back(std::move(entry));
  else
    *same = std::move(entry);
}

void refuse_unknown_tables(const TomlDocument& document, const std::vector<std::string>& known) {
  std::vector<Found> found;
  for (const auto& [key, node] : document.root()) {
    const std::string name(key.str());
    if (!node.is_table() && !node.is_array_of_tables()) continue;
    if (std::ranges::count(known, name) > 0) continue;
    found.push_back(
        {name, &node,
         "is unknown" + did_you_mean(name, known, "; known here: " + all_quoted(sorted(known)))});
  }
  refuse_first(document, found);
}

void refuse_unread(const TomlDocument& document, const std::vector<ReadTable>& tables) {
  Walk walk(tables);
  walk.table("", document.root());
  refuse_first(document, walk.found);
}

}  // namespace cambrian
