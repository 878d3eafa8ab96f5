#include "formats/container.hpp"

#include <array>
#include <filesystem>

#include "formats/mapped_file.hpp"
#include "model/error.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_block = 1U << 16U;
constexpr std::size_t k_tar_header = 512;

/// The first bytes, out of whatever compression is around them; empty when that is damaged.
std::string first_bytes(const std::string& path) {
  const ArchiveReader reader(archive_read_new());
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(reader.get(), path.c_str(), k_block) != ARCHIVE_OK ||
      archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
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

}  // namespace

FileKind kind_of_file(const std::string& path) {
  const MappedFile file(path);
  const std::string_view start = file.bytes().substr(0, k_tar_header);
  if (start.starts_with("PK\x03\x04")) return FileKind::zip;
  const bool is_packed = start.starts_with("\x1f\x8b") || start.starts_with("\x28\xb5\x2f\xfd") ||
                         start.starts_with(
                             "\xfd"
                             "7zXZ") ||
                         start.starts_with("BZh");
  if (!is_packed) return kind_of_bytes(start);
  const FileKind kind = kind_of_bytes(first_bytes(path));
  // Documents and records are never packed by themselves; of a damaged file its reader tells what it lacks.
  return kind == FileKind::tar ? kind : FileKind::warc;
}

ContainerReader::ContainerReader(const std::string& path) : m_path(path), m_archive(archive_read_new()) {
  constexpr std::uint64_t k_ratio = 1000;
  constexpr std::uint64_t k_always = 1ULL << 30U;
  m_most = k_always + k_ratio * std::filesystem::file_size(path);
  if (!m_archive) throw error("no memory to read {}", path);
  archive_read_support_filter_all(m_archive.get());
  archive_read_support_format_tar(m_archive.get());
  archive_read_support_format_zip(m_archive.get());
  if (archive_read_open_filename(m_archive.get(), path.c_str(), k_block) != ARCHIVE_OK)
    throw error("{}: {}", path, problem());
}

std::string ContainerReader::problem() const {
  const char* const why = archive_error_string(m_archive.get());
  return why != nullptr ? why : "damaged";
}

std::optional<std::string> ContainerReader::next() {
  while (!m_damage) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(m_archive.get(), &entry);
    if (result == ARCHIVE_EOF) return std::nullopt;
    if (result < ARCHIVE_WARN) {
      m_damage = problem();
      break;
    }
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) continue;
    const char* const name = archive_entry_pathname(entry);
    return name != nullptr ? std::string(name) : std::string();
  }
  return std::nullopt;
}

std::string_view ContainerReader::next_piece() {
  while (!m_damage) {
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    // Of a sparse file the holes are left out: no file that is looked for has any.
    const int result = archive_read_data_block(m_archive.get(), &bytes, &size, &offset);
    if (result == ARCHIVE_EOF) return {};
    m_unpacked += result < ARCHIVE_WARN ? 0 : size;
    if (result < ARCHIVE_WARN) {
      m_damage = problem();
    } else if (m_unpacked > m_most) {
      m_damage = "unpacks to more than a thousand times its size";
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
