// The captures of a set of WARC files in CDX order, compactly: about 90 bytes a row beside the URLs.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/warc_capture.hpp"
#include "formats/warc_record.hpp"
#include "model/capture.hpp"
#include "model/digest.hpp"

namespace winnow {

/// Strings kept once each.
class StringPool {
public:
  std::uint32_t intern(std::string_view text);
  [[nodiscard]] const std::string& operator[](std::uint32_t id) const { return m_strings[id]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_strings.size()); }

private:
  std::deque<std::string> m_strings;  // never moves a string, which m_ids looks into
  std::unordered_map<std::string_view, std::uint32_t> m_ids;
};

class CaptureIndex {
public:
  /// A row's number in the order of urlkey, then timestamp, then file and place.
  using Row = std::uint32_t;
  /// Rows [begin, end).
  struct Range {
    Row begin = 0;
    Row end = 0;
    [[nodiscard]] bool empty() const { return begin == end; }
  };

  /// A row's number before seal().
  using Added = std::uint32_t;
  /// Before seal() only: `capture`'s record lies at `position` of file number `file`.
  Added add(const WarcCapture& capture, std::uint32_t file, const WarcPosition& position);
  /// Before seal() only: a record in the row's file tells more of it.
  void add_note(Added row, const WarcPosition& position);
  /// Sorts. Nothing below may be called before.
  void seal();

  [[nodiscard]] Row size() const { return static_cast<Row>(m_rows.size()); }
  [[nodiscard]] Range all() const { return {0, size()}; }
  [[nodiscard]] Range of_urlkey(std::string_view urlkey) const;
  /// Rows whose urlkey begins with `prefix`.
  [[nodiscard]] Range with_prefix(std::string_view prefix) const;
  /// The first row in `range` that is not before the timestamp, within one urlkey.
  [[nodiscard]] Row lower_bound(Range range, Timestamp timestamp) const;

  [[nodiscard]] std::string_view urlkey(Row row) const { return m_urlkeys[m_rows[row].urlkey]; }
  /// Equal for rows of the same urlkey, and ascending.
  [[nodiscard]] std::uint32_t urlkey_rank(Row row) const { return m_rank[m_rows[row].urlkey]; }
  [[nodiscard]] Timestamp timestamp(Row row) const { return Timestamp::from_value(m_rows[row].timestamp); }
  [[nodiscard]] std::string_view original(Row row) const { return m_texts[m_rows[row].original]; }
  [[nodiscard]] std::string_view mimetype(Row row) const { return m_texts[m_rows[row].mimetype]; }
  [[nodiscard]] std::optional<int> statuscode(Row row) const;
  [[nodiscard]] std::optional<Sha1> digest(Row row) const;
  [[nodiscard]] std::optional<std::uint64_t> length(Row row) const;
  [[nodiscard]] Capture capture(Row row) const;

  [[nodiscard]] std::uint32_t file(Row row) const { return m_rows[row].file; }
  [[nodiscard]] WarcPosition position(Row row) const;
  /// Where the row's notes lie, in the order in which they were added.
  [[nodiscard]] std::vector<WarcPosition> notes(Row row) const;
  [[nodiscard]] bool is_revisit(Row row) const { return m_rows[row].refers_to != k_none; }

  /// The capture that holds a revisit's body: the one that it names, else the nearest with its digest (an
  /// earlier one before a later one), of the same page where there is one. Nothing when it is not in these
  /// files.
  [[nodiscard]] std::optional<Row> revisited(Row revisit) const;

private:
  static constexpr std::uint32_t k_none = 0xffffffffU;
  /// Rows of one second, or of one digest, that are looked through for each revisit: a hostile file has as
  /// many of both.
  static constexpr std::uint32_t k_most_alike = 1000;

  struct Entry {
    std::uint64_t timestamp;
    std::uint64_t offset;
    std::uint64_t position_length;
    std::uint64_t unpacked;
    std::uint32_t urlkey;
    std::uint32_t original;
    std::uint32_t mimetype;
    std::uint32_t file;
    std::uint32_t refers_to;   // in m_refers_to; k_none for all but revisits
    std::uint32_t note;        // the last one, in m_notes; k_none for most
    std::uint16_t statuscode;  // 0 is none
    Compression compression;
    bool has_digest;
    bool has_length;
    Sha1 digest;
  };
  struct Target {
    std::uint32_t uri;
    std::uint64_t date;  // 0 is none
    bool not_modified;
  };
  struct Note {
    WarcPosition position;
    std::uint32_t before;  // another one of the same row, in m_notes; k_none for most
  };

  [[nodiscard]] std::optional<Row> named_target(const Entry& revisit) const;
  [[nodiscard]] std::optional<Row> same_digest(Row revisit) const;

  StringPool m_urlkeys;
  StringPool m_texts;
  std::vector<Entry> m_rows;
  std::vector<Target> m_refers_to;
  std::vector<Note> m_notes;
  std::vector<std::uint32_t> m_rank;    // urlkey id -> its place in the order
  std::vector<std::uint32_t> m_sorted;  // the inverse
  std::vector<Row> m_first;      // place in the order -> its first row; one more than there are urlkeys
  std::vector<Row> m_by_digest;  // rows that hold a body, by digest and row
};

}  // namespace winnow
