#include "formats/atomic_file.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "model/error.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_buffer = 1U << 18U;

std::filesystem::path partial_name(const std::filesystem::path& path) {
  return path.parent_path() / ("." + path.filename().string() + ".partial");
}

Error write_error(const std::filesystem::path& path) {
  return error("can't write {}: {}", path.string(), std::strerror(errno));
}

// The rename itself must reach the disk as well. Where folders can't be synced there is nothing more to do.
void sync_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path)
    : m_path(std::move(path)),
      m_partial(partial_name(m_path)),
      m_file(::open(m_partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
  if (m_file < 0) throw write_error(m_path);
}

AtomicFile::~AtomicFile() {
  if (m_file < 0) return;
  ::close(m_file);
  ::unlink(m_partial.c_str());
}

void AtomicFile::write(std::string_view bytes) {
  m_buffer += bytes;
  if (m_buffer.size() >= k_buffer) flush();
}

void AtomicFile::flush() {
  std::string_view left = m_buffer;
  while (!left.empty()) {
    const ssize_t written = ::write(m_file, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw write_error(m_path);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  m_buffer.clear();
}

void AtomicFile::commit() {
  flush();
  if (::fsync(m_file) != 0) throw write_error(m_path);
  const int file = std::exchange(m_file, -1);
  if (::close(file) != 0 || ::rename(m_partial.c_str(), m_path.c_str()) != 0) {
    const Error failed = write_error(m_path);
    ::unlink(m_partial.c_str());
    throw failed;
  }
  sync_folder(m_path);
}

void write_atomically(const std::filesystem::path& path, std::string_view bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

}  // namespace winnow
