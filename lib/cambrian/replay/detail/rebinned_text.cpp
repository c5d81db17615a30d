#include "cambrian/replay/detail/rebinned_text.hpp"

#include <algorithm>
#include <string_view>

#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr std::string_view kResult = "result_archive";

/// Which keys of the archive's table stay when others change.
class Staying {
 public:
  Staying(const std::vector<Change>& changes, const Catalogue& catalogue)
      : changes_(changes), catalogue_(catalogue) {}

  bool changes(std::string_view key) const {
    return std::ranges::find(changes_, key, &Change::key) != changes_.end();
  }
  bool stays(std::string_view key) const {
    const bool bounds = key == "min" || key == "max";
    if (bounds && changes("descriptor")) return false;
    if (changes("name"))
      return key == "descriptor" || key == "qd_offset" || (bounds && next_kind_has(key));
    return !(changes("centroids") && of_computed_centroids(key)) &&
           !(changes("contents") && of_contents(key));
  }
  /// Whether leaving it out changes what the user had set.
  bool is_loss(const EffectiveValue& value) const {
    if (stays(value.key) || changes(value.key) || !value.same_as.empty()) return false;
    if (value.key == "preset") return value.value != ParameterValue(std::string("textbook"));
    return !(changes("centroids") && of_computed_centroids(value.key));
  }

 private:
  static bool of_computed_centroids(std::string_view key) {
    return key == "cells" || key == "samples" || key == "iterations" || key == "start";
  }
  static bool of_contents(std::string_view key) {
    return key == "learning_rate" || key == "threshold_min" || key == "acceptance" ||
           key == "bandwidth" || key == "buffer";
  }
  bool next_kind_has(std::string_view key) const {
    const Change& named = *std::ranges::find(changes_, "name", &Change::key);
    std::string name = named.written.substr(named.written.find('=') + 1);
    std::erase_if(name, [](char c) { return c == '"' || c == '\'' || c == ' '; });
    const auto kind = std::ranges::find(catalogue_.archives, name, &ArchiveComponent::name);
    if (kind == catalogue_.archives.end()) return false;
    bool has = false;
    for_each_parameter(*kind->parameters(),
                       [&](const Parameter& parameter) { has |= parameter.name == key; });
    return has;
  }

  const std::vector<Change>& changes_;
  const Catalogue& catalogue_;
};

std::string line_of(const EffectiveValue& value) {
  return value.key + " = " + toml_text(value.value) + "\n";
}

}  // namespace

Change change_of(const std::string& set) {
  const std::size_t dot = set.find('.');
  const std::size_t equals = set.find('=');
  const std::string table = set.substr(0, dot);
  if (equals == std::string::npos || dot == std::string::npos || dot > equals ||
      (table != "archive" && table != kResult)) {
    throw ConfigError("--set " + set,
                      "is not of the form archive.key=value; rebin changes the archive alone");
  }
  std::string key = set.substr(dot + 1, equals - dot - 1);
  key.erase(key.find_last_not_of(' ') + 1);
  return {key, std::string(kResult) + set.substr(dot), set};
}

RebinnedText rebinned_text(const std::vector<EffectiveTable>& tables,
                           const std::vector<Change>& changes, const Catalogue& catalogue) {
  const Staying staying(changes, catalogue);
  const bool has_result = std::ranges::find(tables, kResult, &EffectiveTable::path) != tables.end();
  const std::string_view source = has_result ? kResult : "archive";
  std::string result = "[result_archive]\n";
  RebinnedText made;
  for (const EffectiveTable& table : tables) {
    if (table.path == source) {
      for (const EffectiveValue& value : table.values) {
        if (staying.stays(value.key)) result += line_of(value);
        if (staying.is_loss(value)) made.lost.push_back(value.key + " = " + toml_text(value.value));
      }
    }
    if (table.path == kResult) continue;
    made.text += table.header + "\n";
    for (const EffectiveValue& value : table.values)
      if (table.path != "archive" || value.key != "qd_offset") made.text += line_of(value);
  }
  made.text += result;
  return made;
}

}  // namespace cambrian
