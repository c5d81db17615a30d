#include "cambrian/configuration/detail/parameter_writer.hpp"

#include "cambrian/configuration/toml_text.hpp"

namespace cambrian {

void ParameterWriter::boolean(std::string_view name, bool& value, const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

void ParameterWriter::integer(std::string_view name, std::int64_t& value, Range<std::int64_t>,
                              const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

void ParameterWriter::real(std::string_view name, double& value, Range<double>, const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

void ParameterWriter::text(std::string_view name, std::string& value, const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

void ParameterWriter::choice(std::string_view name, std::string& value,
                             const std::vector<std::string_view>&, const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

void ParameterWriter::integers(std::string_view name, std::vector<std::int64_t>& value,
                               Range<std::int64_t>, const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

void ParameterWriter::reals(std::string_view name, std::vector<double>& value, Range<double>,
                            const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

void ParameterWriter::texts(std::string_view name, std::vector<std::string>& value,
                            const Meaning&) {
  entries_.emplace_back(name, toml_text(value));
}

}  // namespace cambrian
