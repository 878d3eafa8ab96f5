// Bytes put aside on disk: until their size and digest are known, or to be read in another order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "model/digest.hpp"

namespace winnow {

/// A file without a name: gone with its descriptor, also when the program is killed. All functions throw
/// Error when the system refuses.
class SpoolFile {
public:
  /// In a folder, that of the file which is to take it up or the machine's for such; empty: the present one.
  explicit SpoolFile(const std::filesystem::path& folder);
  SpoolFile(SpoolFile&& other) noexcept;
  SpoolFile& operator=(SpoolFile&&) = delete;
  ~SpoolFile();

  void write(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return m_size; }
  /// Of all that was written; once, after the last write().
  Sha256 finish();
  /// All bytes, piece by piece. After finish().
  void read(const std::function<void(std::string_view)>& take) const;
  /// Up to `size` bytes from `offset`; fewer only at the end. After finish().
  [[nodiscard]] std::string read_at(std::uint64_t offset, std::size_t size) const;
  /// Of the file; all bytes are in it after finish().
  [[nodiscard]] int descriptor() const { return m_file; }

private:
  void flush();

  int m_file;
  std::uint64_t m_size = 0;
  std::string m_buffer;
  Sha256Hasher m_hasher;
};

}  // namespace winnow
