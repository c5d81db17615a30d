#include "cambrian/storage/run_file_lock.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <utility>

#include "cambrian/storage/locked_file.hpp"

namespace cambrian {
namespace {

std::string words(long process) {
  return process > 0 ? "process " + std::to_string(process) : "another process";
}

/// The number that the holder wrote; 0: not yet there.
long holder(const std::filesystem::path& lock) {
  long process = 0;
  std::ifstream(lock) >> process;
  return process;
}

std::filesystem::path lock_beside(const std::filesystem::path& run_file) {
  return locked_file::beside(locked_file::destination(run_file), ".lock");
}

}  // namespace

RunFileInUse::RunFileInUse(const std::string& path, long process)
    : FileError(path, "is being written by another process" +
                          (process > 0 ? " (" + std::to_string(process) + ")" : "")),
      process_(words(process)) {}

struct RunFileLock::Impl {
  std::filesystem::path path;
  locked_file::Descriptor descriptor;
};

std::optional<std::string> writer_of(const std::filesystem::path& run_file) {
  // Its life is looked at and not the lock, which nobody could take meanwhile.
  const long process = holder(lock_beside(run_file));
  if (process <= 0 || (kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH)) return {};
  return words(process);
}

RunFileLock::RunFileLock(const std::filesystem::path& run_file) {
  // A run file is replaced, which its own permissions would not prevent.
  if (access(run_file.c_str(), W_OK) != 0 && errno == EACCES) {
    throw FileError(run_file.string(), "cannot be written: " + std::string(std::strerror(errno)));
  }
  const std::filesystem::path path = lock_beside(run_file);
  auto descriptor = locked_file::open_locked(path, run_file.string());
  if (!descriptor) throw RunFileInUse(run_file.string(), holder(path));
  // The number is for who is refused; on a full disk it is missing, and the lock holds even so.
  const std::string number = std::to_string(getpid()) + "\n";
  if (ftruncate(descriptor->get(), 0) != 0 ||
      write(descriptor->get(), number.data(), number.size()) < 0) {
    static_cast<void>(ftruncate(descriptor->get(), 0));
  }
  impl_ = std::make_unique<Impl>(Impl{path, std::move(*descriptor)});
}

RunFileLock::~RunFileLock() {
  unlink(impl_->path.c_str());  // while it is held, so that nobody else's is removed
}

}  // namespace cambrian
