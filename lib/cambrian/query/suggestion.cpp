#include "cambrian/query/suggestion.hpp"

#include <algorithm>

#include "cambrian/core/nearest_word.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kMostListed = 40;
constexpr std::size_t kSuggestionShown = 60;  // characters of each

}  // namespace

std::string unknown_name(std::string_view what, std::string_view name,
                         const std::vector<std::string>& known) {
  std::string message = "there is no ";
  message.append(what).append(" ").append(quoted(name));
  const std::string near = nearest_word(name, known);
  if (near.empty())
    message.append(".");
  else
    message.append("; did you mean ").append(quoted(near)).append("?");
  message.append(" There are: ");
  for (std::size_t i = 0; i < std::min(known.size(), kMostListed); ++i)
    message.append(i > 0 ? ", " : "").append(printable(known[i], kSuggestionShown));
  if (known.size() > kMostListed) message.append(", ...");
  return message;
}

}  // namespace cambrian
