// The compressed members that a .warc.gz or .warc.zst file is a chain of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "formats/archive_handles.hpp"

namespace winnow {

enum class Compression { none, gzip, zstd };

/// What `bytes` begin like.
[[nodiscard]] Compression sniff_compression(std::string_view bytes);

/// The first place from `from` on that reads like the start of a gzip member (RFC 1952) or zstd frame (RFC
/// 8878); npos when there is none. Compressed payloads inside a member read so, too: only unpacking tells.
[[nodiscard]] std::size_t find_member(std::string_view file, std::size_t from, Compression compression);

/// Unpacks the one member that `range` holds; what is behind it and begins no other is not looked at. `range`
/// must outlive it.
class MemberReader {
public:
  explicit MemberReader(std::string_view range);
  MemberReader(MemberReader&&) = delete;
  ~MemberReader();

  /// The next unpacked bytes, valid until the next call; empty at the end, whatever kind of end it is. Before
  /// a bad end come the bytes that could still be unpacked.
  [[nodiscard]] std::string_view next();

  enum class End {
    not_yet,
    whole,
    truncated,  ///< `range` ends too early for the member that it begins with
    damaged,    ///< the compressed bytes make no sense, or fail their checksum
  };
  [[nodiscard]] End end() const { return m_end; }
  /// Unpacks to the end, keeping nothing.
  End drain();

private:
  struct Source;

  [[nodiscard]] int open();
  [[nodiscard]] std::string_view advance();
  [[nodiscard]] std::string_view tail();
  [[nodiscard]] End checked_end() const;

  std::unique_ptr<Source> m_source;  // at a fixed address, which libarchive keeps
  ArchiveReader m_archive;
  std::uint64_t m_size = 0;
  unsigned long m_crc = 0;
  std::string m_tail;
  End m_end = End::not_yet;
};

}  // namespace winnow
