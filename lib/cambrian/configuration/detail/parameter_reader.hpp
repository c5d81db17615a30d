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

/// "a whole number (3)", "a string ('x')", "a list": what stands where something else was wanted.
std::string what_is(const toml::node& node);

/// Overwrites each parameter whose key stands in the table, and leaves the others as they are.
/// @throws ConfigError "where: is 2.5, but a whole number is expected"
class ParameterReader final : public ParameterVisitor {
 public:
  /// Where a key stands, for messages.
  using Where = std::function<std::string(std::string_view name, const toml::node& node)>;
  ParameterReader(const toml::table& table, Where where)
      : table_(table), where_(std::move(where)) {}

  void boolean(std::string_view name, bool& value, const Meaning& meaning) override;
  void integer(std::string_view name, std::int64_t& value, Range<std::int64_t> range,
               const Meaning& meaning) override;
  void real(std::string_view name, double& value, Range<double> range,
            const Meaning& meaning) override;
  void text(std::string_view name, std::string& value, const Meaning& meaning) override;
  void choice(std::string_view name, std::string& value,
              const std::vector<std::string_view>& allowed, const Meaning& meaning) override;
  void integers(std::string_view name, std::vector<std::int64_t>& value, Range<std::int64_t> range,
                const Meaning& meaning) override;
  void reals(std::string_view name, std::vector<double>& value, Range<double> range,
             const Meaning& meaning) override;
  void texts(std::string_view name, std::vector<std::string>& value,
             const Meaning& meaning) override;

 private:
  /// A value, or an entry of a list, with what a message needs.
  struct Place {
    std::string_view name;
    const toml::node& node;
    std::size_t entry = 0;  ///< from 1; 0: the value itself
  };
  [[noreturn]] void refuse(const Place& place, const std::string& is,
                           const std::string& wanted) const;
  std::int64_t take_integer(const Place& place, Range<std::int64_t> range) const;
  double take_real(const Place& place, Range<double> range, std::string_view unit) const;
  std::string take_text(const Place& place) const;
  /// Reads a list entry by entry. @param kind  "whole numbers"  @param take  (Place) -> T
  template <class T, class Take>
  void take_list(std::string_view name, std::vector<T>& value, const std::string& kind,
                 Take take) const;

  const toml::table& table_;
  Where where_;
};

}  // namespace cambrian
