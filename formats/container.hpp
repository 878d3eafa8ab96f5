// Files within files: tar (plain, gzip, zstd, xz, bzip2) and zip, read by libarchive.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/archive_handles.hpp"

namespace winnow {

/// What a file is by its first bytes, unpacked where they are compressed.
enum class FileKind {
  warc,
  tar,
  zip,
  json_lines,  ///< begins with `{`
  other,
};
/// Throws Error when the file can't be read.
[[nodiscard]] FileKind kind_of_file(const std::string& path);

/// The regular files in a tar or zip, in their order. Names are what the container says and lead nowhere:
/// nothing is unpacked under them. Links, folders and devices are passed over.
///
/// What unpacks to a thousand times the container's size and more than a gigabyte is a bomb. It ends there,
/// as a damaged container ends where it is damaged; damage() tells.
class ContainerReader {
public:
  /// Throws Error when it can't be opened, or is none.
  explicit ContainerReader(const std::string& path);

  /// The next file's name; nothing at the end.
  [[nodiscard]] std::optional<std::string> next();

  /// Up to `limit` bytes of the present file, and whether that is all of it.
  struct Content {
    std::string bytes;
    bool is_whole = false;
  };
  [[nodiscard]] Content read(std::size_t limit);
  /// The present file's next bytes, valid until the next call; empty at its end.
  [[nodiscard]] std::string_view next_piece();

  /// Why it has ended before its end, in a few words; nothing when it has not.
  [[nodiscard]] const std::optional<std::string>& damage() const { return m_damage; }

private:
  [[nodiscard]] std::string problem() const;

  std::string m_path;
  std::uint64_t m_most;
  std::uint64_t m_unpacked = 0;
  std::optional<std::string> m_damage;
  ArchiveReader m_archive;
};

}  // namespace winnow
