// Room-private: a StateReader on an HDF5 group of a file that is not trusted. Sizes are held
// against what the file stores before memory is taken; links to other files are not followed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cambrian/core/state.hpp"
#include "cambrian/run_file/detail/disk.hpp"
#include "cambrian/run_file/detail/hdf5_handle.hpp"
#include "cambrian/run_file/detail/seal.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian::hdf5 {

/// What all groups of one open file share.
struct Input {
  std::string path;
  disk::Descriptor descriptor;
  std::uint64_t bytes = 0;
  std::vector<seal::Extent> extents;  ///< by offset; empty where the file is not sealed
};

class Reader final : public StateReader {
 public:
  /// @param path  of the group, ends with '/'
  Reader(const Input& input, Handle group, std::string path)
      : input_(input), group_(std::move(group)), path_(std::move(path)) {}
  /// A `genome` group, or a table within one, reads from here on as if it held these rows alone:
  /// offsets begin at 0, and a table to which they point has the rows between them.
  void narrow(std::optional<RowRange> rows) { rows_ = rows; }

  std::size_t width(std::string_view name) const override;
  bool has(std::string_view name) const override;
  bool has_attribute(std::string_view name) const override;
  Attribute attribute(std::string_view name) const override;
  std::unique_ptr<Reader> child(std::string_view name) const;
  std::unique_ptr<StateReader> group(std::string_view name) const override { return child(name); }
  std::vector<std::string> columns() const override { return children(H5I_DATASET); }
  std::vector<std::string> groups() const override { return children(H5I_GROUP); }

  hid_t id() const { return group_.get(); }
  /// A column without reading it.
  ColumnInfo info(std::string_view name) const;
  /// A column of whatever type it is, or some rows of it.
  ColumnData read(std::string_view name) const override;
  ColumnData read(std::string_view name, RowRange rows) const;

 protected:
  [[noreturn]] void wrong_type(std::string_view name) const override;

 private:
  [[noreturn]] void fail(std::string_view name, const std::string& what) const;
  /// The object itself, if it is here and no link to elsewhere.
  Handle open(const std::string& name) const;
  Handle open_column(std::string_view name) const;
  ColumnInfo info(const Handle& data, std::string_view name) const;
  std::vector<std::string> children(H5I_type_t kind) const;
  template <class T>
  ColumnData read_as(const Handle& data, const ColumnInfo& column, RowRange range) const;
  const seal::Extent* extent_of(const Handle& data) const;
  /// Where each of the rows begins, and where the last one ends.
  std::vector<std::uint64_t> offsets(std::string_view name) const;
  RowRange between(std::string_view offset) const;

  const Input& input_;
  Handle group_;
  std::string path_;
  std::optional<RowRange> rows_;
};

}  // namespace cambrian::hdf5
