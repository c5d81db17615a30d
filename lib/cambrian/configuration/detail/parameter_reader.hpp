// The visitor that reads parameters from a TOML table. Private to the room: toml++ stays behind
// configuration.hpp.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

/// "a whole number (3)", "a string ('x')", "a list": what stands where something else was expected.
std::string what_is(const toml::node& node);

/// Overwrites each parameter whose key stands in the table, and leaves the others as they are.
/// @throws ConfigError "where: is 2.5, but a whole number is expected"
class ParameterReader final : public ParameterVisitor {
 public:
  /// Where a key stands, for messages.
  using Where = std::function<std::string(std::string_view name, const toml::node& node)>;
  ParameterReader(const toml::table& table, Where where)
      : table_(table), where_(std::move(where)) {}

 private:
  /// A value, or an entry of a list, with what a message needs.
  struct Place {
    const Parameter& parameter;
    const toml::node& node;
    std::size_t entry = 0;  ///< from 1; 0: the value itself
  };
  void meet(const Parameter& parameter) override;
  [[noreturn]] void refuse(const Place& place, const std::string& wanted) const;
  void take(const Place& place, bool& value) const;
  void take(const Place& place, std::int64_t& value) const;
  void take(const Place& place, double& value) const;
  void take(const Place& place, std::string& value) const;
  template <class T>
  void take(const Place& place, std::vector<T>& values) const;

  const toml::table& table_;
  Where where_;
};

}  // namespace cambrian
