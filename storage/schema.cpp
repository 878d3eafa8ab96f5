#include "storage/schema.hpp"

#include <array>
#include <cassert>
#include <string>

#include "storage/first_schema.hpp"

namespace winnow::storage {

namespace {

// 2: what was answered in place of a capture, and for which times an index was read to its end.
constexpr const char* k_evidence_and_looks = R"sql(
ALTER TABLE ledger ADD COLUMN headers TEXT NOT NULL DEFAULT '[]';
ALTER TABLE ledger ADD COLUMN body_start TEXT NOT NULL DEFAULT '';
CREATE INDEX ledger_reason ON ledger(reason);

CREATE TABLE looks (
  page_id INTEGER NOT NULL REFERENCES pages,
  archive_id INTEGER NOT NULL REFERENCES archives,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (page_id, archive_id, since)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_ledger AS
SELECT a.url AS archive, s.name AS site, p.urlkey, CAST(c.timestamp AS TEXT) AS timestamp,
       coalesce(c.original, l.target) AS target, l.reason, l.status, l.detail, l.attempts,
       CAST(l.noted AS TEXT) AS noted, l.retry, CAST(l.retry_at AS TEXT) AS retry_at
FROM ledger l
JOIN archives a ON a.id = l.archive_id
LEFT JOIN captures c ON c.id = l.capture_id
LEFT JOIN pages p ON p.id = c.page_id
LEFT JOIN sites s ON s.id = p.site_id;
)sql";

// 3: what bisection waits for.
constexpr const char* k_rounds = R"sql(
CREATE TABLE rounds (
  capture_id INTEGER PRIMARY KEY REFERENCES captures ON DELETE CASCADE,
  selection TEXT NOT NULL
) STRICT;
)sql";

// 4: versions run along series. Each moment of a page belongs to one series, by `tenures`: that which
// takeovers gave it to, else the page's own (series.page_id). And how much of what an index lists was read.
constexpr const char* k_series = R"sql(
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites,
  page_id INTEGER UNIQUE REFERENCES pages
) STRICT;
CREATE INDEX series_site ON series(site_id);

CREATE TABLE tenures (
  page_id INTEGER NOT NULL REFERENCES pages,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  series_id INTEGER NOT NULL REFERENCES series,
  PRIMARY KEY (page_id, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX tenures_series ON tenures(series_id);

CREATE TABLE takeovers (
  from_page_id INTEGER NOT NULL REFERENCES pages,
  to_page_id INTEGER NOT NULL REFERENCES pages,
  moment INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (from_page_id, to_page_id, moment)
) STRICT, WITHOUT ROWID;
CREATE INDEX takeovers_to ON takeovers(to_page_id);

INSERT INTO series(id, site_id, page_id) SELECT id, site_id, id FROM pages;
INSERT INTO tenures SELECT id, 0, 99999999999999, id FROM pages;

DROP VIEW v_captures;
DROP VIEW v_versions;
ALTER TABLE versions RENAME TO versions_of_pages;
CREATE TABLE versions (
  series_id INTEGER NOT NULL REFERENCES series,
  first_seen INTEGER NOT NULL,
  words_sha256 BLOB NOT NULL,
  last_seen INTEGER NOT NULL,
  number INTEGER NOT NULL,
  captures INTEGER NOT NULL,
  first_capture_id INTEGER NOT NULL REFERENCES captures,
  PRIMARY KEY (series_id, first_seen, words_sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO versions SELECT * FROM versions_of_pages;
DROP TABLE versions_of_pages;

CREATE VIEW unread_captures AS
SELECT page_id, timestamp, id AS capture_id FROM captures
WHERE body_id IS NULL AND text_id IS NULL AND found = 0 AND coalesce(statuscode, 200) = 200;

CREATE VIEW series_names AS
SELECT e.id AS series_id,
       (SELECT p.urlkey FROM tenures n JOIN pages p ON p.id = n.page_id
         WHERE n.series_id = e.id ORDER BY n.since LIMIT 1) ||
       CASE WHEN EXISTS (SELECT 1 FROM tenures n WHERE n.page_id = e.page_id AND n.series_id <> e.id)
         THEN ' (aside)' ELSE '' END AS name
FROM series e;

CREATE VIEW v_series AS
SELECT s.name AS site, (SELECT name FROM series_names WHERE series_id = e.id) AS series, p.urlkey,
       CASE WHEN n.since > 0 THEN CAST(n.since AS TEXT) END AS since,
       CASE WHEN n.until < 99999999999999 THEN CAST(n.until AS TEXT) END AS until,
       k.evidence, k.confidence
FROM tenures n
JOIN series e ON e.id = n.series_id
JOIN sites s ON s.id = e.site_id
JOIN pages p ON p.id = n.page_id
LEFT JOIN (SELECT to_page_id, moment, evidence, max(confidence) AS confidence FROM takeovers
            GROUP BY to_page_id, moment) k
  ON k.to_page_id = n.page_id AND k.moment = n.since AND e.page_id IS NULL;

CREATE VIEW v_captures AS
SELECT a.url AS archive, s.name AS site, p.urlkey, CAST(c.timestamp AS TEXT) AS timestamp, c.original,
       coalesce(c.replayed_statuscode, c.statuscode) AS statuscode, c.mimetype, c.digest,
       CASE c.state WHEN 0 THEN 'listed' WHEN 1 THEN 'pending' WHEN 2 THEN 'held' WHEN 3 THEN 'inferred'
                    WHEN 4 THEN 'missing' END AS state,
       lower(hex(b.sha1)) AS sha1, lower(hex(b.sha256)) AS sha256, b.size,
       (SELECT v.number FROM versions v
         WHERE v.series_id = n.series_id AND v.first_seen <= c.timestamp AND v.last_seen >= c.timestamp
           AND v.words_sha256 = t.words_sha256 AND t.word_count > 0
           AND coalesce(c.replayed_statuscode, c.statuscode, 200) = 200
         ORDER BY v.first_seen DESC LIMIT 1) AS version,
       (SELECT name FROM series_names WHERE series_id = n.series_id) AS series
FROM captures c
JOIN tenures n ON n.page_id = c.page_id AND c.timestamp >= n.since AND c.timestamp < n.until
JOIN archives a ON a.id = c.archive_id
JOIN pages p ON p.id = c.page_id
JOIN sites s ON s.id = p.site_id
LEFT JOIN bodies b ON b.id = c.body_id
LEFT JOIN texts t ON t.id = c.text_id;

CREATE VIEW v_versions AS
WITH dated AS (
  SELECT v.*, (SELECT w.last_seen FROM versions w
                WHERE w.series_id = v.series_id
                  AND (w.first_seen, w.words_sha256) < (v.first_seen, v.words_sha256)
                ORDER BY w.first_seen DESC, w.words_sha256 DESC LIMIT 1) AS changed_after
  FROM versions v)
SELECT s.name AS site, p.urlkey, v.number AS version, CAST(v.first_seen AS TEXT) AS first_seen,
       CAST(v.last_seen AS TEXT) AS last_seen, CAST(v.changed_after AS TEXT) AS changed_after,
       v.captures, t.word_count AS words, t.title, lower(hex(t.sha256)) AS text_sha256,
       lower(hex(t.words_sha256)) AS words_sha256, c.original, a.url AS archive,
       (SELECT name FROM series_names WHERE series_id = v.series_id) AS series,
       (SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id
           AND u.timestamp BETWEEN max(n.since, coalesce(v.changed_after, 0) + 1)
                               AND min(n.until, v.first_seen) - 1
         WHERE n.series_id = v.series_id) AS unread_before,
       (SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id
           AND u.timestamp BETWEEN max(n.since, v.first_seen + 1) AND min(n.until, v.last_seen) - 1
         WHERE n.series_id = v.series_id) AS unread
FROM dated v
JOIN series e ON e.id = v.series_id
JOIN sites s ON s.id = e.site_id
JOIN captures c ON c.id = v.first_capture_id
JOIN pages p ON p.id = c.page_id
JOIN archives a ON a.id = c.archive_id
JOIN texts t ON t.id = c.text_id;
)sql";

// 5: compact packing of bodies and texts, and the seals that say what was written. `compacted` is null of
// what was packed in haste. It has no default: a row's columns stand after its content, which need not be
// rewritten.
constexpr const char* k_compact_and_seals = R"sql(
ALTER TABLE bodies ADD COLUMN compacted INTEGER;
ALTER TABLE texts ADD COLUMN base_id INTEGER REFERENCES texts;
ALTER TABLE texts ADD COLUMN compacted INTEGER;
CREATE INDEX bodies_base ON bodies(base_id) WHERE base_id IS NOT NULL;
CREATE INDEX bodies_loose ON bodies(id) WHERE compacted IS NULL;
CREATE INDEX texts_base ON texts(base_id) WHERE base_id IS NOT NULL;
CREATE INDEX texts_loose ON texts(id) WHERE compacted IS NULL;

CREATE TABLE seals (
  name TEXT NOT NULL,
  seal INTEGER NOT NULL,
  sum INTEGER NOT NULL,
  PRIMARY KEY (name, seal)
) STRICT, WITHOUT ROWID;
)sql";

// 6: the sites that were looked through for their policy; the versions that the user was told of.
constexpr const char* k_discoveries = R"sql(
CREATE TABLE discoveries (
  archive_id INTEGER NOT NULL REFERENCES archives,
  site TEXT NOT NULL,
  since INTEGER,
  until INTEGER,
  noted INTEGER NOT NULL,
  PRIMARY KEY (archive_id, site)
) STRICT, WITHOUT ROWID;

CREATE TABLE discovered_pages (
  archive_id INTEGER NOT NULL REFERENCES archives,
  site TEXT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (archive_id, site, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE told_versions (
  site_id INTEGER NOT NULL REFERENCES sites,
  words_sha256 BLOB NOT NULL,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (site_id, words_sha256, first_seen)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO told_versions
  SELECT e.site_id, v.words_sha256, v.first_seen FROM versions v JOIN series e ON e.id = v.series_id;
)sql";

// 7: what is said of texts and of the changes between them, the words that are searched, and in which order
// versions came. Of the sites in `unsettled` some of that may still be to do. A text that has its row in
// `analyses` is in text_words as well. The four bands of a SimHash: of two that differ in three bits or fewer
// one band at least is the same. A date that can be read in two ways (both of one year: days compare as
// numbers) is the one nearer to when its text came up, in the first version that bears it: later ones may
// keep it.
constexpr const char* k_analyses = R"sql(
CREATE TABLE identity (
  id TEXT NOT NULL PRIMARY KEY
) STRICT;
INSERT INTO identity VALUES(lower(hex(randomblob(8))));

CREATE TABLE analyses (
  text_id INTEGER PRIMARY KEY REFERENCES texts ON DELETE CASCADE,
  language TEXT NOT NULL,
  gate TEXT NOT NULL,
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  claimed_date TEXT,
  claimed_or_date TEXT,
  claimed_words TEXT,
  sentences INTEGER NOT NULL,
  reading_grade REAL
) STRICT;

CREATE TABLE changes (
  from_text_id INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
  to_text_id INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
  words_removed INTEGER NOT NULL,
  words_added INTEGER NOT NULL,
  share REAL NOT NULL,
  simhash_distance INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  PRIMARY KEY (from_text_id, to_text_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_to ON changes(to_text_id);

CREATE TABLE unsettled (
  site_id INTEGER PRIMARY KEY REFERENCES sites
) STRICT;
INSERT INTO unsettled SELECT DISTINCT e.site_id FROM versions v JOIN series e ON e.id = v.series_id;

CREATE VIRTUAL TABLE text_words USING fts5(words, content='', tokenize="unicode61 remove_diacritics 2");

CREATE INDEX texts_simhash_0 ON texts(simhash & 65535);
CREATE INDEX texts_simhash_1 ON texts(simhash >> 16 & 65535);
CREATE INDEX texts_simhash_2 ON texts(simhash >> 32 & 65535);
CREATE INDEX texts_simhash_3 ON texts(simhash >> 48 & 65535);
CREATE INDEX captures_text ON captures(text_id) WHERE text_id IS NOT NULL;
CREATE INDEX versions_first_capture ON versions(first_capture_id);
CREATE INDEX versions_first_seen ON versions(first_seen, number);
CREATE INDEX captures_missing ON captures(page_id) WHERE state = 4;

CREATE TABLE rereadings (
  body_id INTEGER NOT NULL REFERENCES bodies,
  content_type TEXT NOT NULL,
  url TEXT NOT NULL,
  read_under TEXT NOT NULL,
  text_id INTEGER NOT NULL REFERENCES texts,
  PRIMARY KEY (body_id, content_type, url, read_under)
) STRICT, WITHOUT ROWID;
CREATE INDEX rereadings_text ON rereadings(text_id);
CREATE INDEX readings_text ON readings(text_id);
CREATE INDEX texts_extractor ON texts(extractor);

CREATE TABLE arrivals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id INTEGER NOT NULL REFERENCES sites,
  words_sha256 BLOB NOT NULL,
  first_seen INTEGER NOT NULL,
  told INTEGER NOT NULL,
  UNIQUE (site_id, words_sha256, first_seen)
) STRICT;
CREATE INDEX arrivals_untold ON arrivals(id) WHERE told = 0;
INSERT INTO arrivals(site_id, words_sha256, first_seen, told)
  SELECT site_id, words_sha256, first_seen, 1 FROM told_versions ORDER BY site_id, first_seen, words_sha256;
DROP TABLE told_versions;

DROP VIEW v_versions;
CREATE VIEW doubtful_claims AS
WITH claims AS (
  SELECT v.series_id, v.first_seen, y.claimed_date, y.claimed_or_date,
         (SELECT w.last_seen FROM versions w WHERE w.series_id = v.series_id
             AND (w.first_seen, w.words_sha256) < (v.first_seen, v.words_sha256)
           ORDER BY w.first_seen DESC, w.words_sha256 DESC LIMIT 1) AS changed_after
  FROM versions v
  CROSS JOIN captures c ON c.id = v.first_capture_id
  CROSS JOIN analyses y ON y.text_id = c.text_id
  WHERE y.claimed_or_date IS NOT NULL)
SELECT series_id, first_seen, claimed_date, claimed_or_date,
       CAST(replace(claimed_date, '-', '') AS INTEGER) AS day,
       CAST(replace(claimed_or_date, '-', '') AS INTEGER) AS or_day,
       coalesce(changed_after / 1000000, 0) AS since,
       first_seen / 1000000 + CASE WHEN changed_after IS NULL THEN 200 ELSE 0 END AS until
FROM claims;

CREATE VIEW version_texts AS
SELECT v.series_id, v.number, v.first_seen, v.last_seen, v.words_sha256, v.captures, v.first_capture_id, c.text_id,
       p.last_seen AS changed_after, pc.text_id AS text_id_before,
       CASE WHEN y.claimed_or_date IS NULL THEN y.claimed_date ELSE
         (SELECT CASE WHEN max(0, k.or_day - k.until, k.since - k.or_day) <
                           max(0, k.day - k.until, k.since - k.day)
                      THEN k.claimed_or_date ELSE k.claimed_date END
            FROM doubtful_claims k
           WHERE k.series_id = v.series_id AND k.claimed_date = y.claimed_date
             AND k.claimed_or_date = y.claimed_or_date ORDER BY k.first_seen LIMIT 1) END AS claimed_date
FROM versions v
CROSS JOIN captures c ON c.id = v.first_capture_id
LEFT JOIN versions p ON p.series_id = v.series_id AND (p.first_seen, p.words_sha256) =
  (SELECT w.first_seen, w.words_sha256 FROM versions w
    WHERE w.series_id = v.series_id AND (w.first_seen, w.words_sha256) < (v.first_seen, v.words_sha256)
    ORDER BY w.first_seen DESC, w.words_sha256 DESC LIMIT 1)
LEFT JOIN captures pc ON pc.id = p.first_capture_id
LEFT JOIN analyses y ON y.text_id = c.text_id;

CREATE VIEW v_versions AS
SELECT s.name AS site, p.urlkey, v.number AS version, CAST(v.first_seen AS TEXT) AS first_seen,
       CAST(v.last_seen AS TEXT) AS last_seen, CAST(v.changed_after AS TEXT) AS changed_after,
       v.captures, t.word_count AS words, t.title, lower(hex(t.sha256)) AS text_sha256,
       lower(hex(t.words_sha256)) AS words_sha256, c.original, a.url AS archive,
       (SELECT name FROM series_names WHERE series_id = v.series_id) AS series,
       (SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id
           AND u.timestamp BETWEEN max(n.since, coalesce(v.changed_after, 0) + 1)
                               AND min(n.until, v.first_seen) - 1
         WHERE n.series_id = v.series_id) AS unread_before,
       (SELECT count(*) FROM tenures n CROSS JOIN unread_captures u ON u.page_id = n.page_id
           AND u.timestamp BETWEEN max(n.since, v.first_seen + 1) AND min(n.until, v.last_seen) - 1
         WHERE n.series_id = v.series_id) AS unread,
       nullif(y.language, '') AS language, y.kind, v.claimed_date,
       CASE WHEN v.claimed_date = y.claimed_date THEN y.claimed_or_date ELSE y.claimed_date END AS claimed_or_date,
       d.words_removed, d.words_added, d.share,
       d.simhash_distance, d.minor,
       (SELECT max(w.number) FROM versions w WHERE w.series_id = v.series_id AND w.number < v.number
           AND w.words_sha256 = v.words_sha256) AS returns_to
FROM version_texts v
JOIN series e ON e.id = v.series_id
JOIN sites s ON s.id = e.site_id
JOIN captures c ON c.id = v.first_capture_id
JOIN pages p ON p.id = c.page_id
JOIN archives a ON a.id = c.archive_id
JOIN texts t ON t.id = c.text_id
LEFT JOIN analyses y ON y.text_id = c.text_id
LEFT JOIN changes d ON d.from_text_id = v.text_id_before AND d.to_text_id = v.text_id;

CREATE VIEW v_changes AS
SELECT site, series, version, changed_after, first_seen AS seen_by, unread_before, words_removed, words_added,
       share, simhash_distance, minor, returns_to, claimed_date, original, text_sha256
FROM v_versions WHERE version > 1;
)sql";

}  // namespace

const char* migration(int from) {
  assert(from >= 0 && from < k_schema_version);
  static const std::string first = first_schema();
  static const std::array<const char*, k_schema_version> migrations = {
      first.c_str(),       k_evidence_and_looks, k_rounds,  k_series,
      k_compact_and_seals, k_discoveries,        k_analyses};
  return migrations.at(static_cast<std::size_t>(from));
}

}  // namespace winnow::storage
