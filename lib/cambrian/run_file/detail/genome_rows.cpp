#include "cambrian/run_file/detail/genome_rows.hpp"

#include <algorithm>

#include "cambrian/core/error.hpp"

namespace cambrian::hdf5 {
namespace {

bool is_offset(std::string_view name) { return name == "offset" || name.ends_with("_offset"); }

}  // namespace

GenomeRows::GenomeRows(std::unique_ptr<StateReader> group, RowRange rows)
    : group_(std::move(group)), rows_(rows) {}

/// Where each row begins, and where the last one ends.
std::vector<std::uint64_t> GenomeRows::offsets(std::string_view name) const {
  ColumnData data = columns_of().rows(name, {rows_.begin, rows_.end + 1});
  auto* values = std::get_if<std::vector<std::uint64_t>>(&data);
  if (values == nullptr) wrong_type(name);
  if (!std::ranges::is_sorted(*values))
    throw Error("genome: column '" + std::string(name) + "' does not increase");
  return std::move(*values);
}

RowRange GenomeRows::between(std::string_view offset) const {
  const std::vector<std::uint64_t> bounds = offsets(offset);
  return {bounds.front(), bounds.back()};
}

ColumnData GenomeRows::read(std::string_view name) const {
  if (is_offset(name)) {
    std::vector<std::uint64_t> values = offsets(name);
    const std::uint64_t first = values.front();
    for (std::uint64_t& value : values) value -= first;
    return values;
  }
  const bool ragged = name == "gene" && group_->has("offset");
  return columns_of().rows(name, ragged ? between("offset") : rows_);
}

std::unique_ptr<StateReader> GenomeRows::group(std::string_view name) const {
  const std::string offset = std::string(name) + "_offset";
  const RowRange rows = group_->has(offset) ? between(offset) : rows_;
  return std::make_unique<GenomeRows>(group_->group(name), rows);
}

void GenomeRows::wrong_type(std::string_view name) const {
  throw Error("genome: column '" + std::string(name) + "' does not have the expected type");
}

}  // namespace cambrian::hdf5
