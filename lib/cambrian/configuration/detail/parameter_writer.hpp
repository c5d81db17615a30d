// The visitor that writes parameters down as TOML.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

class ParameterWriter final : public ParameterVisitor {
 public:
  using Entry = std::pair<std::string, std::string>;  ///< key, value as TOML
  /// In order of declaration.
  const std::vector<Entry>& entries() const { return entries_; }

  void boolean(std::string_view name, bool& value, const Meaning& meaning) override;
  void integer(std::string_view name, std::int64_t& value, Range<std::int64_t> range,
               const Meaning& meaning) override;
  void real(std::string_view name, double& value, Range<double> range,
            const Meaning& meaning) override;
  void text(std::string_view name, std::string& value, const Meaning& meaning) override;
  void choice(std::string_view name, std::string& value,
              const std::vector<std::string_view>& allowed, const Meaning& meaning) override;
  void integers(std::string_view name, std::vector<std::int64_t>& value, Range<std::int64_t> range,
                const Meaning& meaning) override;
  void reals(std::string_view name, std::vector<double>& value, Range<double> range,
             const Meaning& meaning) override;
  void texts(std::string_view name, std::vector<std::string>& value,
             const Meaning& meaning) override;

 private:
  std::vector<Entry> entries_;
};

}  // namespace cambrian
