// A file's bytes as memory, read by the system as they are looked at.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace winnow {

/// Read-only. Throws Error when the file can't be opened or is no regular file.
class MappedFile {
public:
  explicit MappedFile(const std::string& path);
  /// Maps an open file and leaves the descriptor to the caller; `name` is for the message of a failure.
  MappedFile(int descriptor, const std::string& name);
  MappedFile(MappedFile&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(m_bytes, other.m_bytes);
    return *this;
  }
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return m_bytes; }

  /// Bytes [begin, end) will hardly be looked at again: they stop counting as memory of the process, and are
  /// read from the file anew if they are. Views stay valid.
  void forget(std::size_t begin, std::size_t end) const;

private:
  std::string_view m_bytes;
};

}  // namespace winnow
