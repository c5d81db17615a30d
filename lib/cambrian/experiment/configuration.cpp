#include "cambrian/experiment/configuration.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

#include "cambrian/experiment/parameter_reader.hpp"
#include "cambrian/experiment/parameter_writer.hpp"
#include "cambrian/experiment/resume_command.hpp"
#include "cambrian/experiment/toml_document.hpp"
#include "cambrian/experiment/toml_text.hpp"
#include "cambrian/experiment/unread.hpp"

namespace cambrian {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::error_code none;
  if (std::filesystem::is_directory(path, none)) {
    throw FileError(path.string(), "is a folder, but a configuration is wanted");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.is_open() || file.bad()) {
    throw FileError(path.string(), std::string("cannot be read: ") +
                                       (errno != 0 ? std::strerror(errno) : "unknown reason"));
  }
  if (text.starts_with("\x89HDF\r\n\x1a\n")) {
    throw ConfigError(path.string(), "is a run file, but a configuration is wanted; `" +
                                         resume_command(path.string()) + "` goes on with it");
  }
  return text;
}

/// "[a.b]", or "[[a.b]]" for an entry of a list of tables.
std::string header(const std::string& path) {
  const auto is_index = [](const std::string& segment) {
    return std::all_of(segment.begin(), segment.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  std::string name;
  bool entry = false;
  for (const std::string& segment : split_path(path)) {
    entry = is_index(segment);
    if (!entry) name = join_path(name, segment);
  }
  return entry ? "[[" + name + "]]\n" : "[" + name + "]\n";
}

/// Of the whole numbers of a value as TOML, "[50, 50]"; 0 where it is anything else.
double product(const std::string& value) {
  if (value.find_first_not_of("0123456789[], ") != std::string::npos) return 0;
  std::istringstream numbers(value);
  double all = 1;
  while (numbers >> std::ws && !numbers.eof()) {
    if (std::isdigit(numbers.peek()) == 0) {
      numbers.get();
      continue;
    }
    double number = 0;
    numbers >> number;
    all *= number;
  }
  return all;
}

}  // namespace

struct Configuration::Impl {
  TomlDocument document;
  std::filesystem::path folder;
  std::vector<ReadTable> tables;  // in order of reading

  Impl(std::string_view text, std::string origin) : document(text, std::move(origin)) {}

  ReadTable& note(std::string_view path) {
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const ReadTable& table) { return table.path == path; });
    if (found != tables.end()) return *found;
    return tables.emplace_back(ReadTable{.path = std::string(path)});
  }

  /// The string at a key of a table; none if there is none.
  std::optional<std::string> word(std::string_view path, std::string_view key) const {
    const toml::table* table = document.table(path);
    const toml::node* node = table == nullptr ? nullptr : table->get(key);
    if (node == nullptr) return {};
    if (!node->is_string()) {
      throw ConfigError(document.where(join_path(path, key), *node),
                        "is " + what_is(*node) + ", but a string is wanted");
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

const std::filesystem::path& Configuration::folder() const { return impl_->folder; }

bool Configuration::has(std::string_view table) const {
  return impl_->document.table(table) != nullptr;
}

std::string Configuration::where(std::string_view key) const {
  const toml::node* node = impl_->document.find(key);
  return node == nullptr ? std::string(key) : impl_->document.where(key, *node);
}

std::string Configuration::name(std::string_view table, std::string_view fallback) {
  const std::optional<std::string> written = impl_->word(table, "name");
  if (written && written->empty()) {
    throw ConfigError(where(join_path(table, "name")), "is empty, but a name is wanted");
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
  const std::vector<std::string_view> presets = parameters.presets();
  const auto has = [&presets](std::string_view name) {
    return std::find(presets.begin(), presets.end(), name) != presets.end();
  };
  note.presets.insert(note.presets.end(), presets.begin(), presets.end());
  const std::optional<std::string> written = impl_->word(table, "preset");
  if (written) note.preset = *written;
  if (!written && has(note.default_preset)) note.preset = note.default_preset;
  // A preset that this struct does not have may be another's: check_all_read() asks whether it was
  // anyone's.
  if (has(note.preset)) parameters.apply_preset(note.preset);
  if (const toml::table* found = impl_->document.table(table)) {
    ParameterReader reader(*found, [&](std::string_view key, const toml::node& node) {
      return impl_->document.where(join_path(table, key), node);
    });
    parameters.visit(reader);
  }
  ParameterWriter writer;
  parameters.visit(writer);
  for (const ParameterWriter::Entry& entry : writer.entries()) {
    const auto same = std::find_if(note.entries.begin(), note.entries.end(),
                                   [&](const auto& old) { return old.first == entry.first; });
    if (same == note.entries.end()) {
      note.entries.push_back(entry);
    } else {
      same->second = entry.second;
    }
  }
}

void Configuration::explain(std::string_view table, std::string why) {
  impl_->note(table).why_unread = std::move(why);
}

void Configuration::check_tables(const std::vector<std::string>& known) const {
  const std::optional<Unread> unknown = first_unknown_table(impl_->document, known);
  if (unknown) throw ConfigError(unknown->where, unknown->what);
}

void Configuration::check_all_read() const {
  const std::optional<Unread> unread = first_unread(impl_->document, impl_->tables);
  if (unread) throw ConfigError(unread->where, unread->what);
}

std::string Configuration::largest_sizes() const {
  std::vector<std::pair<double, std::string>> sizes;
  for (const ReadTable& table : impl_->tables) {
    if (table.path == "run") continue;
    for (const auto& [key, value] : table.entries) {
      const double size = product(value);
      if (size > 1) sizes.emplace_back(size, join_path(table.path, key) + " = " + value);
    }
  }
  std::stable_sort(sizes.begin(), sizes.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, sizes.size()); ++i) {
    text += (i == 0 ? "" : ", ") + sizes[i].second;
  }
  return text;
}

std::string Configuration::effective() const {
  std::string text;
  for (const ReadTable& table : impl_->tables) {
    if (!text.empty()) text += "\n";
    text += header(table.path);
    const std::string name = table.name.value_or("");
    if (!name.empty()) text += "name = " + toml_text(name) + "\n";
    if (!table.preset.empty()) text += "preset = " + toml_text(table.preset) + "\n";
    for (const auto& [key, value] : table.entries)
      text.append(key).append(" = ").append(value).append("\n");
  }
  return text;
}

}  // namespace cambrian
