#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/run_file/detail/additions.hpp"
#include "cambrian/run_file/detail/disk.hpp"
#include "cambrian/run_file/detail/hdf5_reader.hpp"
#include "cambrian/run_file/detail/hdf5_writer.hpp"
#include "cambrian/run_file/run_file.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian {

namespace fs = std::filesystem;

struct RunFileWriter::Impl {
  std::optional<RunFileLock> lock;  ///< where the caller holds none
  fs::path target;
  fs::path temporary;
  disk::Descriptor descriptor;
  hdf5::Output output;
  hdf5::Handle file;
  std::unique_ptr<hdf5::Writer> root;
  bool committed = false;

  [[noreturn]] void fail(const std::string& why) const {
    throw FileError(output.path, "cannot be written: " + why);
  }

  /// Closes the HDF5 file. @throws FileError if it is not whole
  void close_file() {
    root.reset();
    const bool closed = H5Fclose(file.release()) >= 0;
    if (output.sink.error != 0) fail(std::strerror(output.sink.error));
    if (!closed) fail(hdf5::cause());
  }

  ~Impl() {
    const hdf5::Quiet quiet;
    root.reset();
    if (output.sink.error == 0) output.sink.error = ECANCELED;  // nothing more is written
    file = hdf5::Handle();
    if (!committed && descriptor.get() >= 0) unlink(temporary.c_str());
  }
};

RunFileWriter::RunFileWriter(const fs::path& path, const RunFileLock* held)
    : impl_(std::make_unique<Impl>()) {
  if (held == nullptr) impl_->lock.emplace(path);
  const hdf5::Quiet quiet;
  impl_->output.path = path.string();
  impl_->target = disk::destination(path);
  impl_->temporary = disk::beside(impl_->target, ".tmp");
  impl_->descriptor = disk::Descriptor(
      open(impl_->temporary.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (impl_->descriptor.get() < 0) impl_->fail(disk::last_error());
  impl_->output.sink.descriptor = impl_->descriptor.get();
  impl_->file = hdf5::create_file(impl_->temporary.c_str(), impl_->output.sink);
  if (!impl_->file) impl_->fail(hdf5::cause());
  hdf5::Handle group(H5Gopen2(impl_->file.get(), "/", H5P_DEFAULT));
  if (!group) impl_->fail(hdf5::cause());
  impl_->root = std::make_unique<hdf5::Writer>(impl_->output, std::move(group), "/");
  impl_->root->attribute("format", std::string("cambrian-run"));
  impl_->root->attribute("format_version", std::int64_t{1});
}

RunFileWriter::~RunFileWriter() = default;

StateWriter& RunFileWriter::root() { return *impl_->root; }

std::vector<std::string> RunFileWriter::keep_additions() {
  const hdf5::Quiet quiet;
  std::error_code none;
  if (!fs::exists(impl_->target, none)) return {};
  // Another program that opens the file at this moment changes its first bytes: look once more.
  constexpr int kLooks = 3;
  std::optional<RunFileReader> old;
  for (int look = 1; !old; ++look) {
    try {
      old.emplace(impl_->target);
    } catch (const FileError& error) {
      if (look == kLooks)
        return {std::string(error.what()) + "; what its user may have added is not kept"};
    }
  }
  std::vector<std::string> lost =
      hdf5::copy_additions(dynamic_cast<const hdf5::Reader&>(old->root()).id(),
                           dynamic_cast<const hdf5::Writer&>(*impl_->root).id());
  for (std::string& line : lost)
    line = printable(impl_->output.path + ": not kept: " + line, kLongestMessage);
  if (!old->warning().empty())
    lost.push_back(impl_->output.path +
                   ": another program has it open for writing; what it adds after this checkpoint "
                   "is lost, since the file is replaced");
  return lost;
}

void RunFileWriter::commit() {
  const hdf5::Quiet quiet;
  Impl& impl = *impl_;
  impl.close_file();
  struct stat old = {};
  if (stat(impl.target.c_str(), &old) == 0) fchmod(impl.descriptor.get(), old.st_mode & 07777);
  if (!seal::append(impl.descriptor.get(), std::move(impl.output.extents)) ||
      fsync(impl.descriptor.get()) != 0 || rename(impl.temporary.c_str(), impl.target.c_str()) != 0)
    impl.fail(disk::last_error());
  impl.committed = true;
  // The file is whole now. Its name is made safe, too, where the folder can be opened (one may be
  // written and not read) and synced, which some file systems do not know.
  const disk::Descriptor folder(
      open(disk::folder_of(impl.target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0 && fsync(folder.get()) != 0 && errno != EINVAL)
    impl.fail("its folder cannot be synced: " + disk::last_error());
}

}  // namespace cambrian
