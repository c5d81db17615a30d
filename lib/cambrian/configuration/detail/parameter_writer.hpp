// The visitor that notes the values of parameters.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

class ParameterWriter final : public ParameterVisitor {
 public:
  using Entry = std::pair<std::string, ParameterValue>;
  /// In order of declaration.
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  void meet(const Parameter& parameter) override {
    entries_.emplace_back(parameter.name, parameter.held());
  }

  std::vector<Entry> entries_;
};

}  // namespace cambrian
