#include "cambrian/run_file/detail/lock_holder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace cambrian {
namespace {

constexpr const char* kUnknown = "-";
constexpr const char* kEnded = "ended";

std::string host_name() {
  std::array<char, 256> name = {};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// The kernel's start, and the namespace of process numbers: each container has its own.
std::string boot_id() {
  std::string id;
  if (!(std::ifstream("/proc/sys/kernel/random/boot_id") >> id)) return {};
  std::error_code none;
  return id + "/" + std::filesystem::read_symlink("/proc/self/ns/pid", none).string();
}

bool same_kernel(const std::string& a, const std::string& b) {
  return a.substr(0, a.find('/')) == b.substr(0, b.find('/'));
}

/// When a process started; empty: /proc does not tell; kEnded: it is a zombie.
std::string start_of(long process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return {};
  std::istringstream fields(line.substr(name_end + 1));
  std::string field;
  fields >> field;  // the third, the state
  if (field == "Z" || field == "X") return kEnded;
  for (int number = 4; number <= 22; ++number) fields >> field;
  return field;
}

/// Whether a lock was written before the process of its number started: by another one, then.
/// @param start  of the process, as start_of() has it
bool is_older(const std::filesystem::path& lock, const std::string& start) {
  struct stat written = {};
  if (start.empty() || stat(lock.c_str(), &written) != 0) return false;
  std::ifstream file("/proc/stat");
  std::string word;
  long long kernel_start = 0;  // seconds since 1970
  while (file >> word && word != "btime") continue;
  if (!(file >> kernel_start)) return false;
  const long long seconds = std::atoll(start.c_str()) / sysconf(_SC_CLK_TCK);
  constexpr long long kRounding = 2;
  return written.st_mtime + kRounding < kernel_start + seconds;
}

std::string or_unknown(const std::string& word) { return word.empty() ? kUnknown : word; }

}  // namespace

LockHolder LockHolder::self() { return {getpid(), start_of(getpid()), boot_id(), host_name()}; }

LockHolder LockHolder::read(const std::filesystem::path& lock) {
  LockHolder holder;
  holder.lock = lock;
  if (std::error_code none; !std::filesystem::is_regular_file(lock, none)) return {};
  std::ifstream file(lock);
  if (!(file >> holder.process)) return {};
  for (std::string* word : {&holder.start, &holder.boot, &holder.host}) {
    file >> *word;
    if (*word == kUnknown) word->clear();
  }
  return holder;
}

std::string LockHolder::text() const {
  return std::to_string(process) + "\n" + or_unknown(start) + "\n" + or_unknown(boot) + "\n" +
         or_unknown(host) + "\n";
}

LockHolder::Life LockHolder::life() const {
  if (process <= 0 || (!host.empty() && host != host_name())) return Life::unknown;
  const std::string here = boot_id();
  if (!boot.empty() && !here.empty() && boot != here)
    return same_kernel(boot, here) ? Life::unknown : Life::ended;
  if (kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH) return Life::ended;
  const std::string now = start_of(process);
  if (now == kEnded) return Life::ended;
  if (start.empty()) return is_older(lock, now) ? Life::ended : Life::running;
  return now.empty() || start == now ? Life::running : Life::ended;
}

std::string LockHolder::name() const {
  if (process <= 0) return {};
  const bool far = !host.empty() && host != host_name();
  return std::to_string(process) + (far ? " on " + host : "");
}

}  // namespace cambrian
