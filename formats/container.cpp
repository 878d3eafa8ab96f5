#include "formats/container.hpp"

#include <algorithm>
#include <filesystem>

#include "formats/mapped_file.hpp"
#include "model/error.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_block = 1U << 16U;
constexpr std::size_t k_tar_header = 512;
constexpr const char* k_bomb = "unpacks to more than a thousand times its size";

/// What libarchive reads in its own process: its other filters are programs that it would start.
void support_compressions(archive* reader) {
  archive_read_support_filter_gzip(reader);
  archive_read_support_filter_zstd(reader);
  archive_read_support_filter_xz(reader);
  archive_read_support_filter_bzip2(reader);
}

/// Each layer would multiply what the ones below it unpack to. libarchive counts the plain file as well.
bool is_nested(archive* reader) {
  return archive_filter_count(reader) > 2;
}

/// The first bytes, out of the compression that is around them; empty when that is damaged, or another one's.
std::string first_bytes(const std::string& path) {
  const ArchiveReader reader(archive_read_new());
  if (!reader) throw error("no memory to read {}", path);
  support_compressions(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(reader.get(), path.c_str(), k_block) != ARCHIVE_OK ||
      is_nested(reader.get()) || archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
    return {};
  std::string bytes(k_tar_header, '\0');
  const la_ssize_t got = archive_read_data(reader.get(), bytes.data(), bytes.size());
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

FileKind kind_of_bytes(std::string_view bytes) {
  constexpr std::size_t k_magic = 257;  // POSIX.1-1988, ustar; GNU has the same there
  if (bytes.starts_with("WARC/")) return FileKind::warc;
  if (bytes.size() == k_tar_header && bytes.substr(k_magic, 5) == "ustar") return FileKind::tar;
  return bytes.starts_with("{\"") ? FileKind::json_lines : FileKind::other;
}

/// A file whose beginning is damaged, or packed with a dictionary: its reader tells what it lacks.
FileKind by_name(std::string_view path) {
  return is_warc_name(path) ? FileKind::warc : FileKind::other;
}

}  // namespace

bool is_warc_name(std::string_view name) {
  return name.ends_with(".warc") || name.ends_with(".warc.gz") || name.ends_with(".warc.zst");
}

FileKind kind_of_file(const std::string& path) {
  const MappedFile file(path);
  const std::string_view start = file.bytes().substr(0, k_tar_header);
  if (start.starts_with("PK\x03\x04")) return FileKind::zip;
  const bool is_packed = start.starts_with("\x1f\x8b") || start.starts_with("\x28\xb5\x2f\xfd") ||
                         start.starts_with(
                             "\xfd"
                             "7zXZ") ||
                         start.starts_with("BZh");
  if (!is_packed) {
    const FileKind kind = kind_of_bytes(start);
    return kind == FileKind::other ? by_name(path) : kind;
  }
  const FileKind kind = kind_of_bytes(first_bytes(path));
  // Documents and records are never packed by themselves.
  return kind == FileKind::tar || kind == FileKind::warc ? kind : by_name(path);
}

ContainerReader::ContainerReader(const std::string& path, std::uint64_t always)
    : m_archive(archive_read_new()) {
  constexpr std::uint64_t k_ratio = 1000;
  std::error_code problem;
  const std::uint64_t size = std::filesystem::file_size(path, problem);
  if (problem) throw error("cannot read {}: {}", path, problem.message());
  m_most = always + k_ratio * size;
  if (!m_archive) throw error("no memory to read {}", path);
  support_compressions(m_archive.get());
  archive_read_support_format_tar(m_archive.get());
  archive_read_support_format_zip(m_archive.get());
  if (archive_read_open_filename(m_archive.get(), path.c_str(), k_block) != ARCHIVE_OK)
    throw error("{}: {}", path, this->problem());
  if (is_nested(m_archive.get())) throw error("{} is compressed twice, and is not read", path);
}

std::string ContainerReader::problem() const {
  const char* const why = archive_error_string(m_archive.get());
  return why != nullptr ? why : "damaged";
}

/// A tar's heads count as well: bytes out of its compression. Of a zip they are the packed ones.
bool ContainerReader::is_bomb() const {
  const auto out_of_filter = static_cast<std::uint64_t>(archive_filter_bytes(m_archive.get(), 0));
  return std::max(m_unpacked, out_of_filter) > m_most;
}

std::optional<std::string> ContainerReader::next() {
  while (!m_damage) {
    // What is passed over is unpacked as well, and counts.
    while (!next_piece().empty()) {
    }
    if (m_damage) break;
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(m_archive.get(), &entry);
    if (result == ARCHIVE_EOF) return std::nullopt;
    if (result < ARCHIVE_WARN) {
      m_damage = problem();
      break;
    }
    m_is_inside = true;
    if (is_bomb()) {
      m_damage = k_bomb;
      break;
    }
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) continue;
    const char* const name = archive_entry_pathname(entry);
    return name != nullptr ? std::string(name) : std::string();
  }
  return std::nullopt;
}

std::string_view ContainerReader::next_piece() {
  while (!m_damage && m_is_inside) {
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    // Of a sparse file the holes are left out: no file that is looked for has any.
    const int result = archive_read_data_block(m_archive.get(), &bytes, &size, &offset);
    if (result == ARCHIVE_EOF) {
      m_is_inside = false;
      return {};
    }
    m_unpacked += result < ARCHIVE_WARN ? 0 : size;
    if (result < ARCHIVE_WARN) {
      m_damage = problem();
    } else if (is_bomb()) {
      m_damage = k_bomb;
    } else if (size > 0) {
      return {static_cast<const char*>(bytes), size};
    }
  }
  return {};
}

ContainerReader::Content ContainerReader::read(std::size_t limit) {
  Content content;
  for (;;) {
    const std::string_view piece = next_piece();
    if (piece.empty()) {
      content.is_whole = !m_damage;
      return content;
    }
    if (content.bytes.size() + piece.size() > limit) return content;
    content.bytes += piece;
  }
}

}  // namespace winnow
