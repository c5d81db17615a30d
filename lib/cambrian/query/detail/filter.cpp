#include "cambrian/query/detail/filter.hpp"

#include <muParser.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"

namespace cambrian {
namespace {

constexpr const char* kFlag = "--where";
constexpr std::size_t kShown = 60;  // characters of a number in messages

/// muparser would take `x = 7` as an assignment.
void refuse_assignment(const std::string& expression) {
  const std::string partners = "=!<>";
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] != '=') continue;
    if (i + 1 < expression.size() && expression[i + 1] == '=') {
      ++i;
      continue;
    }
    if (i > 0 && partners.find(expression[i - 1]) != std::string::npos) continue;
    throw ConfigError(
        kFlag, "a lone '=' at position " + std::to_string(i + 1) + "; to compare, write '=='");
  }
}

/// A chain would be (a < b) < c, the comparison of a truth with c.
void refuse_chains(const std::string& expression) {
  std::vector<bool> compared = {false};  // at each depth of parentheses, since the last && or ||
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const char c = expression[i];
    const bool doubled = i + 1 < expression.size() && expression[i + 1] == c;
    const bool is_equal = i + 1 < expression.size() && expression[i + 1] == '=';
    if (c == '(') {
      compared.push_back(false);
    } else if (c == ')' && compared.size() > 1) {
      compared.pop_back();
    } else if (c == ',' || c == '?' || c == ':' || ((c == '&' || c == '|') && doubled)) {
      compared.back() = false;
    } else if (c == '<' || c == '>' || ((c == '=' || c == '!') && is_equal)) {
      if (compared.back()) {
        throw ConfigError(kFlag, "a second comparison at position " + std::to_string(i + 1) +
                                     "; to join two, write '&&'");
      }
      compared.back() = true;
      if (is_equal) ++i;
    }
  }
}

mu::value_type is_missing(mu::value_type value) { return std::isnan(value) ? 1 : 0; }
mu::value_type negate(mu::value_type value) { return value == 0 ? 1 : 0; }

[[noreturn]] void refuse(const std::string& what) {
  throw ConfigError(kFlag,
                    what + " (operators: == != < <= > >= && || ! + - * / ^ and parentheses)");
}

/// Part of a word, as muparser has them in names.
bool is_plain(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
/// Part of a word to the eye: also `.` and what is not ASCII.
bool is_word(char c) { return is_plain(c) || c == '.' || static_cast<unsigned char>(c) >= 0x80; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(const std::string& text) {
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size();
}

/// muparser would round a number that no double holds, and take one that is too large for a name.
void refuse_inexact_numbers(const std::string& expression) {
  for (std::size_t i = 0; i < expression.size();) {
    const std::size_t begin = i;
    while (i < expression.size() && is_word(expression[i])) ++i;
    if (i == begin) ++i;
    if (!is_digit(expression[begin])) continue;
    const std::string word = expression.substr(begin, i - begin);
    if (std::isinf(std::strtod(word.c_str(), nullptr)))
      refuse(quoted(word) + " is too large for a number");
    if (std::ranges::all_of(word, is_digit) && std::strtod(word.c_str(), nullptr) >= 0x1p53) {
      throw ConfigError(kFlag,
                        printable(word, kShown) +
                            " is too large: numbers are compared as doubles, exact below 2^53 "
                            "(9007199254740992); for no parent write missing(parents_0), otherwise "
                            "export with --format csv");
    }
  }
}

/// An expression in which columns whose names muparser does not take, `network.links` or `max`,
/// stand under names that it takes. These are as long, so that positions in messages stay right.
class PlainExpression {
 public:
  PlainExpression(const Table& table, const mu::Parser& parser, const std::string& written) {
    for (const std::string& name : table.all_names()) {
      taken_[name] = "";
      if (needs_another(parser, name)) odd_.push_back(name);
    }
    for (const auto& [name, unused] : parser.GetFunDef()) taken_[name] = "";
    for (const auto& [name, unused] : parser.GetConst()) taken_[name] = "";
    // A name that begins with another one comes first: the longest that fits is meant.
    std::ranges::stable_sort(odd_, std::greater<>(), &std::string::size);
    while (text_.size() < written.size()) translate_next(table, parser, written);
  }

  const std::string& text() const { return text_; }

  /// A name of the expression as the table has it.
  std::string column(const std::string& name) const {
    const auto found = taken_.find(name);
    return found == taken_.end() || found->second.empty() ? name : found->second;
  }

  /// What muparser says, with the names as they were written.
  std::string as_written(std::string message) const {
    for (const auto& [stand_in, name] : taken_) {
      if (name.empty()) continue;
      for (std::size_t at = 0; (at = message.find(stand_in, at)) != std::string::npos;
           at += name.size()) {
        message.replace(at, stand_in.size(), name);
      }
    }
    return message;
  }

 private:
  static bool is_function(const mu::Parser& parser, const std::string& name) {
    return parser.GetFunDef().contains(name);
  }

  /// A number stays a number, even where a column is called so.
  static bool needs_another(const mu::Parser& parser, const std::string& name) {
    if (name.empty() || is_number(name)) return false;
    return !std::ranges::all_of(name, is_plain) || is_digit(name.front()) ||
           is_function(parser, name) || parser.GetConst().contains(name);
  }

  void translate_next(const Table& table, const mu::Parser& parser, const std::string& written) {
    const std::size_t at = text_.size();
    const std::string_view rest = std::string_view(written).substr(at);
    if (at == 0 || !is_word(written[at - 1])) {
      for (const std::string& name : odd_) {
        if (!rest.starts_with(name)) continue;
        if (rest.size() > name.size() && is_word(name.back()) && is_word(rest[name.size()]))
          continue;
        const std::size_t next = rest.find_first_not_of(" \t", name.size());
        const bool called = next != std::string_view::npos && rest[next] == '(';
        if (called && is_function(parser, name)) continue;
        text_ += stand_in(name);
        return;
      }
      const std::string word(rest.begin(), std::ranges::find_if_not(rest, is_word));
      if (!word.empty() && !is_digit(word.front()) && word.front() != '.' &&
          !std::ranges::all_of(word, is_plain)) {
        table.require(word, kFlag);
      }
    }
    text_ += written[at];
  }

  std::string stand_in(const std::string& name) {
    for (const auto& [known, of] : taken_)
      if (of == name) return known;
    std::string tried = name;
    std::ranges::replace_if(
        tried, [](char c) { return !is_plain(c); }, '_');
    if (is_digit(tried.front())) tried.front() = '_';
    for (std::size_t count = 0; taken_.contains(tried); ++count) {
      std::size_t digits = count;
      for (std::size_t i = tried.size(); i-- > 0; digits /= 26) {
        tried[i] = static_cast<char>('A' + digits % 26);
        if (digits < 26) break;
      }
    }
    taken_[tried] = name;
    return tried;
  }

  std::string text_;
  std::vector<std::string> odd_;
  std::map<std::string, std::string> taken_;  ///< names in use; for stand-ins what they stand for
};

}  // namespace

std::vector<std::size_t> matching_rows(Table& table, const std::string& expression) {
  mu::Parser parser;
  parser.DefineFun("missing", is_missing);
  const PlainExpression plain(table, parser, expression);
  refuse_assignment(plain.text());
  refuse_chains(plain.text());
  refuse_inexact_numbers(plain.text());
  std::vector<std::size_t> rows;
  try {
    parser.DefineInfixOprt("!", negate);
    parser.SetExpr(plain.text());
    std::vector<std::string> names;
    for (const auto& [name, unused] : parser.GetUsedVar()) names.push_back(name);
    std::vector<TableColumn> columns;
    columns.reserve(names.size());
    for (const std::string& name : names) table.require(plain.column(name), kFlag);
    for (const std::string& name : names) columns.push_back(table.read(plain.column(name)));
    std::vector<double> values(columns.size());  // copies, which an expression may not change
    for (std::size_t i = 0; i < names.size(); ++i) parser.DefineVar(names[i], &values[i]);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      for (std::size_t i = 0; i < columns.size(); ++i) values[i] = columns[i].number(row);
      int results = 0;
      const mu::value_type* result = parser.Eval(results);
      if (results != 1) throw ConfigError(kFlag, "one condition is expected; join them with &&");
      if (!std::isnan(result[0]) && result[0] != 0) rows.push_back(row);
    }
    if (table.rows() == 0) {
      int results = 0;
      parser.Eval(results);  // a wrong expression is wrong on an empty table, too
    }
  } catch (const mu::ParserError& error) {
    refuse(plain.as_written(error.GetMsg()));
  }
  return rows;
}

}  // namespace cambrian
