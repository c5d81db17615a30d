// The keys of a configuration that were not read: a misspelt key must never pass in silence.
// Private to the room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/detail/toml_document.hpp"

namespace cambrian {

/// A table that was read, with everything that was read from it.
struct ReadTable {
  std::string path;
  std::optional<std::string> name = {};   ///< the component that it chose; none: nobody asked
  std::string preset = {};                ///< as the user wrote it, or the default that was applied
  std::string default_preset = {};        ///< where the user wrote none
  std::vector<std::string> presets = {};  ///< those of all structs that read the table
  std::vector<EffectiveValue> entries = {};
  std::string why_unread = {};  ///< said of its keys that nobody read; empty: the nearest known

  /// Null if there is none.
  const EffectiveValue* entry(std::string_view key) const;
  /// Notes an entry, in the place of one of the same key.
  void put(EffectiveValue entry);
};

/// @throws ConfigError for the first table at the top that is none of `known`
void refuse_unknown_tables(const TomlDocument& document, const std::vector<std::string>& known);

/// @throws ConfigError for the first key, table or preset, in the order of the text, that no reader
/// knew; overrides come before the text
void refuse_unread(const TomlDocument& document, const std::vector<ReadTable>& tables);

}  // namespace cambrian
