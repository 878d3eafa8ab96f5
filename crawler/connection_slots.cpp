#include "crawler/connection_slots.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "crawler/budget_error.hpp"

namespace winnow {

ConnectionSlots::ConnectionSlots(std::filesystem::path path, std::size_t allowed)
    : m_path(std::move(path)), m_ours(allowed) {
  std::error_code problem;
  std::filesystem::create_directories(m_path.parent_path(), problem);
  if (problem) throw unkept_budget(m_path, problem.value());
  m_file = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (m_file < 0) throw unkept_budget(m_path, errno);
}

ConnectionSlots::ConnectionSlots(ConnectionSlots&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_file(std::exchange(other.m_file, -1)),
      m_ours(std::move(other.m_ours)),
      m_held(other.m_held) {}

ConnectionSlots::~ConnectionSlots() {
  if (m_file >= 0) ::close(m_file);
}

bool ConnectionSlots::hold(std::size_t wanted) {
  for (std::size_t slot = 0; slot < m_ours.size() && m_held != wanted; ++slot) {
    const bool take = m_held < wanted;
    if (m_ours[slot] == take || !lock(slot, take ? F_WRLCK : F_UNLCK)) continue;
    m_ours[slot] = take;
    m_held = take ? m_held + 1 : m_held - 1;
  }
  return m_held == wanted;
}

bool ConnectionSlots::others_hold() const {
  struct flock any {};
  any.l_type = F_WRLCK;
  any.l_whence = SEEK_SET;
  return ::fcntl(m_file, F_OFD_GETLK, &any) == 0 && any.l_type != F_UNLCK;
}

bool ConnectionSlots::lock(std::size_t slot, short type) const {
  struct flock byte {};
  byte.l_type = type;
  byte.l_whence = SEEK_SET;
  byte.l_start = static_cast<off_t>(slot);
  byte.l_len = 1;
  if (::fcntl(m_file, F_OFD_SETLK, &byte) == 0) return true;
  if (errno == EAGAIN || errno == EACCES || errno == EINTR) return false;
  throw unkept_budget(m_path, errno);
}

}  // namespace winnow
