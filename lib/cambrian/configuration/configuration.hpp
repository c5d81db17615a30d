// A configuration: TOML with tables, read by the parameter structs of the components that it names.
// Every key must be read by some component: what is left over is an error, with the nearest known
// key as a suggestion. While it is read, the effective configuration (defaults filled in) is
// written down.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {

/// A value that was read, and where it comes from.
struct EffectiveValue {
  std::string key;
  ParameterValue value;
  std::string origin;  ///< "default", "preset as_published", "hard.toml:12", "--set"
  /// "default" or "preset as_published" where the value is as if it had not been written; otherwise
  /// empty.
  std::string same_as = {};
  bool by_flag = false;  ///< set in the call, not in a file
};

struct EffectiveTable {
  std::string path;    ///< "archive"
  std::string header;  ///< "[archive]", or "[[a.b]]" for an entry of a list of tables
  std::vector<EffectiveValue> values;  ///< in order of declaration, name and preset first
};

class Configuration {
 public:
  /// @throws ConfigError "path:line:column: what" for malformed TOML, FileError for a file that
  /// cannot be read
  static Configuration from_file(const std::filesystem::path& path);
  /// @param origin  stands for the path in messages
  static Configuration from_text(std::string_view toml, std::string origin);
  Configuration(Configuration&&) noexcept;
  Configuration& operator=(Configuration&&) noexcept;
  ~Configuration();

  /// Overrides a key: "archive.shape=[50, 50]"; a value that is not TOML is taken as a string.
  /// @throws ConfigError "--set archive.shape=...: what"
  void set(std::string_view assignment);
  /// The same of a number. @param flag  that messages name: "--seed 7"; empty: no flag
  /// @throws ConfigError for one beyond TOML's
  void set(std::string_view key, std::uint64_t value, const std::string& flag = {});
  /// The same of a text, whatever it holds. @param flag  "--from other.h5"
  void set_text(std::string_view key, const std::string& value, const std::string& flag);
  /// The folder that relative file names are found from; empty for text.
  const std::filesystem::path& folder() const;
  /// @throws ConfigError if something else than a table stands there
  bool has(std::string_view table) const;
  /// Entries of a list of tables ("algorithm.emitters"), which are read as "algorithm.emitters.0", ...
  /// @throws ConfigError if something else stands there
  std::size_t entries(std::string_view list) const;
  /// The texts in a list, or none where something else stands there; they do not count as read.
  std::vector<std::string> texts(std::string_view key) const;
  /// Where a key stands, for messages: "file:3:9: archive.shape", "--set archive.shape=3", or the
  /// key alone where it was not written.
  std::string where(std::string_view key) const;
  /// An error of the component of a table, with the place of the key that it names: its own, or one
  /// with another table before it. An error that names something else stays as it is.
  ConfigError located(std::string_view table, const ConfigError& error) const;
  /// The key `name` of a table: which component it chooses. @param fallback  where there is none
  std::string name(std::string_view table, std::string_view fallback);
  /// What stands for the `preset` of a table that names none, in read() and effective(), of structs
  /// that have it; others keep their own defaults. To be called before the table is read.
  void default_preset(std::string_view table, std::string_view preset);
  /// Applies the table's `preset`, then its keys, to the parameters, and notes all of them as read.
  /// May be called more than once for a table, with different structs. @throws ConfigError
  /// "file:line:column: archive.shape: what" for a wrong type or range
  void read(std::string_view table, Parameters& parameters);
  /// @throws ConfigError for the first idle key of a table that was read and is written otherwise
  /// than the defaults or the preset have it. Of a component they are its parameters' idle_keys()
  void refuse_idle(std::string_view table, const std::vector<IdleKey>& keys) const;
  /// What check_all_read() says of a key of this table that was not read, after "is unknown: ".
  void explain(std::string_view table, std::string why);
  /// @throws ConfigError for the first table at the top that is none of `known`: before a key is
  /// missed that stands in a misspelt table
  void check_tables(const std::vector<std::string>& known) const;
  /// @throws ConfigError for the first key or table that was not read: "file:line:column:
  /// archive.shap: is unknown; did you mean 'shape'?" A preset that no struct of its table has
  /// counts as unread.
  void check_all_read() const;
  /// A whole number as it was read, written or default; none where no such key was read.
  std::optional<std::int64_t> whole_number(std::string_view table, std::string_view key) const;
  /// The three largest whole numbers read so far that are not of [run] and not the defaults, of which
  /// nothing may come of some (a list counts as its product), largest first: what a lack of memory may be due to. "algorithm.batch = 100000, ..."
  std::string largest_sizes() const;
  /// Everything that was read, as TOML, tables in order of reading; reading it again gives the
  /// same.
  std::string effective() const;
  /// The same, value by value, with its origin.
  std::vector<EffectiveTable> effective_tables() const;

 private:
  Configuration();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The component of that name. @throws ConfigError "archive.name: there is no 'gird'; did you mean
/// 'grid'?", or what there is where nothing is near
template <class C>
C find_component(const std::vector<C>& components, std::string_view name, const std::string& key) {
  std::vector<std::string> names;
  for (const C& component : components) {
    if (component.name == name) return component;
    names.push_back(component.name);
  }
  throw ConfigError(key, "there is no " + quoted(name) +
                             did_you_mean(name, names, "; there are " + joined(names)));
}

}  // namespace cambrian
