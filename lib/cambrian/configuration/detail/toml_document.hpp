// A TOML text with overrides, that knows where each of its nodes stands. Private to the room:
// toml++ stays behind configuration.hpp.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cambrian {

/// "a.b.0.c" -> a, b, 0, c; a number is an entry of a list of tables.
std::vector<std::string> split_path(std::string_view path);
std::string join_path(std::string_view table, std::string_view key);

class TomlDocument {
 public:
  /// @throws ConfigError "origin:line:column: what"
  TomlDocument(std::string_view text, std::string origin);

  /// Configuration::set.
  void set(std::string_view assignment);
  void set(std::string_view key, std::uint64_t value, const std::string& flag);
  void set_text(std::string_view key, const std::string& value, const std::string& flag);
  const toml::table& root() const { return root_; }
  /// Null if there is none.
  const toml::node* find(std::string_view path) const;
  /// Null if there is none. @throws ConfigError if something else stands there
  const toml::table* table(std::string_view path) const;
  /// "file:3:9: archive.shape", or "--set archive.shape=3" where that is where it comes from.
  std::string where(std::string_view path, const toml::node& node) const;
  /// "file:3", the file without its folder, or "--set" where that is where it comes from.
  std::string origin(std::string_view path, const toml::node& node) const;
  bool set_by_flag(std::string_view path, const toml::node& node) const {
    return flag_of(path, node) != nullptr;
  }

 private:
  void set(std::string name, const toml::node& value, const std::string& flag);
  toml::table& make_table(const std::vector<std::string>& segments, const std::string& flag);
  /// The flag that set a node, or what is around it; null where none did.
  const std::string* flag_of(std::string_view path, const toml::node& node) const;

  std::string origin_;
  toml::table root_;
  std::map<std::string, std::string, std::less<>> flags_;  // path -> the flag that set it
};

}  // namespace cambrian
