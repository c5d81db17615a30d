#include "cambrian/genome/detail/json_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::json;

/// What stands there, cut to what a line can hold, in ASCII.
std::string shown(const Json& json) {
  constexpr std::size_t kLongest = 40;
  if (json.is_structured()) return json.is_array() ? "a list" : "an object";
  const std::string text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

/// The library's message without its own name and place: "[json.exception.parse_error.101] parse
/// error at line 1, column 5: syntax error ..."
std::string reason_of(const std::string& message) {
  std::string reason = message;
  if (const auto end = reason.find("] "); end != std::string::npos) reason.erase(0, end + 2);
  if (reason.starts_with("parse error")) {
    if (const auto end = reason.find(": "); end != std::string::npos) reason.erase(0, end + 2);
  }
  constexpr std::size_t kLongest = 120;
  return reason.size() <= kLongest ? reason : reason.substr(0, kLongest) + "...";
}

/// Of two members of one name the library would keep the last without a word.
class RefusesTwins {
 public:
  explicit RefusesTwins(const std::string& file) : file_(file) {}
  bool operator()(int /*depth*/, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) open_.emplace_back();
    if (event == Json::parse_event_t::object_end) open_.pop_back();
    if (event == Json::parse_event_t::key && !open_.back().insert(parsed).second) {
      throw ConfigError(file_, "an object has two members called " + shown(parsed));
    }
    return true;
  }

 private:
  const std::string& file_;
  std::vector<std::set<std::string>> open_;  // names so far, of each object that is being read
};

}  // namespace

void JsonValue::fault(const std::string& what) const {
  throw ConfigError(std::string(file_) + (place_.empty() ? "" : ": " + place_), what);
}

void JsonValue::wrong_type(const std::string& expected) const {
  fault("is " + shown(*json_) + ", but " + expected + " is expected");
}

void JsonValue::expect_members(std::initializer_list<std::string_view> known) const {
  if (!json_->is_object()) wrong_type("an object");
  for (const auto& [name, value] : json_->items()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    fault("has an unknown member " + quoted(name) +
          did_you_mean(name, {known.begin(), known.end()}));
  }
}

JsonValue JsonValue::member(const std::string& name) const {
  if (const std::optional<JsonValue> found = optional_member(name)) return *found;
  fault("lacks '" + name + "'");
}

std::optional<JsonValue> JsonValue::optional_member(const std::string& name) const {
  if (!json_->is_object()) wrong_type("an object");
  const auto found = json_->find(name);
  if (found == json_->end()) return std::nullopt;
  return JsonValue(file_, *found, place_.empty() ? name : place_ + "." + name);
}

std::vector<JsonValue> JsonValue::list() const {
  if (!json_->is_array()) wrong_type("a list");
  std::vector<JsonValue> values;
  values.reserve(json_->size());
  for (std::size_t i = 0; i < json_->size(); ++i) {
    values.emplace_back(file_, (*json_)[i], place_ + "[" + std::to_string(i) + "]");
  }
  return values;
}

std::string JsonValue::text() const {
  if (!json_->is_string()) wrong_type("a text");
  return json_->get<std::string>();
}

bool JsonValue::boolean() const {
  if (!json_->is_boolean()) wrong_type("true or false");
  return json_->get<bool>();
}

std::uint64_t JsonValue::whole(std::uint64_t max) const {
  if (!json_->is_number_unsigned() || json_->get<std::uint64_t>() > max) {
    wrong_type("a whole number from 0 to " + std::to_string(max));
  }
  return json_->get<std::uint64_t>();
}

float JsonValue::number() const {
  if (!json_->is_number()) wrong_type("a number");
  const auto value = json_->get<double>();
  if (!(std::abs(value) <= static_cast<double>(std::numeric_limits<float>::max()))) {
    wrong_type("a number that is finite in single precision");
  }
  return static_cast<float>(value);
}

nlohmann::json parse_json(const std::string& text, const std::string& file) {
  try {
    return Json::parse(text, RefusesTwins(file));
  } catch (const Json::parse_error& error) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
    const auto line = 1 + std::count(text.begin(), end, '\n');
    throw ConfigError(file + ":" + std::to_string(line), "is not JSON: " + reason_of(error.what()));
  } catch (const Json::exception& error) {
    throw ConfigError(file, "is not JSON: " + reason_of(error.what()));
  }
}

}  // namespace cambrian
