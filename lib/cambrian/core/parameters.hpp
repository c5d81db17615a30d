// Parameters are declared once: a struct whose visit() names each member, its range, its meaning
// and its source. Reading a configuration, checking it, `describe`, `list` and saving the effective
// configuration are visitors.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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

/// Meets each parameter of a struct in order of declaration. The reference is read or written, as
/// the visitor likes.
class ParameterVisitor {
 public:
  virtual ~ParameterVisitor() = default;
  virtual void boolean(std::string_view name, bool& value, const Meaning& meaning) = 0;
  virtual void integer(std::string_view name, std::int64_t& value, Range<std::int64_t> range,
                       const Meaning& meaning) = 0;
  virtual void real(std::string_view name, double& value, Range<double> range,
                    const Meaning& meaning) = 0;
  virtual void text(std::string_view name, std::string& value, const Meaning& meaning) = 0;
  virtual void choice(std::string_view name, std::string& value,
                      const std::vector<std::string_view>& allowed, const Meaning& meaning) = 0;
  virtual void integers(std::string_view name, std::vector<std::int64_t>& value,
                        Range<std::int64_t> range, const Meaning& meaning) = 0;
  virtual void reals(std::string_view name, std::vector<double>& value, Range<double> range,
                     const Meaning& meaning) = 0;
  virtual void texts(std::string_view name, std::vector<std::string>& value,
                     const Meaning& meaning) = 0;
};

/// The parameters of one component. A struct derives, gives its members their defaults, and visits
/// them.
struct Parameters {
  virtual ~Parameters() = default;
  virtual void visit(ParameterVisitor& visitor) = 0;
  /// The named sets of defaults; the first is the struct's own defaults.
  virtual std::vector<std::string_view> presets() const { return {"textbook"}; }
  /// Sets the members to a preset. @param name one of presets()
  virtual void apply_preset(std::string_view name) { static_cast<void>(name); }
};

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

/// Registry line of a `Made` that is built from (const P&, Context...).
template <class Product, class Made, class P, class... Context>
Component<Product, Context...> component(std::string name, std::string summary,
                                         std::string source) {
  return {std::move(name), std::move(summary), std::move(source),
          [] { return std::make_unique<P>(); },
          [](const Parameters& parameters, Context... context) -> std::unique_ptr<Product> {
            return std::make_unique<Made>(dynamic_cast<const P&>(parameters), context...);
          }};
}

}  // namespace cambrian
