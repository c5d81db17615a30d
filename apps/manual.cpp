#include "apps/manual.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace cambrian::apps {
namespace {

/// Text that roff takes for nothing else: no commands, plain hyphens that can be copied.
std::string roff(const std::string& text) {
  std::string result = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (c == '\'') {
      result += "\\(aq";
    } else if (c == '`') {
      result += "\\(ga";
    } else if (c == '^') {
      result += "\\(ha";
    } else if (c == '~') {
      result += "\\(ti";
    } else {
      result += c;
    }
  }
  return result;
}

std::string heading(const CallTable& table, const std::string& page) {
  std::string title = page;
  std::ranges::transform(title, title.begin(), [](unsigned char c) { return std::toupper(c); });
  return fmt::format(".TH \"{}\" 1 \"\" \"{} {}\" \"User Commands\"\n", roff(title),
                     roff(table.program), roff(table.version));
}

/// Its names and the value that it takes, in bold and italics.
std::string option_words(const CallOption& option) {
  std::string text;
  for (const std::string& name : option.names)
    text += (text.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
  if (option.value.empty()) return text;
  return text + (text.empty() ? "" : " ") + "\\fI" + roff(option.value) + "\\fR";
}

std::string option_paragraph(const CallOption& option) {
  std::string text = ".TP\n" + option_words(option) + "\n" + roff(option.meaning);
  if (!option.standard.empty()) text += "; default: " + roff(option.standard);
  if (option.required) text += "; required";
  return text + "\n";
}

/// One that must be given stands in the synopsis by itself.
std::string synopsis(const CallTable& table, const CallVerb& verb) {
  std::string text =
      fmt::format(".SH SYNOPSIS\n\\fB{} {}\\fR", roff(table.program), roff(verb.name));
  for (const CallOption& option : verb.options) {
    if (!option.names.empty() && !option.required) continue;
    const std::string words = option_words(option) + (option.repeated ? "..." : "");
    text += option.required ? " " + words : " [" + words + "]";
  }
  return text + " [\\fIOPTIONS\\fR]\n";
}

std::string examples(const CallVerb& verb) {
  std::string text = ".SH EXAMPLES\n.nf\n";
  for (const std::string& line : verb.examples) text += roff(line) + "\n";
  return text + ".fi\n";
}

constexpr const char* kStatuses = R"(.SH EXIT STATUS
.TP
0
done
.TP
1
it failed, as one line on standard error says
.TP
2
the call or the configuration is wrong
.TP
130, 143, 129
SIGINT (Ctrl\-C), SIGTERM or SIGHUP stopped a run, whose state is saved
)";

}  // namespace

std::string program_manual(const CallTable& table) {
  const std::string program = roff(table.program);
  std::string text = heading(table, table.program);
  text += fmt::format(".SH NAME\n{} \\- {}\n", program, roff(table.top.summary));
  text += fmt::format(".SH SYNOPSIS\n\\fB{}\\fR \\fIVERB\\fR [\\fIOPTIONS\\fR]\n", program);
  text += fmt::format(
      ".SH DESCRIPTION\nSearches for many different good solutions and keeps a map of what it "
      "found. A configuration in TOML names every part; \\fB{0} list\\fR shows what can be named, "
      "and \\fB{0} describe\\fR \\fINAME\\fR explains it. A run writes one file in HDF5, which can "
      "be continued, queried and drawn.\n.SH VERBS\n",
      program);
  for (const CallVerb& verb : table.verbs)
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(verb.name), roff(verb.summary));
  text += ".SH OPTIONS\n";
  for (const CallOption& option : table.top.options) text += option_paragraph(option);
  text += kStatuses;
  text += ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nif set, nothing is printed in colour\n";
  text += examples(table.top) + ".SH SEE ALSO\n";
  for (std::size_t i = 0; i < table.verbs.size(); ++i) {
    text += fmt::format(".BR {}\\-{} (1){}\n", program, roff(table.verbs[i].name),
                        i + 1 < table.verbs.size() ? "," : "");
  }
  return text;
}

std::string verb_manual(const CallTable& table, const CallVerb& verb) {
  const std::string page = table.program + "-" + verb.name;
  std::string text = heading(table, page);
  text += fmt::format(".SH NAME\n{} \\- {}\n", roff(page), roff(verb.summary));
  text += synopsis(table, verb);
  if (!verb.notes.empty()) text += ".SH DESCRIPTION\n" + roff(verb.notes) + "\n";
  text += ".SH OPTIONS\n";
  for (const CallOption& option : verb.options) text += option_paragraph(option);
  return text + examples(verb) + fmt::format(".SH SEE ALSO\n.BR {} (1)\n", roff(table.program));
}

}  // namespace cambrian::apps
