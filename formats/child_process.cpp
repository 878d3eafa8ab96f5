#include "formats/child_process.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/error.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_buffer = 1U << 16U;

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& words, Speaks speaks)
    : m_program(words.front()), m_speaks(speaks) {
  // A socket, not a pipe: writing to a program that is gone is an error, and no SIGPIPE.
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw error("can't talk to {}: {}", m_program, std::strerror(errno));
  const bool is_read = speaks == Speaks::yes;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[1], is_read ? STDOUT_FILENO : STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, is_read ? STDIN_FILENO : STDOUT_FILENO, "/dev/null",
                                   is_read ? O_RDONLY : O_WRONLY, 0);
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  arguments.reserve(copies.size() + 1);
  for (std::string& word : copies)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int problem = posix_spawnp(&m_pid, m_program.c_str(), &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  ::close(ends[1]);
  m_socket = ends[0];
  if (problem == 0) return;
  m_pid = -1;
  ::close(m_socket);
  if (problem == ENOENT) throw error("{} is not installed, and this needs it", m_program);
  throw error("can't start {}: {}", m_program, std::strerror(problem));
}

ChildProcess::~ChildProcess() {
  if (m_pid >= 0) wait();
}

void ChildProcess::write(std::string_view bytes) {
  m_buffer += bytes;
  if (m_buffer.size() >= k_buffer) flush();
}

void ChildProcess::flush() {
  std::string_view left = m_buffer;
  while (!left.empty()) {
    const ssize_t sent = ::send(m_socket, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) throw error("{} has ended too early", m_program);
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  m_buffer.clear();
}

std::optional<std::string> ChildProcess::read_line() {
  for (;;) {
    if (const std::size_t end = m_buffer.find('\n'); end != std::string::npos) {
      std::string line = m_buffer.substr(0, end);
      m_buffer.erase(0, end + 1);
      return line;
    }
    std::array<char, k_buffer> piece{};
    const ssize_t got = ::read(m_socket, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return m_buffer.empty() ? std::nullopt : std::optional(std::exchange(m_buffer, {}));
    m_buffer.append(piece.data(), static_cast<std::size_t>(got));
  }
}

int ChildProcess::finish() {
  if (m_speaks == Speaks::no) flush();
  return wait();
}

int ChildProcess::wait() {
  // A program whose reader is gone complains of it.
  if (m_speaks == Speaks::yes) {
    std::array<char, k_buffer> rest{};
    for (ssize_t got = 1; got > 0 || (got < 0 && errno == EINTR);)
      got = ::read(m_socket, rest.data(), rest.size());
  }
  ::close(std::exchange(m_socket, -1));
  int status = 0;
  while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
  }
  m_pid = -1;
  constexpr int k_killed = 128;
  return WIFEXITED(status) ? WEXITSTATUS(status) : k_killed + WTERMSIG(status);
}

}  // namespace winnow
