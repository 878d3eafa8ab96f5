#include "formats/atomic_file.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <unistd.h>

#include "model/error.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_buffer = 1U << 18U;

Error write_error(const std::filesystem::path& path) {
  return error("can't write {}: {}", path.string(), std::strerror(errno));
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path)
    : m_path(std::move(path)), m_partial(m_path, PartialPath::Kind::file) {}

void AtomicFile::write(std::string_view bytes) {
  m_buffer += bytes;
  if (m_buffer.size() >= k_buffer) flush();
}

void AtomicFile::flush() {
  std::string_view left = m_buffer;
  while (!left.empty()) {
    const ssize_t written = ::write(m_partial.descriptor(), left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw write_error(m_path);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  m_buffer.clear();
}

void AtomicFile::commit() {
  flush();
  if (::fsync(m_partial.descriptor()) != 0) throw write_error(m_path);
  m_partial.commit();
}

void write_atomically(const std::filesystem::path& path, std::string_view bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

}  // namespace winnow
