#include "formats/spool_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "model/error.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_buffer = 1U << 18U;

int open_nameless(const std::filesystem::path& folder) {
  std::string name = ((folder.empty() ? "." : folder) / ".winnow-XXXXXX").string();
  const int file = mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) throw error("can't put bytes aside in {}: {}", folder.string(), std::strerror(errno));
  ::unlink(name.c_str());
  return file;
}

}  // namespace

SpoolFile::SpoolFile(const std::filesystem::path& folder) : m_file(open_nameless(folder)) {}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : m_file(std::exchange(other.m_file, -1)),
      m_size(other.m_size),
      m_buffer(std::move(other.m_buffer)),
      m_hasher(std::move(other.m_hasher)) {}

SpoolFile::~SpoolFile() {
  if (m_file >= 0) ::close(m_file);
}

void SpoolFile::write(std::string_view bytes) {
  m_hasher.update(bytes);
  m_size += bytes.size();
  m_buffer += bytes;
  if (m_buffer.size() >= k_buffer) flush();
}

void SpoolFile::flush() {
  std::string_view left = m_buffer;
  while (!left.empty()) {
    const ssize_t written = ::write(m_file, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw error("can't put bytes aside: {}", std::strerror(errno));
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  m_buffer.clear();
}

Sha256 SpoolFile::finish() {
  flush();
  return m_hasher.finish();
}

void SpoolFile::read(const std::function<void(std::string_view)>& take) const {
  for (std::uint64_t offset = 0; offset < m_size;) {
    const std::string piece = read_at(offset, k_buffer);
    if (piece.empty()) throw error("bytes that were put aside are gone");
    take(piece);
    offset += piece.size();
  }
}

std::string SpoolFile::read_at(std::uint64_t offset, std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got = ::pread(m_file, bytes.data() + have, size - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw error("can't read bytes that were put aside: {}", std::strerror(errno));
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

}  // namespace winnow
