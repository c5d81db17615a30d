// Parameters are declared once: a struct whose visit() names each member, its range, its meaning
// and its source. Reading a configuration, checking it, `describe`, `list` and saving the effective
// configuration are visitors.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace cambrian {

/// What `describe` says of a parameter.
struct Meaning {
  std::string_view text;       ///< one line
  std::string_view unit = {};  ///< where one applies
  std::string_view source =
      {};  ///< paper or code where the default comes from; "our choice" where we chose
};

/// Closed interval of allowed values.
template <class T>
struct Range {
  T min = std::numeric_limits<T>::lowest();
  T max = std::numeric_limits<T>::max();
};

/// A word of a configuration and the value of an enum that it stands for.
template <class E>
struct Choice {
  std::string_view word;
  E value;
};

/// A list of shapes, such as those of the layers of a substrate: [10, [5, 5]] is a row of 10 and a
/// grid of 5 x 5. A shape of one number is written without brackets.
using Shapes = std::vector<std::vector<std::int64_t>>;

/// Any value that a parameter can have; a choice is its word.
using ParameterValue =
    std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<std::string>, Shapes>;

/// A parameter of a struct on its way past a visitor, which may read or write the value.
struct Parameter {
  std::string_view name;
  std::variant<bool*, std::int64_t*, double*, std::string*, std::vector<std::int64_t>*,
               std::vector<double>*, std::vector<std::string>*, Shapes*>
      value;
  const Meaning& meaning;
  /// Of a number, or of each one in a list.
  std::variant<std::monostate, Range<std::int64_t>, Range<double>> range = {};
  std::vector<std::string> words = {};  ///< of a choice; empty: any text will do

  ParameterValue held() const {
    return std::visit([](const auto* held) { return ParameterValue(*held); }, value);
  }
};

struct Fault {
  std::size_t entry = 0;  ///< of a list, from 1; 0: the value itself
  std::string reason;     ///< "is 0, but at least 1 is expected"; empty: there is none
};

/// Whether a value lies outside its range or its words.
Fault first_fault(const Parameter& parameter);
/// @throws ConfigError that names the parameter, if it has a fault
void check(const Parameter& parameter);

/// Meets each parameter of a struct in order of declaration.
class ParameterVisitor {
 public:
  virtual ~ParameterVisitor() = default;
  void boolean(std::string_view name, bool& value, const Meaning& meaning) {
    meet({name, &value, meaning});
  }
  void integer(std::string_view name, std::int64_t& value, Range<std::int64_t> range,
               const Meaning& meaning) {
    meet({name, &value, meaning, range});
  }
  void real(std::string_view name, double& value, Range<double> range, const Meaning& meaning) {
    meet({name, &value, meaning, range});
  }
  void text(std::string_view name, std::string& value, const Meaning& meaning) {
    meet({name, &value, meaning});
  }
  void integers(std::string_view name, std::vector<std::int64_t>& value, Range<std::int64_t> range,
                const Meaning& meaning) {
    meet({name, &value, meaning, range});
  }
  void reals(std::string_view name, std::vector<double>& value, Range<double> range,
             const Meaning& meaning) {
    meet({name, &value, meaning, range});
  }
  void texts(std::string_view name, std::vector<std::string>& value, const Meaning& meaning) {
    meet({name, &value, meaning});
  }
  /// @param range  of each number
  void shapes(std::string_view name, Shapes& value, Range<std::int64_t> range,
              const Meaning& meaning) {
    meet({name, &value, meaning, range});
  }
  /// One value of an enum: visitor.choice("stop", stop, {{"budget", Stop::budget}, ...}, {...}).
  /// @throws ConfigError if the value before, or the word after, is none of them
  template <class E>
  void choice(std::string_view name, E& value,
              const std::vector<Choice<std::type_identity_t<E>>>& choices, const Meaning& meaning) {
    std::string word = word_of(choices, value);
    meet_checked({name, &word, meaning, {}, words_of(choices)});
    read_word(choices, word, value);
  }
  /// A list of them.
  template <class E>
  void choices(std::string_view name, std::vector<E>& values,
               const std::vector<Choice<std::type_identity_t<E>>>& choices,
               const Meaning& meaning) {
    std::vector<std::string> chosen;
    chosen.reserve(values.size());
    for (const E value : values) chosen.push_back(word_of(choices, value));
    meet_checked({name, &chosen, meaning, {}, words_of(choices)});
    values.clear();
    for (const std::string& word : chosen) read_word(choices, word, values.emplace_back());
  }

 protected:
  virtual void meet(const Parameter& parameter) = 0;

 private:
  template <class E>
  static std::vector<std::string> words_of(const std::vector<Choice<E>>& choices) {
    std::vector<std::string> words;
    words.reserve(choices.size());
    for (const Choice<E>& choice : choices) words.emplace_back(choice.word);
    return words;
  }
  template <class E>
  static std::string word_of(const std::vector<Choice<E>>& choices, E value) {
    const auto found = std::ranges::find(choices, value, &Choice<E>::value);
    return found == choices.end() ? std::string() : std::string(found->word);
  }
  template <class E>
  static void read_word(const std::vector<Choice<E>>& choices, std::string_view word, E& value) {
    const auto found = std::ranges::find(choices, word, &Choice<E>::word);
    if (found != choices.end()) value = found->value;
  }
  void meet_checked(const Parameter& parameter) {
    check(parameter);
    meet(parameter);
    check(parameter);
  }
};

/// A key that has no effect as others stand.
struct IdleKey {
  std::string_view key;
  bool idle = false;
  std::string_view when;  ///< "without random_weights = true", after "has no effect"
};

/// The parameters of one component. A struct derives, gives its members their defaults, and visits
/// them.
struct Parameters {
  virtual ~Parameters() = default;
  virtual void visit(ParameterVisitor& visitor) = 0;
  /// The named sets of defaults; the first is the struct's own defaults.
  virtual std::vector<std::string_view> presets() const { return {"textbook"}; }
  /// Sets the members to a preset. @param name one of presets()
  virtual void apply_preset(std::string_view /*name*/) {}
  /// Its keys that others may make idle: a configuration that sets one in vain is refused.
  virtual std::vector<IdleKey> idle_keys() const { return {}; }
};

/// Calls meet(parameter) for each parameter of a struct, in order of declaration.
template <class Meet>
void for_each_parameter(Parameters& parameters, const Meet& meet) {
  class Visitor final : public ParameterVisitor {
   public:
    explicit Visitor(const Meet& act) : act_(act) {}

   private:
    void meet(const Parameter& parameter) override { act_(parameter); }
    const Meet& act_;
  };
  Visitor visitor(meet);
  parameters.visit(visitor);
}

/// check() for each parameter of a struct.
void check_parameters(Parameters& parameters);

/// The parameters as they were given, for constructors of components: none is made with a value
/// that its struct does not allow. @throws ConfigError as check()
template <class P>
P checked(P parameters) {
  check_parameters(parameters);
  return parameters;
}

/// What a component has against a key that it does not use as its other keys stand.
/// @param when  "unless restart is 'every'"  @throws ConfigError if it is set
void refuse_idle(std::string_view key, bool is_set, std::string_view when);

/// A component without parameters.
struct NoParameters final : Parameters {
  void visit(ParameterVisitor&) override {}
};

/// One line of a registry: what a configuration can name, its parameters, and how to make it.
/// Registries are plain vectors of these, returned by a function and passed on; nothing registers
/// itself.
template <class Product, class... Context>
struct Component {
  std::string name;     ///< snake_case
  std::string summary;  ///< one line for `list`
  std::string source;   ///< paper or code
  std::function<std::unique_ptr<Parameters>()> parameters;
  std::function<std::unique_ptr<Product>(const Parameters&, Context...)> make;
};

/// Registry line of a `Made` that is built from (const P&, Context...), with checked() parameters.
template <class Product, class Made, class P, class... Context>
Component<Product, Context...> component(std::string name, std::string summary,
                                         std::string source) {
  return {std::move(name), std::move(summary), std::move(source),
          [] { return std::make_unique<P>(); },
          [](const Parameters& parameters, Context... context) -> std::unique_ptr<Product> {
            return std::make_unique<Made>(checked(dynamic_cast<const P&>(parameters)), context...);
          }};
}

}  // namespace cambrian
