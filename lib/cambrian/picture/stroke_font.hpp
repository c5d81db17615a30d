// Letters as lines, drawn like everything else: no font file is needed, and the pixels are the same
// on every machine. Lower case only (capitals become lower case), digits and a few signs; anything
// else is a box.
#pragma once

#include <string_view>
#include <vector>

#include "cambrian/environment/scene.hpp"

namespace cambrian {

/// In steps of the font's grid: x from the first letter's left edge, y downward from the middle
/// between the baseline and the top of an 'x'. An 'x' is 4 wide and 4 high, a 'b' 6 high.
std::vector<std::vector<ScenePoint>> text_strokes(std::string_view words);

/// Width of a line of text, in steps of the font's grid.
double text_width(std::string_view words);

}  // namespace cambrian
