#include "storage/first_schema.hpp"

namespace winnow::storage {

namespace {

// Measured and rejected: a unique index over (archive, page, timestamp, original, digest) doubles the file
// and halves the speed of listing; the writer looks rows up by (page, timestamp) instead. An index on the
// digest alone is random over the whole table (45,000 rows/s); by page it stays within a few leaves. Its
// third column finds the few captures of a state among a hundred thousand with one digest. `digest` is base32
// text, as CDX spells it, because plain SQL could not render it for v_captures.
constexpr const char* k_tables = R"sql(
CREATE TABLE archives (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  dialect TEXT NOT NULL
) STRICT;

CREATE TABLE sites (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  site_id INTEGER NOT NULL REFERENCES sites,
  urlkey TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  score REAL NOT NULL
) STRICT;
CREATE INDEX pages_site ON pages(site_id);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  command TEXT NOT NULL,
  program TEXT NOT NULL,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER,
  exit_code INTEGER,
  report TEXT
) STRICT;

CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  words_sha256 BLOB NOT NULL CHECK (length(words_sha256) = 32),
  word_count INTEGER NOT NULL,
  simhash INTEGER NOT NULL,
  title TEXT NOT NULL,
  charset TEXT NOT NULL,
  marks TEXT NOT NULL,
  extractor INTEGER NOT NULL,
  size INTEGER NOT NULL,
  encoding INTEGER NOT NULL,
  markdown BLOB NOT NULL,
  UNIQUE (sha256, words_sha256, charset, marks, extractor)
) STRICT;

CREATE TABLE bodies (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  sha1 BLOB NOT NULL CHECK (length(sha1) = 20),
  size INTEGER NOT NULL,
  base_id INTEGER REFERENCES bodies,
  depth INTEGER NOT NULL,
  encoding INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;

CREATE TABLE readings (
  body_id INTEGER NOT NULL REFERENCES bodies,
  content_type TEXT NOT NULL,
  url TEXT NOT NULL,
  text_id INTEGER NOT NULL REFERENCES texts,
  PRIMARY KEY (body_id, content_type, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE captures (
  id INTEGER PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES pages,
  archive_id INTEGER NOT NULL REFERENCES archives,
  timestamp INTEGER NOT NULL,
  original TEXT NOT NULL,
  mimetype TEXT NOT NULL,
  statuscode INTEGER,
  digest TEXT,
  length INTEGER,
  found INTEGER NOT NULL,
  state INTEGER NOT NULL,
  redirect_of INTEGER REFERENCES captures ON DELETE SET NULL,
  replayed_statuscode INTEGER,
  body_id INTEGER REFERENCES bodies,
  text_id INTEGER REFERENCES texts,
  text_given INTEGER NOT NULL DEFAULT 0,
  represents INTEGER NOT NULL DEFAULT 0,
  claimed_by INTEGER REFERENCES runs
) STRICT;
CREATE INDEX captures_page_timestamp ON captures(page_id, timestamp);
CREATE INDEX captures_page_digest ON captures(page_id, digest, state) WHERE digest IS NOT NULL;
CREATE INDEX captures_pending ON captures(page_id, timestamp) WHERE state = 1;
CREATE INDEX captures_redirect_of ON captures(redirect_of) WHERE redirect_of IS NOT NULL;
CREATE INDEX captures_claimed ON captures(claimed_by) WHERE claimed_by IS NOT NULL;

CREATE TABLE provenance (
  capture_id INTEGER PRIMARY KEY REFERENCES captures ON DELETE CASCADE,
  record TEXT NOT NULL
) STRICT;

CREATE TABLE versions (
  page_id INTEGER NOT NULL REFERENCES pages,
  first_seen INTEGER NOT NULL,
  words_sha256 BLOB NOT NULL,
  last_seen INTEGER NOT NULL,
  number INTEGER NOT NULL,
  captures INTEGER NOT NULL,
  first_capture_id INTEGER NOT NULL REFERENCES captures,
  PRIMARY KEY (page_id, first_seen, words_sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  archive_id INTEGER NOT NULL REFERENCES archives,
  capture_id INTEGER UNIQUE REFERENCES captures ON DELETE CASCADE,
  target TEXT,
  reason TEXT NOT NULL,
  status INTEGER,
  detail TEXT NOT NULL,
  hops TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  noted INTEGER NOT NULL,
  retry TEXT NOT NULL,
  retry_at INTEGER,
  run_id INTEGER REFERENCES runs,
  CHECK ((capture_id IS NULL) <> (target IS NULL)),
  UNIQUE (archive_id, target)
) STRICT;
)sql";

// dated_texts is what versions are made of. A state that is neither held nor inferred may still have a body:
// a capture inferred once and now to be fetched as well.
constexpr const char* k_views = R"sql(
CREATE VIEW dated_texts AS
SELECT c.page_id, c.timestamp, t.words_sha256, c.id AS capture_id, t.id AS text_id
FROM captures c
JOIN texts t ON t.id = c.text_id
WHERE coalesce(c.replayed_statuscode, c.statuscode, 200) = 200 AND t.word_count > 0;

CREATE VIEW v_captures AS
SELECT a.url AS archive, s.name AS site, p.urlkey, CAST(c.timestamp AS TEXT) AS timestamp, c.original,
       coalesce(c.replayed_statuscode, c.statuscode) AS statuscode, c.mimetype, c.digest,
       CASE c.state WHEN 0 THEN 'listed' WHEN 1 THEN 'pending' WHEN 2 THEN 'held' WHEN 3 THEN 'inferred'
                    WHEN 4 THEN 'missing' END AS state,
       lower(hex(b.sha1)) AS sha1, lower(hex(b.sha256)) AS sha256, b.size,
       (SELECT v.number FROM versions v
         WHERE v.page_id = c.page_id AND v.first_seen <= c.timestamp AND v.last_seen >= c.timestamp
           AND v.words_sha256 = t.words_sha256 AND t.word_count > 0
           AND coalesce(c.replayed_statuscode, c.statuscode, 200) = 200
         ORDER BY v.first_seen DESC LIMIT 1) AS version
FROM captures c
JOIN archives a ON a.id = c.archive_id
JOIN pages p ON p.id = c.page_id
JOIN sites s ON s.id = p.site_id
LEFT JOIN bodies b ON b.id = c.body_id
LEFT JOIN texts t ON t.id = c.text_id;

CREATE VIEW v_versions AS
SELECT s.name AS site, p.urlkey, v.number AS version, CAST(v.first_seen AS TEXT) AS first_seen,
       CAST(v.last_seen AS TEXT) AS last_seen,
       CAST((SELECT w.last_seen FROM versions w
              WHERE w.page_id = v.page_id
                AND (w.first_seen, w.words_sha256) < (v.first_seen, v.words_sha256)
              ORDER BY w.first_seen DESC, w.words_sha256 DESC LIMIT 1) AS TEXT) AS changed_after,
       v.captures, t.word_count AS words, t.title, lower(hex(t.sha256)) AS text_sha256,
       lower(hex(t.words_sha256)) AS words_sha256, c.original, a.url AS archive
FROM versions v
JOIN pages p ON p.id = v.page_id
JOIN sites s ON s.id = p.site_id
JOIN captures c ON c.id = v.first_capture_id
JOIN archives a ON a.id = c.archive_id
JOIN texts t ON t.id = c.text_id;
)sql";

}  // namespace

std::string first_schema() {
  return std::string(k_tables) + k_views;
}

}  // namespace winnow::storage
