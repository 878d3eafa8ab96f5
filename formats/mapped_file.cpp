#include "formats/mapped_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.hpp"

namespace winnow {
namespace {

std::string_view map(int descriptor, const std::string& name) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0) throw error("cannot read {}: {}", name, std::strerror(errno));
  if (S_ISDIR(status.st_mode)) throw error("{} is a folder: name the files in it", name);
  if (!S_ISREG(status.st_mode)) throw error("cannot read {}: it is no regular file", name);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return {};  // mmap refuses an empty range
  void* address = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (address == MAP_FAILED) throw error("cannot read {}: {}", name, std::strerror(errno));
  return {static_cast<const char*>(address), size};
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  // O_NONBLOCK: a named pipe is refused instead of waited for.
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) throw error("cannot open {}: {}", path, std::strerror(errno));
  try {
    m_bytes = map(descriptor, path);
  } catch (...) {
    close(descriptor);
    throw;
  }
  close(descriptor);
}

MappedFile::MappedFile(int descriptor, const std::string& name) : m_bytes(map(descriptor, name)) {}

MappedFile::~MappedFile() {
  if (!m_bytes.empty()) munmap(const_cast<char*>(m_bytes.data()), m_bytes.size());
}

void MappedFile::forget(std::size_t begin, std::size_t end) const {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  begin = (begin + page - 1) / page * page;
  end = end / page * page;
  // Only advice: whether it is taken changes nothing but the memory in use.
  if (begin < end) madvise(const_cast<char*>(m_bytes.data()) + begin, end - begin, MADV_DONTNEED);
}

}  // namespace winnow
