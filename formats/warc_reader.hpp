// WARC files from the first record to the last, whatever lies between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/mapped_file.hpp"
#include "formats/warc_record.hpp"

namespace winnow {

/// Something in a file that could not be read and was left out.
struct WarcDamage {
  std::uint64_t offset = 0;  ///< in the file; of the member, when that is compressed
  std::string what;
};

/// Plain files, gzip and zstd, each record a member of its own or many in one. Holds one record at a time.
///
///   WarcReader reader("crawl.warc.gz");
///   while (auto record = reader.next()) ...
///   for (const WarcDamage& damage : reader.damage()) ...
class WarcReader {
public:
  /// Throws Error when the file can't be read, or when nothing in it looks like WARC.
  explicit WarcReader(std::string path, RecordLimits limits = {});

  /// The next whole record; nothing at the end. Damaged, cut and too large records are passed over and noted.
  [[nodiscard]] std::optional<WarcRecord> next();

  /// What was passed over so far.
  [[nodiscard]] const std::vector<WarcDamage>& damage() const { return m_damage; }
  [[nodiscard]] const std::string& path() const { return m_path; }
  /// How far the file has been read, in its own bytes.
  [[nodiscard]] std::uint64_t position() const { return m_position; }
  [[nodiscard]] std::uint64_t size() const { return m_file.bytes().size(); }

private:
  void forget_read();
  std::optional<WarcRecord> next_plain();
  std::optional<WarcRecord> next_in_member();
  void open_member(std::size_t end, std::uint64_t skipped);
  [[nodiscard]] std::size_t next_candidate(std::size_t from) const;
  bool widen_member(std::uint64_t record_start);
  void leave_member();
  [[nodiscard]] bool is_followed_well(const WarcRecord& record);
  void note_in_member(std::uint64_t unpacked, std::string_view what);
  void note(std::uint64_t offset, std::string what);

  std::string m_path;
  RecordLimits m_limits;
  MappedFile m_file;
  Compression m_compression = Compression::none;
  std::size_t m_position = 0;
  std::size_t m_forgotten = 0;  ///< up to here
  std::vector<WarcDamage> m_damage;

  // The compressed member being read: [m_position, m_member_end) of the file.
  std::optional<WarcStream> m_member;
  std::size_t m_member_end = 0;
  std::uint64_t m_reread = 0;  ///< bytes gone through a second time, in the whole file
};

/// Reads one record again, at the place where a WarcReader found it. Nothing when it can't be read (any
/// more).
[[nodiscard]] std::optional<WarcRecord> read_record_at(std::string_view file, const WarcPosition& position,
                                                       const RecordLimits& limits = {});

}  // namespace winnow
