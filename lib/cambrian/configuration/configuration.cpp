#include "cambrian/configuration/configuration.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "cambrian/configuration/detail/parameter_reader.hpp"
#include "cambrian/configuration/detail/toml_document.hpp"
#include "cambrian/configuration/detail/unread.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/text_file.hpp"

namespace cambrian {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::string text = read_text_file(path);
  if (text.starts_with("\x89HDF\r\n\x1a\n")) {
    throw ConfigError(path.string(),
                      "is a run file, but a configuration is expected; `cambrian resume " +
                          shell_argument(path.string()) + "` continues it");
  }
  return text;
}

std::string header(const std::string& path) {
  std::string name;
  bool entry = false;
  for (const std::string& segment : split_path(path)) {
    entry = segment.find_first_not_of("0123456789") == std::string::npos;
    if (!entry) name = join_path(name, segment);
  }
  return entry ? "[[" + name + "]]" : "[" + name + "]";
}

using Entries = std::vector<std::pair<std::string, ParameterValue>>;

Entries written(Parameters& parameters) {
  Entries entries;
  for_each_parameter(parameters, [&](const Parameter& parameter) {
    entries.emplace_back(parameter.name, parameter.held());
  });
  return entries;
}

double product(const std::vector<std::int64_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 1.0, [](double all, std::int64_t next) {
    return all * static_cast<double>(next);
  });
}

/// A whole number, the product of a list of them, the products of several lists together; 0 of anything else.
double size_of(const ParameterValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return static_cast<double>(*number);
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&value))
    return product(*numbers);
  double all = 0;
  if (const auto* shapes = std::get_if<Shapes>(&value))
    for (const auto& shape : *shapes) all += product(shape);
  return all;
}

}  // namespace

struct Configuration::Impl {
  TomlDocument document;
  std::filesystem::path folder;
  std::vector<ReadTable> tables;  // in order of reading
  bool accepts_idle = false;

  Impl(std::string_view text, std::string origin) : document(text, std::move(origin)) {}

  ReadTable& note(std::string_view path) {
    const auto found = std::ranges::find(tables, path, &ReadTable::path);
    if (found != tables.end()) return *found;
    return tables.emplace_back(ReadTable{.path = std::string(path)});
  }

  /// Whether some component has read this key, or a table's name or preset.
  bool reads(const std::string& path) const {
    const std::size_t dot = path.rfind('.');
    const std::string key = path.substr(dot + 1);  // npos + 1 is 0
    return std::ranges::any_of(tables, [&](const ReadTable& table) {
      return join_path(table.path, key) == path &&
             (key == "name" || key == "preset" || table.entry(key) != nullptr);
    });
  }

  /// The string at a key of a table; none if there is none.
  std::optional<std::string> word(std::string_view path, std::string_view key) const {
    const toml::table* table = document.table(path);
    const toml::node* node = table == nullptr ? nullptr : table->get(key);
    if (node == nullptr) return {};
    if (!node->is_string()) {
      throw ConfigError(document.where(join_path(path, key), *node),
                        "is " + what_is(*node) + ", but a string is expected");
    }
    return node->ref<std::string>();
  }
};

Configuration::Configuration() = default;
Configuration::Configuration(Configuration&&) noexcept = default;
Configuration& Configuration::operator=(Configuration&&) noexcept = default;
Configuration::~Configuration() = default;

Configuration Configuration::from_file(const std::filesystem::path& path) {
  Configuration configuration = from_text(read_file(path), path.string());
  configuration.impl_->folder = path.has_parent_path() ? path.parent_path() : ".";
  return configuration;
}

Configuration Configuration::from_text(std::string_view toml, std::string origin) {
  Configuration configuration;
  configuration.impl_ = std::make_unique<Impl>(toml, std::move(origin));
  return configuration;
}

void Configuration::set(std::string_view assignment) { impl_->document.set(assignment); }

void Configuration::set(std::string_view key, std::uint64_t value, const std::string& flag) {
  impl_->document.set(key, value, flag);
}

void Configuration::set_text(std::string_view key, const std::string& value,
                             const std::string& flag) {
  impl_->document.set_text(key, value, flag);
}

const std::filesystem::path& Configuration::folder() const { return impl_->folder; }

bool Configuration::has(std::string_view table) const {
  return impl_->document.table(table) != nullptr;
}

std::size_t Configuration::entries(std::string_view list) const {
  const toml::node* node = impl_->document.find(list);
  if (node == nullptr) return 0;
  if (const toml::array* array = node->as_array(); array != nullptr && array->empty()) {
    throw ConfigError(impl_->document.where(list, *node),
                      "is empty; leave it out, or name one by [[" + std::string(list) + "]]");
  }
  if (!node->is_array_of_tables()) {
    throw ConfigError(impl_->document.where(list, *node),
                      "is " + what_is(*node) + ", but a list of tables is expected, such as [[" +
                          std::string(list) + "]]");
  }
  return node->as_array()->size();
}

std::vector<std::string> Configuration::texts(std::string_view key) const {
  const toml::node* node = impl_->document.find(key);
  std::vector<std::string> texts;
  if (node == nullptr || !node->is_array()) return texts;
  for (const toml::node& entry : *node->as_array()) {
    if (const auto* text = entry.as_string()) texts.push_back(text->get());
  }
  return texts;
}

std::string Configuration::where(std::string_view key) const {
  const toml::node* node = impl_->document.find(key);
  return node == nullptr ? std::string(key) : impl_->document.where(key, *node);
}

ConfigError Configuration::located(std::string_view table, const ConfigError& error) const {
  for (const std::string& path : {join_path(table, error.key()), error.key()})
    if (impl_->reads(path)) return {where(path), error.reason()};
  return error;
}

std::string Configuration::name(std::string_view table, std::string_view fallback) {
  const std::optional<std::string> written = impl_->word(table, "name");
  if (written && written->empty()) {
    throw ConfigError(where(join_path(table, "name")), "is empty, but a name is expected");
  }
  std::string chosen = written.value_or(std::string(fallback));
  impl_->note(table).name = chosen;
  return chosen;
}

void Configuration::default_preset(std::string_view table, std::string_view preset) {
  impl_->note(table).default_preset = preset;
}

void Configuration::read(std::string_view table, Parameters& parameters) {
  ReadTable& note = impl_->note(table);
  const Entries defaults = written(parameters);
  const std::vector<std::string_view> presets = parameters.presets();
  const auto has = [&presets](std::string_view name) {
    return std::find(presets.begin(), presets.end(), name) != presets.end();
  };
  note.presets.insert(note.presets.end(), presets.begin(), presets.end());
  const std::optional<std::string> chosen = impl_->word(table, "preset");
  if (chosen) note.preset = *chosen;
  if (!chosen && has(note.default_preset)) note.preset = note.default_preset;
  // A preset that this struct does not have may be another's: check_all_read() asks whether it was
  // anyone's.
  if (has(note.preset)) parameters.apply_preset(note.preset);
  const Entries preset = written(parameters);
  const toml::table* found = impl_->document.table(table);
  if (found != nullptr) {
    read_parameters(parameters, *found, [&](std::string_view key, const toml::node& node) {
      return impl_->document.where(join_path(table, key), node);
    });
  }
  const Entries entries = written(parameters);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string unwritten = preset[i] == defaults[i] ? "default" : "preset " + note.preset;
    EffectiveValue value = {entries[i].first, entries[i].second, unwritten};
    if (entries[i] == preset[i]) value.same_as = unwritten;
    if (const toml::node* node = found == nullptr ? nullptr : found->get(value.key)) {
      const std::string path = join_path(table, value.key);
      value.origin = impl_->document.origin(path, *node);
      value.by_flag = impl_->document.set_by_flag(path, *node);
    }
    note.put(std::move(value));
  }
}

void Configuration::refuse_idle(std::string_view table, const std::vector<IdleKey>& keys) const {
  const auto read = std::ranges::find(impl_->tables, table, &ReadTable::path);
  if (read == impl_->tables.end()) return;
  for (const IdleKey& key : keys) {
    const EffectiveValue* entry = read->entry(key.key);
    const bool in_vain = key.idle && entry != nullptr && entry->same_as.empty() &&
                         (entry->by_flag || !impl_->accepts_idle);
    if (in_vain) cambrian::refuse_idle(where(join_path(table, key.key)), true, key.when);
  }
}

void Configuration::accept_idle_keys() { impl_->accepts_idle = true; }

void Configuration::explain(std::string_view table, std::string why) {
  impl_->note(table).why_unread = std::move(why);
}

void Configuration::check_tables(const std::vector<std::string>& known) const {
  refuse_unknown_tables(impl_->document, known);
}

void Configuration::check_all_read() const { refuse_unread(impl_->document, impl_->tables); }

std::optional<std::int64_t> Configuration::whole_number(std::string_view table,
                                                        std::string_view key) const {
  const auto read = std::ranges::find(impl_->tables, table, &ReadTable::path);
  const EffectiveValue* entry = read == impl_->tables.end() ? nullptr : read->entry(key);
  const auto* number = entry == nullptr ? nullptr : std::get_if<std::int64_t>(&entry->value);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::string Configuration::largest_sizes() const {
  std::vector<std::pair<double, std::string>> sizes;
  for (const ReadTable& table : impl_->tables) {
    if (table.path == "run") continue;
    for (const EffectiveValue& entry : table.entries) {
      const double size = size_of(entry.value);
      if (size > 1 && entry.same_as.empty())
        sizes.emplace_back(size, join_path(table.path, entry.key) + " = " + toml_text(entry.value));
    }
  }
  std::stable_sort(sizes.begin(), sizes.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> largest;
  for (const auto& [size, text] : std::span(sizes).first(std::min<std::size_t>(3, sizes.size())))
    largest.push_back(text);
  return joined(largest);
}

std::vector<EffectiveTable> Configuration::effective_tables() const {
  std::vector<EffectiveTable> tables;
  for (const ReadTable& table : impl_->tables) {
    EffectiveTable& shown = tables.emplace_back(EffectiveTable{table.path, header(table.path), {}});
    const auto put_word = [&](const std::string& key, const std::string& word) {
      if (word.empty()) return;
      const std::string path = join_path(table.path, key);
      const toml::node* node = impl_->document.find(path);
      shown.values.push_back({key, word, node ? impl_->document.origin(path, *node) : "default"});
    };
    put_word("name", table.name.value_or(""));
    put_word("preset", table.preset);
    shown.values.insert(shown.values.end(), table.entries.begin(), table.entries.end());
  }
  return tables;
}

std::string Configuration::effective() const {
  std::string text;
  for (const EffectiveTable& table : effective_tables()) {
    if (!text.empty()) text += "\n";
    text += table.header + "\n";
    for (const EffectiveValue& value : table.values)
      text.append(value.key).append(" = ").append(toml_text(value.value)).append("\n");
  }
  return text;
}

}  // namespace cambrian
