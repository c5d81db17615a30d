// Private to this room: a value of a JSON text that knows where it stands, so that every error names
// the file and the place: "brains.json: graphs[0].links[7].weight: is -, but a number is expected".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cambrian {

class JsonValue {
 public:
  /// @param file  and @param json  outlive this
  JsonValue(std::string_view file, const nlohmann::json& json, std::string place = {})
      : file_(file), json_(&json), place_(std::move(place)) {}

  /// @throws ConfigError naming the place
  [[noreturn]] void fault(const std::string& what) const;

  /// An object with no other members than these. @throws ConfigError
  void expect_members(std::initializer_list<std::string_view> known) const;
  JsonValue member(const std::string& name) const;
  std::optional<JsonValue> optional_member(const std::string& name) const;
  std::vector<JsonValue> list() const;

  std::string text() const;
  bool boolean() const;
  std::uint64_t whole(std::uint64_t max) const;
  /// A number that is finite in single precision.
  float number() const;
  /// For a reader that names no place within it.
  const nlohmann::json& raw() const { return *json_; }

 private:
  [[noreturn]] void wrong_type(const std::string& expected) const;

  std::string_view file_;
  const nlohmann::json* json_;
  std::string place_;
};

/// @throws ConfigError "FILE:LINE: is not JSON: ..."
nlohmann::json parse_json(const std::string& text, const std::string& file);

}  // namespace cambrian
