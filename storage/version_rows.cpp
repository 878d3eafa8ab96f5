#include "storage/version_rows.hpp"

#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "model/provenance_json.hpp"
#include "storage/capture_state.hpp"

namespace winnow::storage {

namespace {

std::vector<Mark> parse_marks(const std::string& json) {
  std::vector<Mark> marks;
  for (const auto& word : nlohmann::json::parse(json, nullptr, false)) {
    if (!word.is_string()) continue;
    if (const auto mark = parse_mark(word.get<std::string>())) marks.push_back(*mark);
  }
  return marks;
}

}  // namespace

// 9 and 10 are captures in between that nobody has read.
const char* const k_version_summary =
    "SELECT v.number, v.first_seen, v.last_seen, v.captures, t.title, t.word_count, t.sha256, "
    "t.words_sha256, v.changed_after, "
    "(SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id AND u.timestamp "
    "BETWEEN max(n.since, 1 + coalesce(v.changed_after, 0)) AND min(n.until, v.first_seen) - 1 "
    "WHERE n.series_id = v.series_id), "
    "(SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id AND u.timestamp "
    "BETWEEN max(n.since, v.first_seen + 1) AND min(n.until, v.last_seen) - 1 WHERE n.series_id = "
    "v.series_id), "
    "d.words_removed, d.words_added, d.share, d.simhash_distance, d.minor, "
    "(SELECT max(w.number) FROM versions w WHERE w.series_id = v.series_id AND w.number < v.number "
    "AND w.words_sha256 = v.words_sha256), "
    "v.claimed_date, coalesce(y.language, ''), coalesce(y.kind, ''), "
    "CASE WHEN v.claimed_date = y.claimed_date THEN y.claimed_or_date ELSE y.claimed_date END";

// An inferred capture has no provenance of its own; that of the held
// capture with the same digest stands for it.
const char* const k_version_record =
    ", s.name, p.urlkey, c.original, c.mimetype, c.statuscode, c.digest, c.length, a.url, c.state, "
    "CASE c.state WHEN 2 THEN c.replayed_statuscode END, b.sha1, b.sha256, b.size, t.charset, t.simhash, "
    "t.marks, "
    "t.extractor, t.id, coalesce((SELECT record FROM provenance WHERE capture_id = "
    "c.id), "
    "(SELECT r.record FROM captures h JOIN provenance r ON r.capture_id = h.id WHERE h.page_id = c.page_id "
    "AND h.digest = c.digest AND h.state = 2 AND h.body_id IS c.body_id ORDER BY h.timestamp, h.original "
    "LIMIT 1))";

const char* const k_from_versions =
    " FROM version_texts v JOIN captures c ON c.id = v.first_capture_id LEFT JOIN bodies b ON b.id = "
    "c.body_id JOIN texts t ON t.id = c.text_id LEFT JOIN analyses y ON y.text_id = v.text_id "
    "LEFT JOIN changes d ON d.from_text_id = v.text_id_before AND d.to_text_id = v.text_id ";

const char* const k_from_version_record =
    "JOIN series e ON e.id = v.series_id JOIN sites s ON s.id = e.site_id JOIN pages p ON p.id = c.page_id "
    "JOIN archives a ON a.id = c.archive_id ";

std::string join(std::initializer_list<const char*> parts) {
  std::string sql;
  for (const char* const part : parts)
    sql += part;
  return sql;
}

// Members are assigned one by one: what throws within braces has g++ 12 destroy them twice (GCC bug 66139).
VersionSummary version_summary(Statement& row) {
  const Timestamp first_seen = row.timestamp(1);
  const Timestamp last_seen = row.timestamp(2);
  VersionSummary version{.first_seen = first_seen, .last_seen = last_seen};
  version.number = static_cast<std::uint32_t>(row.integer(0));
  version.changed_after = row.optional<Timestamp>(8);
  version.unread_before = static_cast<std::uint64_t>(row.integer(9));
  version.captures = static_cast<std::uint64_t>(row.integer(3));
  version.unread = static_cast<std::uint64_t>(row.integer(10));
  version.title = row.text(4);
  version.word_count = static_cast<std::uint32_t>(row.integer(5));
  version.text_sha256 = row.digest<32>(6);
  version.words_sha256 = row.digest<32>(7);
  version.language = row.text(18);
  version.kind = row.text(19);
  if (!row.is_null(11)) {
    version.change = TextChange{.words_removed = static_cast<std::uint64_t>(row.integer(11)),
                                .words_added = static_cast<std::uint64_t>(row.integer(12)),
                                .share = row.real(13),
                                .simhash_distance = static_cast<int>(row.integer(14)),
                                .is_minor = row.integer(15) != 0};
  }
  if (!row.is_null(16)) version.returns_to = static_cast<std::uint32_t>(row.integer(16));
  if (!row.is_null(17)) version.claimed_date = row.text(17);
  if (!row.is_null(20)) version.claimed_or_date = row.text(20);
  return version;
}

VersionRecord version_record(Statement& row, ContentChain& texts) {
  // One that was inferred and is now wanted for itself is inferred until it is held.
  const auto state =
      row.id<CaptureState>(29) == CaptureState::held ? CaptureState::held : CaptureState::inferred;
  const Timestamp first_seen = row.timestamp(1);
  VersionRecord record{.version = {.first_seen = first_seen, .last_seen = first_seen},
                       .capture = {.timestamp = first_seen}};
  record.version = version_summary(row);
  record.site = row.text(21);
  record.capture.urlkey = row.text(22);
  record.capture.original = row.text(23);
  record.capture.mimetype = row.text(24);
  record.capture.statuscode = row.optional<int>(25);
  record.capture.length = row.optional<std::uint64_t>(27);
  record.archive = row.text(28);
  record.state = name(state);
  record.replayed_statuscode = row.optional<int>(30);
  if (!row.is_null(26)) record.capture.digest = parse_cdx_digest(row.text(26));
  if (!row.is_null(31)) {
    record.body_sha1 = row.digest<20>(31);
    record.body_sha256 = row.digest<32>(32);
    record.body_size = static_cast<std::uint64_t>(row.integer(33));
  }
  record.text.title = record.version.title;
  if (!row.is_null(38)) record.text.markdown = texts.read(row.integer(38)).bytes;
  record.text.word_count = record.version.word_count;
  record.text.words_sha256 = record.version.words_sha256;
  record.text.simhash = static_cast<std::uint64_t>(row.integer(35));
  record.text.charset = row.text(34);
  record.text.marks = parse_marks(row.text(36));
  record.text.extractor = static_cast<int>(row.integer(37));
  if (!row.is_null(39)) record.provenance = parse_provenance(row.text(39));
  return record;
}

}  // namespace winnow::storage
