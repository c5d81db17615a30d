// What becomes of a run's configuration where `cambrian rebin` changes keys of its archive.
#pragma once

#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/configuration/configuration.hpp"

namespace cambrian {

/// "archive.shape=[50, 50]" as an assignment to [result_archive], and the key.
struct Change {
  std::string key;         ///< "shape"
  std::string assignment;  ///< "result_archive.shape=[50, 50]"
  std::string written;     ///< as it was given
};

/// @throws ConfigError unless it sets a key of [archive] or [result_archive]
Change change_of(const std::string& set);

/// The configuration as it was, with the archive's table as [result_archive], in which the changes are
/// not made yet.
struct RebinnedText {
  std::string text;
  std::vector<std::string> lost;  ///< what had been set and does not stay: "min = [0, 0]"
};
RebinnedText rebinned_text(const std::vector<EffectiveTable>& tables,
                           const std::vector<Change>& changes, const Catalogue& catalogue);

}  // namespace cambrian
