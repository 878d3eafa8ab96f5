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
/// What cannot be unpacked, or begins like nothing of these, is a WARC file when it is called one. Throws
/// Error when the file can't be read.
[[nodiscard]] FileKind kind_of_file(const std::string& path);

/// `x.warc`, `x.warc.gz`, `x.warc.zst`.
[[nodiscard]] bool is_warc_name(std::string_view name);

/// The regular files in a tar or zip, in their order. Names are what the container says and lead nowhere:
/// nothing is unpacked under them. Links, folders and devices are passed over.
///
/// What unpacks to a thousand times the container's size and a gigabyte (`always`, in bytes) more is a bomb,
/// whether it is looked at or passed over. It ends there, as a damaged container ends where it is damaged;
/// damage() tells.
class ContainerReader {
public:
  static constexpr std::uint64_t k_always = 1ULL << 30U;
  /// Throws Error when it can't be opened, is none, or is compressed more than once.
  explicit ContainerReader(const std::string& path, std::uint64_t always = k_always);

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
  [[nodiscard]] bool is_bomb() const;

  std::uint64_t m_most = 0;
  std::uint64_t m_unpacked = 0;
  bool m_is_inside = false;  ///< of a file whose end is still to come
  std::optional<std::string> m_damage;
  ArchiveReader m_archive;
};

}  // namespace winnow
