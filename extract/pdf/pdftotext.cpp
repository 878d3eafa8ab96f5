#include "extract/pdf/pdftotext.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.hpp"

namespace winnow {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(std::string_view what, int problem) {
  throw error("a PDF cannot be read: {} ({}); free memory, processes or open files and try again", what,
              std::generic_category().message(problem));
}

/// An open file, closed at the end.
class OpenFile {
public:
  OpenFile() = default;
  explicit OpenFile(int fd) : m_fd(fd) {}
  OpenFile(OpenFile&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
  }
  ~OpenFile() { close(); }

  void close() {
    if (m_fd >= 0) ::close(std::exchange(m_fd, -1));
  }
  [[nodiscard]] int fd() const { return m_fd; }
  [[nodiscard]] bool is_open() const { return m_fd >= 0; }

private:
  int m_fd = -1;
};

/// A file without a name, so that no name is made of input and nothing is left behind.
OpenFile file_holding(std::string_view bytes) {
  OpenFile file(memfd_create("winnow-pdf", MFD_CLOEXEC));
  if (!file.is_open()) fail("no memory file", errno);
  while (!bytes.empty()) {
    const ssize_t written = write(file.fd(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("the memory file cannot be written", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  lseek(file.fd(), 0, SEEK_SET);
  return file;
}

struct Pipe {
  OpenFile read_end;
  OpenFile write_end;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe", errno);
  return {OpenFile(ends[0]), OpenFile(ends[1])};
}

/// The running pdftotext; killed with its process group and waited for at the end.
class Child {
public:
  /// posix_spawn, not fork: the parent has threads and much memory, and no code of ours runs between.
  Child(const PdfReader& reader, const OpenFile& in, const OpenFile& out, const OpenFile& problems) {
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in.fd(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out.fd(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, problems.fd(), STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::vector<std::string> words = {reader.program, "-bbox-layout", "-nodiag", "-enc", "UTF-8", "-", "-"};
    std::vector<char*> arguments;
    for (std::string& word : words)
      arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::string locale = "LC_ALL=C";  // its messages are looked at
    std::array<char*, 2> environment = {locale.data(), nullptr};
    const int problem = posix_spawn(&m_pid, reader.program.c_str(), &files, &attributes, arguments.data(),
                                    environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (problem != 0) fail(reader.program + " cannot be started", problem);
    limit(RLIMIT_AS, reader.memory);
    limit(RLIMIT_CPU, static_cast<rlim_t>(reader.cpu_time.count()));
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (m_pid > 0) stop();
  }

  [[nodiscard]] pid_t pid() const { return m_pid; }

  /// Ends it and what it may have started, and gives its wait status: its own when it had ended before.
  int stop() {
    kill(-m_pid, SIGKILL);
    int status = 0;
    while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
    return status;
  }

private:
  /// Set from outside, some microseconds after the program has begun: posix_spawn cannot, and a program in
  /// between that can (prlimit, a shell) may not be there. A process that is gone needs none.
  void limit(__rlimit_resource resource, rlim_t most) const {
    const rlimit both{most, most};
    prlimit(m_pid, resource, &both, nullptr);
  }

  pid_t m_pid = -1;
};

/// Adds what can be read now; closes the file at its end.
void drain(OpenFile& file, std::string& to) {
  constexpr std::size_t k_chunk = std::size_t{1} << 16U;
  const std::size_t size = to.size();
  to.resize(size + k_chunk);
  const ssize_t got = read(file.fd(), to.data() + size, k_chunk);
  to.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) file.close();
}

PdfEnd end_of(int status, std::string_view problems) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return PdfEnd::whole;
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return signal == SIGKILL || signal == SIGXCPU ? PdfEnd::timed_out : PdfEnd::damaged;
  }
  const bool is_encrypted = problems.find("Incorrect password") != std::string_view::npos ||
                            problems.find("security handler") != std::string_view::npos;
  return is_encrypted ? PdfEnd::encrypted : PdfEnd::damaged;
}

std::optional<PdfReader> find_pdf_reader() {
  const char* const path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nothing here sets variables
  std::string_view folders = path != nullptr ? path : "/usr/bin:/bin";
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string program = std::string(folders.substr(0, end)) + "/pdftotext";
    folders.remove_prefix(std::min(end + 1, folders.size()));
    if (program.starts_with('/') && access(program.c_str(), X_OK) == 0) return PdfReader{.program = program};
  }
  return std::nullopt;
}

}  // namespace

const std::optional<PdfReader>& installed_pdf_reader() {
  static const std::optional<PdfReader> reader = find_pdf_reader();
  return reader;
}

PdfLayout read_pdf_layout(const PdfReader& reader, std::string_view pdf) {
  const OpenFile in = file_holding(pdf);
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  const Clock::time_point deadline = Clock::now() + reader.time;
  Child child(reader, in, out.write_end, err.write_end);
  out.write_end.close();
  err.write_end.close();

  // Debian 12's <sys/pidfd.h> is not written for C++.
  OpenFile exit(static_cast<int>(syscall(SYS_pidfd_open, child.pid(), 0)));
  if (!exit.is_open()) fail("its process cannot be watched", errno);

  PdfLayout layout;
  std::string problems;
  while (out.read_end.is_open() || err.read_end.is_open() || exit.is_open()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return {PdfEnd::timed_out, {}};
    std::array<pollfd, 3> files = {pollfd{out.read_end.fd(), POLLIN, 0}, pollfd{err.read_end.fd(), POLLIN, 0},
                                   pollfd{exit.fd(), POLLIN, 0}};
    if (poll(files.data(), files.size(), static_cast<int>(left)) < 0) {
      if (errno == EINTR) continue;
      fail("its output cannot be waited for", errno);
    }
    if (files[0].revents != 0) drain(out.read_end, layout.xhtml);
    if (files[1].revents != 0) drain(err.read_end, problems);
    if (files[2].revents != 0) exit.close();
    // Why it could not open a file is what it says last.
    constexpr std::size_t k_problems = std::size_t{1} << 12U;
    if (problems.size() > k_problems) problems.erase(0, problems.size() - k_problems);
    if (layout.xhtml.size() > reader.output) {
      layout.xhtml.resize(reader.output);
      layout.end = PdfEnd::cut;
      return layout;
    }
  }
  layout.end = end_of(child.stop(), problems);
  if (layout.end == PdfEnd::timed_out) layout.xhtml.clear();
  return layout;
}

}  // namespace winnow
