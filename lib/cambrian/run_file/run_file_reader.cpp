#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <sstream>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/run_file/detail/hdf5_driver.hpp"
#include "cambrian/run_file/detail/hdf5_reader.hpp"
#include "cambrian/run_file/detail/superblock.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {
namespace {

constexpr std::int64_t kFormatVersion = 1;

/// Opens what is at the path. @throws FileError unless it is a file that can be read
disk::Descriptor open_bytes(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0)
    throw FileError(
        path, errno == ENOENT ? "there is no such file" : "cannot be read: " + disk::last_error());
  if (S_ISDIR(status.st_mode)) throw FileError(path, "is a folder, not a run file");
  if (!S_ISREG(status.st_mode)) throw ForeignFile(path, "is not a regular file");
  disk::Descriptor opened(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0) throw FileError(path, "cannot be read: " + disk::last_error());
  return opened;
}

/// The file before HDF5 sees it: that it is one, whole by its seal, and begins as HDF5 does.
seal::Verdict check_bytes(hdf5::Input& input) {
  struct stat status = {};
  fstat(input.descriptor.get(), &status);
  input.bytes = static_cast<std::uint64_t>(status.st_size);
  std::array<unsigned char, 8> head = {};
  const bool signed_hdf5 =
      disk::read_at(input.descriptor.get(), head.data(), head.size(), 0) == ssize_t{head.size()} &&
      head == hdf5::kSignature;
  const seal::Verdict verdict = seal::check(input.descriptor.get(), input.bytes, input.extents);
  if (input.bytes == 0) throw FileError(input.path, "is empty, not a run file");
  if (verdict == seal::Verdict::damaged)
    throw FileError(input.path, "is damaged: its checksum does not fit");
  if (!signed_hdf5) throw ForeignFile(input.path, "is not an HDF5 file, so not a run file");
  return verdict;
}

/// What lies behind the HDF5 data of an unsealed file was a seal, or was put there by mistake: HDF5
/// leaves nothing there.
void refuse_remains(const hdf5::Handle& file, const hdf5::Input& input) {
  haddr_t end = 0;
  if (H5Fget_eoa(file.get(), &end) >= 0 && input.bytes > end)
    throw FileError(input.path, "is damaged or cut short: its checksum is not whole");
}

/// What is said of a file that could not be checked, or that another program has open for writing.
std::string mark(seal::Verdict verdict, const std::string& path) {
  if (verdict == seal::Verdict::former)
    return path + ": was sealed by an older version of this program; it is read unchecked";
  const bool whole = verdict == seal::Verdict::open_for_writing;
  if (!whole && verdict != seal::Verdict::overwritten) return {};
  return path + ": another program has it open for writing, or was killed while it had; " +
         (whole ? "it is whole" : "what it held before is read, unchecked") + ", and `h5clear -s " +
         path + "` removes the mark if no program has it open";
}

void check_format(const StateReader& root, const std::string& path) {
  if (root.attribute_if<std::string>("format") != "cambrian-run")
    throw ForeignFile(path,
                      "is HDF5, but not a run of cambrian: it lacks format = \"cambrian-run\"");
  auto version = root.attribute_if<std::int64_t>("format_version").value_or(0);
  if (const auto plain = root.attribute_if<std::uint64_t>("format_version"))
    version = static_cast<std::int64_t>(*plain);
  if (version < 1) throw FileError(path, "has no whole number as format_version");
  if (version > kFormatVersion)
    throw FileError(path, "is of format version " + std::to_string(version) +
                              "; this program reads version " + std::to_string(kFormatVersion));
}

}  // namespace

struct RunFileReader::Impl {
  hdf5::Input input;
  hdf5::Handle file;
  std::unique_ptr<hdf5::Reader> root;
  std::string warning;

  /// The group at a path, or some rows of a `genome` group.
  std::unique_ptr<hdf5::Reader> open(const std::string& path,
                                     std::optional<RowRange> rows = {}) const {
    std::unique_ptr<hdf5::Reader> reader;
    std::istringstream parts(path);
    for (std::string part; std::getline(parts, part, '/');)
      if (!part.empty()) reader = (reader ? *reader : *root).child(part);
    if (!reader) throw FileError(input.path, quoted(path) + " names no group");
    reader->narrow(rows);
    return reader;
  }
};

RunFileReader::RunFileReader(const std::filesystem::path& path) : impl_(std::make_unique<Impl>()) {
  const hdf5::Quiet quiet;
  impl_->input.path = path.string();
  impl_->input.descriptor = open_bytes(impl_->input.path);
  const seal::Verdict verdict = check_bytes(impl_->input);
  impl_->file = hdf5::open_file(path.c_str(), impl_->input.descriptor.get(), impl_->input.bytes);
  if (!impl_->file) throw FileError(impl_->input.path, "is damaged or cut short: " + hdf5::cause());
  if (verdict == seal::Verdict::unsealed) refuse_remains(impl_->file, impl_->input);
  impl_->warning = mark(verdict, path.string());
  hdf5::Handle group(H5Gopen2(impl_->file.get(), "/", H5P_DEFAULT));
  if (!group) throw FileError(path.string(), "is damaged: " + hdf5::cause());
  impl_->root = std::make_unique<hdf5::Reader>(impl_->input, std::move(group), "/");
  check_format(*impl_->root, path.string());
}

RunFileReader::~RunFileReader() = default;
RunFileReader::RunFileReader(RunFileReader&&) noexcept = default;

const std::string& RunFileReader::warning() const { return impl_->warning; }

const StateReader& RunFileReader::root() const { return *impl_->root; }

const std::string& RunFileReader::path() const { return impl_->input.path; }

std::unique_ptr<StateReader> RunFileReader::group(const std::string& group) const {
  return impl_->open(group);
}

ColumnData RunFileReader::column(const std::string& group, const std::string& name,
                                 std::optional<RowRange> rows) const {
  const auto reader = impl_->open(group);
  return rows ? reader->read(name, *rows) : reader->read(name);
}

std::unique_ptr<StateReader> RunFileReader::genomes(const std::string& group, RowRange rows) const {
  return impl_->open(group, rows);
}

std::vector<ColumnInfo> RunFileReader::columns(const std::string& group) const {
  const auto reader = impl_->open(group);
  std::vector<ColumnInfo> infos;
  for (const std::string& name : reader->columns()) infos.push_back(reader->info(name));
  return infos;
}

}  // namespace cambrian
