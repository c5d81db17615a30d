// Values written as TOML that reads back as the same value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

std::string toml_text(bool value);
std::string toml_text(std::int64_t value);
/// The shortest text that reads back as the same bits; always recognisable as a real.
std::string toml_text(double value);
/// A basic string: quoted, control characters escaped.
std::string toml_text(std::string_view value);
inline std::string toml_text(const std::string& value) {
  return toml_text(std::string_view(value));
}

template <class T>
std::string toml_text(const std::vector<T>& values) {
  std::string text = "[";
  for (const T& value : values) {
    if (text.size() > 1) text += ", ";
    text += toml_text(value);
  }
  return text + "]";
}

/// A shape of one number without brackets.
inline std::string toml_text(const Shapes& shapes) {
  std::string text = "[";
  for (const std::vector<std::int64_t>& shape : shapes) {
    if (text.size() > 1) text += ", ";
    text += shape.size() == 1 ? toml_text(shape.front()) : toml_text<std::int64_t>(shape);
  }
  return text + "]";
}

inline std::string toml_text(const ParameterValue& value) {
  return std::visit([](const auto& held) { return toml_text(held); }, value);
}

}  // namespace cambrian
