#include "crawler/budget_file.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crawler/budget_error.hpp"
#include "crawler/budget_json.hpp"
#include "model/error.hpp"

namespace winnow {

namespace {

using namespace std::chrono_literals;

/// Others hold the lock for microseconds, unless one was stopped just then.
constexpr std::chrono::seconds k_patience = 30s;

class LockedFile {
public:
  /// The file as it is in its folder now; nothing when there is none and `flags` do not make one.
  static std::optional<LockedFile> open(const std::filesystem::path& path, int flags, int lock) {
    for (;;) {
      const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
      if (fd < 0 && errno == ENOENT) return std::nullopt;
      if (fd < 0) throw unkept_budget(path, errno);
      LockedFile file(path, fd);
      file.lock(lock);
      struct stat status {};
      if (::fstat(fd, &status) != 0) throw unkept_budget(path, errno);
      if (status.st_nlink > 0) return file;  // else it was deleted before we had the lock
    }
  }

  LockedFile(LockedFile&& other) noexcept : m_path(other.m_path), m_fd(std::exchange(other.m_fd, -1)) {}
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;
  LockedFile& operator=(LockedFile&&) = delete;
  ~LockedFile() {
    if (m_fd >= 0) ::close(m_fd);
  }

  [[nodiscard]] std::string read() const {
    std::array<char, 4096> buffer{};
    const ssize_t size = ::pread(m_fd, buffer.data(), buffer.size(), 0);
    if (size < 0) throw unkept_budget(m_path, errno);
    return {buffer.data(), static_cast<std::size_t>(size)};
  }

  void write(const std::string& text) const {
    const ssize_t size = ::pwrite(m_fd, text.data(), text.size(), 0);
    if (size < 0) throw unkept_budget(m_path, errno);
    if (static_cast<std::size_t>(size) != text.size()) throw unkept_budget(m_path, ENOSPC);
    // What a longer line left behind is not read anyway.
    if (::ftruncate(m_fd, static_cast<off_t>(text.size())) != 0) throw unkept_budget(m_path, errno);
  }

private:
  LockedFile(const std::filesystem::path& path, int fd) : m_path(path), m_fd(fd) {}

  void lock(int operation) const {
    const auto deadline = std::chrono::steady_clock::now() + k_patience;
    for (auto pause = 100us; ::flock(m_fd, operation | LOCK_NB) != 0;) {
      if (errno != EWOULDBLOCK && errno != EINTR) throw unkept_budget(m_path, errno);
      if (std::chrono::steady_clock::now() > deadline) {
        throw error("{} has been locked for {} s: is another winnow stopped (Ctrl-Z)? Continue or end it",
                    m_path.string(), k_patience.count());
      }
      std::this_thread::sleep_for(pause);
      pause = std::min<std::chrono::microseconds>(pause * 2, 10ms);
    }
  }

  const std::filesystem::path& m_path;
  int m_fd;
};

LockedFile open_for_change(const std::filesystem::path& path) {
  if (auto file = LockedFile::open(path, O_RDWR | O_CREAT, LOCK_EX)) return std::move(*file);
  std::error_code problem;
  std::filesystem::create_directories(path.parent_path(), problem);
  if (problem) throw unkept_budget(path, problem.value());
  if (auto file = LockedFile::open(path, O_RDWR | O_CREAT, LOCK_EX)) return std::move(*file);
  throw unkept_budget(path, ENOENT);
}

}  // namespace

BudgetFile::BudgetFile(std::filesystem::path path, Clocks clocks)
    : m_path(std::move(path)), m_clocks(std::move(clocks)) {}

BudgetState BudgetFile::read() {
  const auto file = LockedFile::open(m_path, O_RDONLY, LOCK_SH);
  return file ? parse(file->read()) : BudgetState{};
}

BudgetState BudgetFile::update(const std::function<void(BudgetState&)>& change) {
  const auto file = open_for_change(m_path);
  const auto before = parse(file.read());
  auto state = before;
  change(state);
  if (state != before) file.write(to_json(state, m_clocks));
  return state;
}

BudgetState BudgetFile::parse(const std::string& text) {
  if (text.empty()) return {};  // just made
  if (const auto state = parse_budget_state(text, m_clocks)) return *state;
  if (!std::exchange(m_told, true))
    spdlog::warn("{} is no request budget (damaged?): it is begun anew", m_path.string());
  return {};
}

}  // namespace winnow
