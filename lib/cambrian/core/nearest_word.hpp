// What would have been right, for error messages about names that are wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cambrian {

/// The nearest of `words` to `word` by edit distance, empty if none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& words);

}  // namespace cambrian
