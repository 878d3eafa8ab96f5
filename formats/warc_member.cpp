#include "formats/warc_member.hpp"

#include <algorithm>

#include <archive_entry.h>
#include <sys/types.h>
#include <zlib.h>

#include "model/content_encoding.hpp"
#include "model/error.hpp"

namespace winnow {
namespace {

constexpr std::string_view k_gzip_magic = "\x1f\x8b\x08";
constexpr std::string_view k_zstd_magic = "\x28\xb5\x2f\xfd";
constexpr std::size_t k_gzip_trailer = 8;  // CRC-32, then the size modulo 2^32

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

/// The range as libarchive asks for it: all at once, then nothing more.
struct MemberReader::Source {
  std::string_view range;
  bool given = false;
  bool asked_for_more = false;

  static la_ssize_t read(archive* /*reader*/, void* self, const void** block) {
    auto& source = *static_cast<Source*>(self);
    if (source.given) {
      source.asked_for_more = true;
      return 0;
    }
    source.given = true;
    *block = source.range.data();
    return static_cast<la_ssize_t>(source.range.size());
  }
};

Compression sniff_compression(std::string_view bytes) {
  if (bytes.starts_with(k_zstd_magic)) return Compression::zstd;
  // RFC 1952 §2.3.1.2: the flags' upper three bits must be zero.
  if (bytes.size() > 3 && bytes.starts_with(k_gzip_magic) &&
      (static_cast<unsigned char>(bytes[3]) & 0xe0U) == 0) {
    return Compression::gzip;
  }
  return Compression::none;
}

std::size_t find_member(std::string_view file, std::size_t from, Compression compression) {
  if (compression == Compression::none) return std::string_view::npos;
  const std::string_view magic = compression == Compression::gzip ? k_gzip_magic : k_zstd_magic;
  std::size_t at = file.find(magic, from);
  while (at != std::string_view::npos && sniff_compression(file.substr(at)) != compression) {
    at = file.find(magic, at + 1);
  }
  return at;
}

MemberReader::MemberReader(std::string_view range)
    : m_source(std::make_unique<Source>(Source{range})), m_archive(archive_read_new()) {
  if (!m_archive) throw error("out of memory while reading a WARC file");
}

MemberReader::~MemberReader() = default;

int MemberReader::open() {
  archive* reader = m_archive.get();
  // Not filter_all: it starts other programs for what looks like lrzip, lzop or grzip.
  archive_read_support_filter_gzip(reader);
  archive_read_support_filter_zstd(reader);
  archive_read_support_format_raw(reader);
  archive_read_support_format_empty(reader);
  archive_entry* entry = nullptr;
  const int result = archive_read_open(reader, m_source.get(), nullptr, Source::read, nullptr);
  return result == ARCHIVE_OK ? archive_read_next_header(reader, &entry) : result;
}

std::string_view MemberReader::next() {
  if (m_end != End::not_yet) return {};
  const std::string_view bytes = advance();
  const bool failed = m_end == End::truncated || m_end == End::damaged;
  return failed ? tail() : bytes;
}

MemberReader::End MemberReader::drain() {
  while (m_end == End::not_yet)
    static_cast<void>(advance());
  return m_end;
}

/// The next unpacked bytes, or how they end.
std::string_view MemberReader::advance() {
  const void* block = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  int result = m_source->given ? ARCHIVE_OK : open();
  if (result == ARCHIVE_OK && archive_filter_code(m_archive.get(), 0) == ARCHIVE_FILTER_NONE) {
    m_end = End::truncated;  // not even a whole member header
    return {};
  }
  if (result == ARCHIVE_OK) result = archive_read_data_block(m_archive.get(), &block, &size, &offset);
  if (result == ARCHIVE_EOF) {
    m_end = checked_end();
  } else if (result != ARCHIVE_OK || size == 0) {
    m_end = m_source->asked_for_more ? End::truncated : End::damaged;
  } else {
    m_crc = crc32_z(m_crc, static_cast<const unsigned char*>(block), size);
    m_size += size;
    return {static_cast<const char*>(block), size};
  }
  return {};
}

/// libarchive 3.6.2 drops the block (64 or 128 KiB) in which it meets the end of its input or damage: in a
/// file gzipped as a whole, those may be many good records. They are unpacked once more.
std::string_view MemberReader::tail() {
  constexpr std::uint64_t k_most_again = 256ULL << 20U;
  constexpr std::size_t k_block = 256U * 1024U;
  if (m_size > k_most_again) return {};
  const bool is_gzip = sniff_compression(m_source->range) == Compression::gzip;
  m_tail = decode_content(std::string(m_source->range), is_gzip ? "gzip" : "zstd", m_size + k_block).body;
  return std::string_view(m_tail).substr(std::min<std::size_t>(m_tail.size(), m_size));
}

// libarchive 3.6.2 reads over gzip's CRC and size without checking them (archive_read_support_filter_gzip.c,
// consume_trailer). They are the last bytes that it took.
MemberReader::End MemberReader::checked_end() const {
  const std::string_view range = m_source->range;
  if (sniff_compression(range) != Compression::gzip) return End::whole;
  const auto taken = static_cast<std::size_t>(archive_filter_bytes(m_archive.get(), -1));
  if (taken < k_gzip_trailer || taken > range.size()) return End::damaged;
  const std::string_view trailer = range.substr(taken - k_gzip_trailer, k_gzip_trailer);
  const bool right = little_endian(trailer) == m_crc &&
                     little_endian(trailer.substr(4)) == static_cast<std::uint32_t>(m_size);
  return right ? End::whole : End::damaged;
}

}  // namespace winnow
