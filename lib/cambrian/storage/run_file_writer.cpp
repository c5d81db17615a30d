#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cambrian/core/error.hpp"
#include "cambrian/storage/hdf5_writer.hpp"
#include "cambrian/storage/run_file.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

std::string system_error() { return std::strerror(errno); }

/// The file that is to be replaced: behind links, and refused unless it is a file or not there.
fs::path destination(const fs::path& path) {
  std::error_code none;
  fs::path target = fs::is_symlink(path, none) ? fs::weakly_canonical(path, none) : path;
  if (target.empty()) target = path;
  const fs::file_status status = fs::status(target, none);
  if (fs::is_directory(status)) throw FileError(path.string(), "is a folder, not a run file");
  if (fs::exists(status) && !fs::is_regular_file(status))
    throw FileError(path.string(), "is not a regular file, and a run file cannot replace it");
  if (target.filename().empty()) throw FileError(path.string(), "names no file");
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, none))
    throw FileError(path.string(), "cannot be written: there is no folder " + folder.string());
  return target;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// Opens and locks the temporary file. The name may have been renamed away by its former holder
/// between our opening and locking it; then we try again.
Descriptor open_temporary(const fs::path& temporary, const std::string& path) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    Descriptor file(open(temporary.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (file.get() < 0) throw FileError(path, "cannot be written: " + system_error());
    if (flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
      throw FileError(path, "is being written by another process, through " + temporary.string());
    struct stat ours = {};
    struct stat named = {};
    if (fstat(file.get(), &ours) == 0 && stat(temporary.c_str(), &named) == 0 &&
        ours.st_ino == named.st_ino && ours.st_dev == named.st_dev)
      return file;
  }
  throw FileError(path, "cannot be written: others keep replacing " + temporary.string());
}

}  // namespace

struct RunFileWriter::Impl {
  fs::path target;
  fs::path temporary;
  Descriptor descriptor;
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

RunFileWriter::RunFileWriter(const fs::path& path) : impl_(std::make_unique<Impl>()) {
  const hdf5::Quiet quiet;
  impl_->output.path = path.string();
  impl_->target = destination(path);
  std::string name(1, '.');
  name += impl_->target.filename().string();
  name += ".tmp";
  impl_->temporary = folder_of(impl_->target) / name;
  impl_->descriptor = open_temporary(impl_->temporary, impl_->output.path);
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

void RunFileWriter::commit() {
  const hdf5::Quiet quiet;
  Impl& impl = *impl_;
  impl.close_file();
  struct stat old = {};
  if (stat(impl.target.c_str(), &old) == 0) fchmod(impl.descriptor.get(), old.st_mode & 07777);
  if (!seal::append(impl.descriptor.get(), std::move(impl.output.extents)) ||
      fsync(impl.descriptor.get()) != 0 || rename(impl.temporary.c_str(), impl.target.c_str()) != 0)
    impl.fail(system_error());
  impl.committed = true;
  const Descriptor folder(open(folder_of(impl.target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot sync a folder; the file itself is safe then.
  if (folder.get() < 0 || (fsync(folder.get()) != 0 && errno != EINVAL))
    impl.fail("its folder cannot be synced: " + system_error());
}

}  // namespace cambrian
