// Room-private: some rows of a `genome` group, read without the others.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cambrian/run_file/detail/hdf5_reader.hpp"

namespace cambrian::hdf5 {

/// A `genome` group, or a table within one, as it would be if it held these rows alone: offsets
/// begin at 0, and a table to which they point has the rows between them.
class GenomeRows final : public StateReader {
 public:
  GenomeRows(std::unique_ptr<StateReader> group, RowRange rows);

  std::size_t width(std::string_view name) const override { return group_->width(name); }
  bool has(std::string_view name) const override { return group_->has(name); }
  bool has_attribute(std::string_view name) const override { return group_->has_attribute(name); }
  Attribute attribute(std::string_view name) const override { return group_->attribute(name); }
  std::unique_ptr<StateReader> group(std::string_view name) const override;
  std::vector<std::string> columns() const override { return group_->columns(); }
  std::vector<std::string> groups() const override { return group_->groups(); }

 protected:
  ColumnData read(std::string_view name) const override;
  [[noreturn]] void wrong_type(std::string_view name) const override;

 private:
  const Reader& columns_of() const { return dynamic_cast<const Reader&>(*group_); }
  std::vector<std::uint64_t> offsets(std::string_view name) const;
  RowRange between(std::string_view offset) const;

  std::unique_ptr<StateReader> group_;
  RowRange rows_;
};

}  // namespace cambrian::hdf5
