#include "formats/partial_path.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.hpp"

namespace winnow {

namespace {

namespace fs = std::filesystem;

/// As many programs may write to one name at once.
constexpr int k_most = 100;
/// File systems end names at 255 bytes.
constexpr std::size_t k_longest_name = 200;

fs::path without_slash(fs::path name) {
  return name.filename().empty() ? name.parent_path() : name;
}

fs::path candidate(const fs::path& name, int number) {
  std::string partial = fmt::format(".{}.partial", name.filename().string().substr(0, k_longest_name));
  if (number > 1) partial += fmt::format("-{}", number);
  return name.parent_path() / partial;
}

Error write_error(const fs::path& name) {
  return error("can't write {}: {}", name.string(), std::strerror(errno));
}

// The rename itself must reach the disk as well. Where folders can't be synced there is nothing more to do.
void sync_folder_of(const fs::path& name) {
  const fs::path folder = name.has_parent_path() ? name.parent_path() : ".";
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

/// The name may have gone to another file between open() and flock().
bool is_named(int descriptor, const fs::path& name) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(name.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/// Of what a killed program has left.
void make_empty(const fs::path& partial, PartialPath::Kind kind, int descriptor, const fs::path& name) {
  if (kind == PartialPath::Kind::file) {
    if (::ftruncate(descriptor, 0) != 0) throw write_error(name);
    return;
  }
  std::error_code problem;
  fs::directory_iterator entry(partial, problem);
  while (!problem && entry != fs::directory_iterator()) {
    fs::remove_all(entry->path(), problem);
    if (!problem) entry.increment(problem);
  }
  if (problem) throw error("can't write {}: {}", name.string(), problem.message());
}

}  // namespace

PartialPath::PartialPath(fs::path name, Kind kind) : m_name(without_slash(std::move(name))), m_kind(kind) {
  for (int number = 1; number <= k_most; ++number)
    if (take(candidate(m_name, number))) return;
  throw error("can't write {}: too many programs write to it at once", m_name.string());
}

/// False when another program is at work there.
bool PartialPath::take(const fs::path& partial) {
  constexpr mode_t k_file_mode = 0666;
  constexpr mode_t k_folder_mode = 0777;
  if (m_kind == Kind::folder && ::mkdir(partial.c_str(), k_folder_mode) != 0 && errno != EEXIST)
    throw write_error(m_name);
  const int flags = m_kind == Kind::file ? O_WRONLY | O_CREAT : O_RDONLY | O_DIRECTORY;
  const int descriptor = ::open(partial.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, k_file_mode);
  if (descriptor < 0) {
    // Something else is called so, or the other program has just committed its folder.
    if (errno == ELOOP || errno == ENOTDIR || errno == EISDIR || errno == ENOENT) {
      if (errno == ENOENT && m_kind == Kind::file) throw write_error(m_name);
      return false;
    }
    throw write_error(m_name);
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const bool is_others = errno == EWOULDBLOCK;
    const Error failed = write_error(m_name);
    ::close(descriptor);
    if (is_others) return false;
    throw failed;
  }
  if (!is_named(descriptor, partial)) {
    ::close(descriptor);
    return false;
  }
  m_partial = partial;
  m_descriptor = descriptor;
  try {
    make_empty(m_partial, m_kind, m_descriptor, m_name);
  } catch (...) {
    ::close(m_descriptor);
    throw;
  }
  return true;
}

PartialPath::~PartialPath() {
  // While it is locked: afterwards the name may be another program's.
  if (!m_is_committed) remove();
  ::close(m_descriptor);
}

void PartialPath::remove() const noexcept {
  std::error_code ignored;
  fs::remove_all(m_partial, ignored);
}

void PartialPath::commit() {
  if (::rename(m_partial.c_str(), m_name.c_str()) != 0) throw write_error(m_name);
  m_is_committed = true;
  sync_folder_of(m_name);
}

void make_folder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) throw error("can't make the folder {}: {}", folder.string(), problem.message());
}

}  // namespace winnow
