#include "cambrian/run_file/run_file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "cambrian/run_file/detail/disk.hpp"
#include "cambrian/run_file/detail/lock_holder.hpp"

namespace cambrian {
namespace {

std::string words(const std::string& process) {
  return process.empty() ? "another process" : "process " + process;
}

std::filesystem::path lock_beside(const std::filesystem::path& run_file) {
  return disk::beside(disk::destination(run_file), ".lock");
}

/// Whether a name still is that of an open file.
bool is_named(const disk::Descriptor& opened, const std::filesystem::path& file) {
  struct stat ours = {};
  struct stat named = {};
  return fstat(opened.get(), &ours) == 0 && lstat(file.c_str(), &named) == 0 &&
         ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

[[noreturn]] void cannot_write(const std::string& run_file) {
  throw FileError(run_file, "cannot be written: " + disk::last_error());
}

/// @param made  set where it was not there
/// @return none (errno says why) if it can be neither made nor opened
disk::Descriptor open_lock(const std::filesystem::path& path, bool& made) {
  constexpr int kFlags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;  // what waits is not a lock
  disk::Descriptor opened(open(path.c_str(), kFlags | O_CREAT | O_EXCL, 0666));
  made = opened.get() >= 0;
  if (!made && errno == EEXIST) opened = disk::Descriptor(open(path.c_str(), kFlags));
  return opened;
}

enum class Outcome { held, refused, unknown };

/// unknown: the file system has no locks.
Outcome lock(const disk::Descriptor& opened) {
  int result = 0;
  do {
    result = flock(opened.get(), LOCK_EX | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return Outcome::held;
  return errno == EWOULDBLOCK ? Outcome::refused : Outcome::unknown;
}

/// Takes away what a process that has ended left behind, and nothing that another one has put in
/// its place meanwhile. @return false: there was such a one
bool take_away(const disk::Descriptor& stale, const std::filesystem::path& file) {
  const std::filesystem::path aside = file.string() + "." + std::to_string(getpid());
  if (rename(file.c_str(), aside.c_str()) != 0) return errno == ENOENT;
  const bool is_stale = is_named(stale, aside);
  if (!is_stale && link(aside.c_str(), file.c_str()) != 0)
    return false;  // leaves it visible, aside
  unlink(aside.c_str());
  return is_stale;
}

/// Says who holds it; on a full disk that is missing, and it is held even so.
void sign(const disk::Descriptor& opened) {
  const std::string text = LockHolder::self().text();
  if (ftruncate(opened.get(), 0) != 0 || !disk::write_at(opened.get(), text.data(), text.size(), 0))
    static_cast<void>(ftruncate(opened.get(), 0));
}

}  // namespace

RunFileInUse::RunFileInUse(const std::string& path, const std::string& process,
                           const std::string& remedy)
    : FileError(path, "is being written by another process" +
                          (process.empty() ? "" : " (" + process + ")") +
                          (remedy.empty() ? "" : "; " + remedy)),
      process_(words(process)) {}

struct RunFileLock::Impl {
  std::filesystem::path path;
  disk::Descriptor descriptor;
  std::string note;

  ~Impl() {  // while it is held, so that no other process's is removed
    if (is_named(descriptor, path)) unlink(path.c_str());
  }
};

std::optional<std::string> writer_of(const std::filesystem::path& run_file) {
  // Whether it lives is checked rather than the lock, which no other could take meanwhile.
  const LockHolder holder = LockHolder::read(lock_beside(run_file));
  if (holder.process <= 0 || holder.life() == LockHolder::Life::ended) return {};
  return words(holder.name());
}

/// The name may have been removed or replaced by its former holder between our opening and locking
/// it; then we try again.
RunFileLock::RunFileLock(const std::filesystem::path& run_file) {
  // A run file is replaced, which its own permissions would not prevent.
  if (access(run_file.c_str(), W_OK) != 0 && errno == EACCES) cannot_write(run_file.string());
  const std::filesystem::path path = lock_beside(run_file);
  for (int attempt = 0; attempt < 100; ++attempt) {
    bool made = false;
    disk::Descriptor opened = open_lock(path, made);
    if (opened.get() < 0) {
      if (errno == ENOENT && attempt < 99) continue;  // it has just been removed
      cannot_write(run_file.string());
    }
    const Outcome outcome = lock(opened);
    const LockHolder other = LockHolder::read(path);
    if (outcome == Outcome::refused) throw RunFileInUse(run_file.string(), other.name());
    if (outcome == Outcome::unknown && !made) {
      if (other.life() == LockHolder::Life::ended && take_away(opened, path)) continue;
      throw RunFileInUse(run_file.string(), other.name(),
                         "if that is no longer so, remove " + path.string());
    }
    if (!is_named(opened, path)) continue;
    sign(opened);
    impl_ = std::make_unique<Impl>();
    impl_->path = path;
    impl_->descriptor = std::move(opened);
    if (outcome == Outcome::unknown)
      impl_->note = run_file.string() + ": its file system does not support locks (flock); " +
                    path.string() + " keeps others out for as long as it is there";
    return;
  }
  throw FileError(run_file.string(), "cannot be written: others keep replacing " + path.string());
}

RunFileLock::~RunFileLock() = default;

std::string RunFileLock::note() const { return impl_->note; }

}  // namespace cambrian
