#include "cli/extract/spooled_input.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/error.hpp"

namespace winnow::cli {
namespace {

std::string reason() {
  return std::generic_category().message(errno);
}

/// A file without a name.
std::FILE* open_copy() {
  std::string path = (std::filesystem::temp_directory_path() / "winnow-XXXXXX").string();
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) throw error("cannot keep standard input in {}: {}", path, reason());
  unlink(path.c_str());
  return fdopen(descriptor, "w+b");
}

}  // namespace

SpooledInput::SpooledInput(std::string_view begin) : m_path("/dev/stdin") {
  struct stat status {};
  if (fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode)) return;
  m_copy.reset(open_copy());
  if (!m_copy) throw error("cannot keep standard input in a temporary file: {}", reason());
  const auto write = [this](std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_copy.get()) != bytes.size())
      throw error("cannot keep standard input in a temporary file: {}", reason());
  };
  write(begin);
  std::array<char, 1U << 16U> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), stdin))
    write({buffer.data(), size});
  if (std::ferror(stdin) != 0) throw error("cannot read standard input: {}", reason());
  if (std::fflush(m_copy.get()) != 0)
    throw error("cannot keep standard input in a temporary file: {}", reason());
  m_path = fmt::format("/dev/fd/{}", fileno(m_copy.get()));
}

}  // namespace winnow::cli
