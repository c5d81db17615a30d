#include <sstream>

#include "cambrian/catalogue/detail/describe_parts.hpp"

namespace cambrian {
namespace {

std::vector<NetworkNote> notes_of(const Catalogue& catalogue, const std::string& encoding) {
  const auto made = encoding_for_least_body(catalogue, encoding);
  if (!made || *made == nullptr) return {};
  std::vector<NetworkNote> notes = (*made)->notes();
  if (notes.empty()) return notes;
  notes.push_back(
      {"mapping",
       "linear, from [min, max] onto [low, high]: low + (high - low) (s - min) / (max - "
       "min); what lies outside its range stays outside; a sensor's and motor's range: "
       "`cambrian describe ENVIRONMENT`, or sensor_min, sensor_max, motor_min, motor_max "
       "of a run file"});
  return notes;
}

/// Words in lines of at most `width`, those after the first behind `indent` blanks.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t width) {
  std::istringstream words(text);
  std::string lines;
  std::size_t length = 0;
  for (std::string word; words >> word;) {
    if (length > 0 && length + 1 + word.size() > width) {
      lines += "\n" + std::string(indent, ' ');
      length = 0;
    }
    lines += (length > 0 ? " " : "") + word;
    length += (length > 0 ? 1 : 0) + word.size();
  }
  return lines;
}

}  // namespace

std::string network_text(const Catalogue& catalogue, const std::string& encoding) {
  constexpr std::size_t kLine = 100;
  constexpr std::size_t kIndent = 11;
  std::vector<TextRow> rows;
  for (const NetworkNote& note : notes_of(catalogue, encoding))
    rows.push_back({note.subject, wrapped(note.text, kIndent, kLine - kIndent)});
  return rows.empty() ? "" : "\nnetwork\n" + sheet(rows);
}

Json network_json(const Catalogue& catalogue, const std::string& encoding) {
  auto json = Json::array();
  for (const NetworkNote& note : notes_of(catalogue, encoding))
    json.push_back({{"subject", note.subject}, {"text", note.text}});
  return json;
}

}  // namespace cambrian
