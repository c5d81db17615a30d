// Room-private: a StateReader on an HDF5 group of a file that is not trusted. Sizes are held
// against what the file stores before memory is taken; links to other files are not followed.
#pragma once

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

  std::size_t width(std::string_view name) const override;
  bool has(std::string_view name) const override;
  bool has_attribute(std::string_view name) const override;
  Attribute attribute(std::string_view name) const override;
  std::unique_ptr<StateReader> group(std::string_view name) const override;
  std::vector<std::string> columns() const override { return children(H5I_DATASET); }
  std::vector<std::string> groups() const override { return children(H5I_GROUP); }

  hid_t id() const { return group_.get(); }
  /// Shape of a column without reading it.
  struct Shape {
    std::size_t rows = 0;
    std::size_t width = 1;
    bool flat = true;
  };
  Shape shape(std::string_view name) const;
  /// A column of whatever type it is.
  ColumnData any_column(std::string_view name) const { return read(name); }
  /// Some rows of it.
  ColumnData rows(std::string_view name, RowRange range) const;

 protected:
  ColumnData read(std::string_view name) const override;
  [[noreturn]] void wrong_type(std::string_view name) const override;

 private:
  [[noreturn]] void fail(std::string_view name, const std::string& what) const;
  /// The object itself, if it is here and no link to elsewhere.
  Handle open(const std::string& name) const;
  Handle open_column(std::string_view name) const;
  Shape shape(const Handle& data, std::string_view name) const;
  std::vector<std::string> children(H5I_type_t kind) const;
  template <class T>
  ColumnData read_as(const Handle& data, std::string_view name, const Shape& shape,
                     RowRange range) const;
  const seal::Extent* extent_of(const Handle& data) const;

  const Input& input_;
  Handle group_;
  std::string path_;
};

}  // namespace cambrian::hdf5
