#include "cambrian/picture/stroke_font.hpp"

#include <algorithm>
#include <array>

namespace cambrian {
namespace {

// A glyph: strokes separated by blanks, a stroke its points, a point two digits x y. Ascenders
// begin at y = 0, an 'x' at 2, the baseline is 6, descenders end at 8.
struct Glyph {
  char letter;
  std::string_view strokes;
};

constexpr std::array kGlyphs = {
    Glyph{'a', "4332120305163645 4246"},
    Glyph{'b', "0006 0312324345361605"},
    Glyph{'c', "4332120305163645"},
    Glyph{'d', "4046 4332120305163645"},
    Glyph{'e', "04444332120305163645"},
    Glyph{'f', "30201116 0232"},
    Glyph{'g', "4332120305163645 4247381807"},
    Glyph{'h', "0006 0312324346"},
    Glyph{'i', "0206 00"},
    Glyph{'j', "121708 10"},
    Glyph{'k', "0006 320436"},
    Glyph{'l', "000516"},
    Glyph{'m', "0206 03122326 23324346"},
    Glyph{'n', "0206 0312324346"},
    Glyph{'o', "123243453616050312"},
    Glyph{'p', "0208 0312324345361605"},
    Glyph{'q', "4248 4332120305163645"},
    Glyph{'r', "0206 031232"},
    Glyph{'s', "43321203143445361605"},
    Glyph{'t', "10152636 0232"},
    Glyph{'u', "0205163645 4246"},
    Glyph{'v', "022642"},
    Glyph{'w', "0216243642"},
    Glyph{'x', "0246 4206"},
    Glyph{'y', "0205163645 4247381807"},
    Glyph{'z', "02420646"},
    Glyph{'0', "103041453616050110"},
    Glyph{'1', "112026 1636"},
    Glyph{'2', "01103041420646"},
    Glyph{'3', "01103041423323 334445361605"},
    Glyph{'4', "36300444"},
    Glyph{'5', "400002324345361605"},
    Glyph{'6', "413010010516364544331304"},
    Glyph{'7', "004016"},
    Glyph{'8', "13020110304142331304051636454433"},
    Glyph{'9', "051636454130100102133342"},
    Glyph{'.', "06"},
    Glyph{',', "1607"},
    Glyph{':', "03 06"},
    Glyph{'-', "0434"},
    Glyph{'_', "0747"},
    Glyph{'=', "0343 0545"},
    Glyph{'+', "0444 2226"},
    Glyph{'/', "0640"},
    Glyph{'(', "10010516"},
    Glyph{')', "00111506"},
    Glyph{'%', "0640 01 45"},
    Glyph{'?', "0110304142332324 26"},
};
constexpr std::string_view kUnknown = "0242460602";
constexpr double kMiddle = 4;  // of an 'x'
constexpr double kGap = 2;     // between letters
constexpr double kBlank = 3;

std::string_view strokes_of(char letter) {
  if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  const auto* found =
      std::ranges::find_if(kGlyphs, [letter](const Glyph& g) { return g.letter == letter; });
  return found == kGlyphs.end() ? kUnknown : found->strokes;
}

/// Writes one letter at x; returns where the next begins.
double put(std::string_view strokes, double x, std::vector<std::vector<ScenePoint>>& lines) {
  double width = 0;
  lines.emplace_back();
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    if (strokes[i] == ' ') {
      lines.emplace_back();
      continue;
    }
    const double right = strokes[i] - '0';
    const double down = strokes[++i] - '0';
    width = std::max(width, right);
    lines.back().push_back({x + right, down - kMiddle});
  }
  return x + width + kGap;
}

}  // namespace

std::vector<std::vector<ScenePoint>> text_strokes(std::string_view words) {
  std::vector<std::vector<ScenePoint>> lines;
  double x = 0;
  for (const char letter : words) {
    x = letter == ' ' ? x + kBlank : put(strokes_of(letter), x, lines);
  }
  return lines;
}

double text_width(std::string_view words) {
  double width = 0;
  for (const std::vector<ScenePoint>& line : text_strokes(words)) {
    for (const ScenePoint& p : line) width = std::max(width, p.x);
  }
  return width;
}

}  // namespace cambrian
