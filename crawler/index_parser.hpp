// What every reader of an archive's index does, whatever the dialect: text in pieces in, rows and oddities
// out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/capture.hpp"

namespace winnow {

/// What was odd about an index, counted: so that nothing is dropped or mended silently.
struct CdxOddities {
  std::uint64_t bad_rows = 0;             ///< skipped: no row (too few fields, no timestamp, NUL bytes)
  std::uint64_t overlong_rows = 0;        ///< skipped: more than 64 KiB (inline `data:` images)
  std::uint64_t repeated_rows = 0;        ///< skipped: the same as the one before
  std::uint64_t foreign_originals = 0;    ///< skipped: `mailto:`, `data:`, `javascript:`... are nobody's page
  std::uint64_t no_url_originals = 0;     ///< skipped: neither a URL nor a host name
  std::uint64_t fuzzy_rows = 0;           ///< skipped: pywb guessed them for want of what was asked for
  std::uint64_t posted_rows = 0;          ///< skipped: answers to POST and other methods, of pywb
  std::uint64_t elsewhere = 0;            ///< skipped: a TimeMap's mementos at another archive
  std::uint64_t mailto_hosts = 0;         ///< kept: `http://mailto:info@soompi.com/`
  std::uint64_t repaired_timestamps = 0;  ///< kept: "00" inserted before month or day, or a 60th second
  std::uint64_t same_moment = 0;       ///< kept: urlkey and timestamp of the row before, but another digest
  std::uint64_t hex_digests = 0;       ///< kept: 40 hex digits in place of base32
  std::uint64_t odd_digests = 0;       ///< kept without: neither base32, hex nor `-`
  std::uint64_t missing_statuses = 0;  ///< kept without: `-`, and no revisit
  std::uint64_t odd_statuses = 0;      ///< kept without: not 100 to 999
  std::uint64_t odd_lengths = 0;       ///< kept without: not a number
  std::uint64_t spaced_rows = 0;       ///< kept: more than seven fields, since the original has blanks
  std::uint64_t cut_answers = 0;       ///< asked again: the answer's last line was not ended
  std::uint64_t empty_answers = 0;     ///< asked again: no rows where some may be
  std::uint64_t cycling_keys = 0;      ///< ended: a resume key led back to one that was used before

  CdxOddities& operator+=(const CdxOddities& other);
  bool operator==(const CdxOddities&) const = default;
};

/// A row's fields as they stand in an index; `-` is no value, and an empty one is not the index's to tell.
struct CdxFields {
  std::string_view urlkey, timestamp, original, mimetype, statuscode, digest, length;
  bool spaced = false;  ///< the original has blanks that split the row
};

/// Push parser of one answer. Whatever bytes come, memory is bounded by a batch of rows and one row of
/// 64 KiB.
class IndexParser {
public:
  using OnRows = std::function<void(std::vector<Capture>&&)>;

  virtual ~IndexParser() = default;
  IndexParser(const IndexParser&) = delete;
  IndexParser& operator=(const IndexParser&) = delete;

  virtual void feed(std::string_view piece) = 0;
  /// The answer has ended: takes a last row without an end, hands over the last batch.
  virtual void finish() = 0;

  [[nodiscard]] std::uint64_t rows() const { return m_rows; }        ///< handed over or about to be
  [[nodiscard]] std::uint64_t records() const { return m_records; }  ///< rows and what was skipped
  /// Where to go on, as CdxQuery::resume_key takes it: a resume key, or further TimeMaps; empty when this
  /// answer was the last.
  [[nodiscard]] const std::vector<std::string>& further() const { return m_further; }
  [[nodiscard]] const CdxOddities& oddities() const { return m_oddities; }
  /// The last row had no end: cut, or a server that ends no last line. Known after finish().
  [[nodiscard]] bool cut() const { return m_cut; }
  /// The last row was none: an error's text behind rows. Known after finish().
  [[nodiscard]] bool ends_badly() const { return m_last_was_bad; }
  /// Up to 2 KiB of the answer from its first line that is no row: the evidence when it is no index at all.
  [[nodiscard]] const std::string& stray_text() const { return m_stray; }

protected:
  static constexpr std::size_t k_longest_row = std::size_t{64} << 10U;

  IndexParser(OnRows on_rows, std::size_t batch);

  /// Checks a row and hands it over with its batch; `record` is what it was read from.
  void take_row(const CdxFields& fields, std::string_view record);
  void take_stray(std::string_view record);
  void hand_over();

  CdxOddities m_oddities;
  std::vector<std::string> m_further;
  std::uint64_t m_records = 0;
  bool m_cut = false;

private:
  void complete(Capture& row, const CdxFields& fields);

  OnRows m_on_rows;
  std::size_t m_batch_size;
  std::vector<Capture> m_batch;
  std::string m_previous;         // record of the last row
  std::string m_previous_moment;  // its urlkey and timestamp
  std::string m_moment;           // those of the row being taken
  std::string m_stray;
  std::uint64_t m_rows = 0;
  bool m_last_was_bad = false;
};

/// An answer of lines.
class LineParser : public IndexParser {
public:
  void feed(std::string_view piece) final;
  void finish() final;

protected:
  using IndexParser::IndexParser;
  /// A line without its end.
  virtual void take_line(std::string_view line) = 0;

private:
  void end_line(std::string_view line);

  std::string m_partial;    // a line whose end has yet to come
  bool m_skipping = false;  // within an overlong line
};

}  // namespace winnow
