#include "cambrian/storage/suggestion.hpp"

#include <algorithm>
#include <numeric>

namespace cambrian {
namespace {

constexpr std::size_t kMostListed = 40;

/// Levenshtein 1966.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t swap = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({row[j - 1] + 1, above + 1, swap});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string unknown_name(std::string_view what, std::string_view name,
                         const std::vector<std::string>& known) {
  std::string message = "there is no ";
  message.append(what).append(" '").append(name).append("'");
  const auto nearest =
      std::min_element(known.begin(), known.end(), [&](const std::string& a, const std::string& b) {
        return edit_distance(name, a) < edit_distance(name, b);
      });
  if (nearest != known.end() && edit_distance(name, *nearest) <= 1 + name.size() / 3)
    message.append("; did you mean '").append(*nearest).append("'?");
  else
    message.append(".");
  message.append(" There are: ");
  for (std::size_t i = 0; i < std::min(known.size(), kMostListed); ++i)
    message.append(i > 0 ? ", " : "").append(known[i]);
  if (known.size() > kMostListed) message.append(", ...");
  return message;
}

}  // namespace cambrian
