// Room-private: a StateWriter on an HDF5 group.
#pragma once

#include <string>
#include <vector>

#include "cambrian/core/state.hpp"
#include "cambrian/run_file/detail/hdf5_driver.hpp"
#include "cambrian/run_file/detail/hdf5_handle.hpp"
#include "cambrian/run_file/detail/seal.hpp"

namespace cambrian::hdf5 {

/// What all groups of one file that is being written share.
struct Output {
  std::string path;  ///< the run file, for messages
  Sink sink;
  std::vector<seal::Extent> extents;  ///< the large columns written so far
};

class Writer final : public StateWriter {
 public:
  /// @param path  of the group, ends with '/'
  Writer(Output& output, Handle group, std::string path)
      : output_(output), group_(std::move(group)), path_(std::move(path)) {}

  void attribute(std::string_view name, const Attribute& value) override;
  std::unique_ptr<StateWriter> group(std::string_view name) override;
  hid_t id() const { return group_.get(); }

 protected:
  void write(std::string_view name, const ColumnView& values, std::size_t width, bool flat,
             const ColumnDoc& doc) override;

 private:
  /// @throws FileError if HDF5 failed, or the file did under it (a full disk)
  void check(bool done, std::string_view name) const;

  Output& output_;
  Handle group_;
  std::string path_;
};

}  // namespace cambrian::hdf5
