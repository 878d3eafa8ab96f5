#include "storage/captures.hpp"

#include <algorithm>
#include <cassert>

#include "model/url.hpp"

namespace winnow::storage {

namespace {

std::optional<std::string> digest_text(const std::optional<Sha1>& digest) {
  if (!digest) return std::nullopt;
  return base32(*digest);
}

std::optional<std::int64_t> length_value(const std::optional<std::uint64_t>& length) {
  if (!length) return std::nullopt;
  return static_cast<std::int64_t>(*length);
}

// A urlkey without a host (`mailto:`, `data:`, no URL at all) belongs to no site; `-` keeps such rows
// together.
std::string site_of(std::string_view urlkey) {
  if (urlkey.find(')') == std::string_view::npos) return "-";
  const std::string site = registrable_domain(urlkey_host(urlkey));
  return site.empty() ? "-" : site;
}

}  // namespace

Captures::Captures(Database& database, Tenures& tenures)
    : m_database(database),
      m_tenures(tenures),
      m_add_archive(database,
                    "INSERT INTO archives(url, dialect) VALUES(?, ?) ON CONFLICT(url) DO UPDATE SET dialect "
                    "= excluded.dialect "
                    "WHERE dialect <> excluded.dialect"),
      m_archive(database, "SELECT id FROM archives WHERE url = ?"),
      m_add_site(database, "INSERT INTO sites(name) VALUES(?) ON CONFLICT(name) DO NOTHING"),
      m_site(database, "SELECT id FROM sites WHERE name = ?"),
      m_add_page(database, "INSERT INTO pages(site_id, urlkey, url, score) VALUES(?, ?, ?, ?)"),
      m_page(database, "SELECT id, score FROM pages WHERE urlkey = ?"),
      m_raise_score(database, "UPDATE pages SET score = ? WHERE id = ?"),
      m_score(database, "SELECT score FROM pages WHERE id = ?"),
      m_same_time(database,
                  "SELECT id, archive_id, original, digest, found, state FROM captures WHERE page_id = ? AND "
                  "timestamp = ?"),
      m_insert(database,
               "INSERT INTO captures(page_id, archive_id, timestamp, original, mimetype, statuscode, digest, "
               "length, "
               "found, state, redirect_of) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_complete(database,
                 "UPDATE captures SET mimetype = ?, statuscode = ?, digest = ?, length = ?, "
                 "found = CASE WHEN found = 4 THEN 4 ELSE ? END WHERE id = ?"),
      m_row(database,
            "SELECT c.page_id, c.archive_id, c.timestamp, c.original, p.urlkey, c.digest, c.found, c.state, "
            "c.redirect_of, c.body_id IS NOT NULL, c.text_given FROM captures c JOIN pages p ON "
            "p.id = c.page_id "
            "WHERE c.id = ?"),
      m_find(database,
             "SELECT id FROM captures WHERE page_id = ? AND timestamp = ? AND archive_id = ? "
             "ORDER BY original <> ?, state <> 2, id LIMIT 1"),
      m_of_second(
          database,
          "SELECT id, original, digest FROM captures WHERE page_id = ? AND timestamp = ? AND archive_id = ? "
          "ORDER BY id"),
      m_origin(database, "SELECT redirect_of FROM captures WHERE id = ? AND redirect_of IS NOT NULL"),
      m_indexed(database,
                "SELECT 1 FROM captures WHERE page_id = ? AND archive_id = ? AND found = 0 LIMIT 1"),
      m_remove(database, "DELETE FROM captures WHERE id = ?") {}

ArchiveId Captures::archive(std::string_view url, std::string_view dialect) {
  const std::string name(url);
  m_add_archive.run(name, dialect);
  m_archive.bind(name).step();
  const auto id = m_archive.id<ArchiveId>(0);
  m_archive.done();
  return id;
}

PageId Captures::page(const std::string& urlkey, const std::string& url, double score,
                      const std::string& site) {
  if (m_page.bind(urlkey).step()) {
    const auto id = m_page.id<PageId>(0);
    const double known = m_page.real(1);
    m_page.done();
    if (score > known) m_raise_score.run(score, id);
    return id;
  }
  const std::string name = site.empty() ? site_of(urlkey) : site;
  m_add_site.run(name);
  m_site.bind(name).step();
  const std::int64_t site_id = m_site.integer(0);
  m_site.done();
  m_add_page.run(site_id, urlkey, url, score);
  const PageId id{m_database.handle().getLastInsertRowid()};
  m_tenures.add_page(id);
  return id;
}

double Captures::score(PageId page) {
  const double score = m_score.bind(page).step() ? m_score.real(0) : 0;
  m_score.done();
  return score;
}

Listed Captures::add(ArchiveId archive, std::span<const ListedCapture> rows) {
  Listed listed;
  // An index is sorted by urlkey: the page of one row is nearly always that of the next.
  const std::string* urlkey = nullptr;
  PageId current{};
  for (const auto& [capture, score] : rows) {
    if (urlkey == nullptr || *urlkey != capture.urlkey) {
      current = page(capture.urlkey, capture.original, score);
      urlkey = &capture.urlkey;
      listed.pages.push_back(current);
    }
    const bool is_new = ensure(archive, current, capture, Found::cdx, CaptureState::listed).is_new;
    ++(is_new ? listed.added : listed.known);
  }
  // Of an index that is not sorted, a page may come up again.
  std::vector<PageId> sorted = listed.pages;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    listed.pages = std::move(sorted);
  }
  return listed;
}

Captures::Added Captures::ensure(ArchiveId archive, PageId page, const Capture& capture, Found found,
                                 CaptureState state, std::optional<CaptureId> redirect_of) {
  const std::optional<std::string> digest = digest_text(capture.digest);
  m_same_time.bind(page, capture.timestamp);
  while (m_same_time.step()) {
    if (m_same_time.id<ArchiveId>(1) != archive || m_same_time.text(2) != capture.original) continue;
    const auto id = m_same_time.id<CaptureId>(0);
    const bool has_digest = !m_same_time.is_null(3);
    if (has_digest ? digest && m_same_time.text(3) == *digest
                   : !digest || m_same_time.id<Found>(4) != Found::cdx) {
      const auto known = m_same_time.id<Found>(4);
      // A missing one's row may be what was damaged: a repair can't tell which of its columns is wrong.
      const bool is_missing = m_same_time.id<CaptureState>(5) == CaptureState::missing && found == known;
      const bool complete = is_missing || (!has_digest && found == Found::cdx && known != Found::cdx);
      m_same_time.done();
      if (complete) {
        m_complete.run(capture.mimetype, capture.statuscode, digest, length_value(capture.length), found, id);
      }
      return {id, false};
    }
  }
  m_insert.run(page, archive, capture.timestamp, capture.original, capture.mimetype, capture.statuscode,
               digest, length_value(capture.length), found, state, redirect_of);
  return {CaptureId{m_database.handle().getLastInsertRowid()}, true};
}

CaptureRow Captures::row(CaptureId id) {
  const bool exists = m_row.bind(id).step();
  assert(exists);
  static_cast<void>(exists);
  CaptureRow row{.id = id,
                 .page = m_row.id<PageId>(0),
                 .archive = m_row.id<ArchiveId>(1),
                 .timestamp = m_row.timestamp(2),
                 .original = m_row.text(3),
                 .urlkey = m_row.text(4),
                 .digest = {},
                 .found = m_row.id<Found>(6),
                 .state = m_row.id<CaptureState>(7),
                 .redirect_of = m_row.optional<CaptureId>(8),
                 .has_body = m_row.integer(9) != 0,
                 .has_given_text = m_row.integer(10) != 0};
  if (!m_row.is_null(5)) row.digest = m_row.text(5);
  m_row.done();
  return row;
}

std::optional<CaptureId> Captures::find(ArchiveId archive, PageId page, Timestamp timestamp,
                                        const std::string& original) {
  if (!m_find.bind(page, timestamp, archive, original).step()) return std::nullopt;
  const auto id = m_find.id<CaptureId>(0);
  m_find.done();
  return id;
}

std::vector<Captures::Twin> Captures::twins(const CaptureRow& row) {
  std::vector<Twin> twins;
  m_of_second.bind(row.page, row.timestamp, row.archive);
  while (m_of_second.step()) {
    Twin twin{m_of_second.id<CaptureId>(0), m_of_second.text(1), {}};
    if (!m_of_second.is_null(2)) twin.digest = m_of_second.text(2);
    if (twin.id != row.id) twins.push_back(std::move(twin));
  }
  return twins;
}

int Captures::redirects(CaptureId capture) {
  int redirects = 0;
  // Origins are older rows than what they lead to: this ends.
  while (m_origin.bind(capture).step()) {
    capture = m_origin.id<CaptureId>(0);
    m_origin.done();
    ++redirects;
  }
  return redirects;
}

bool Captures::is_indexed(ArchiveId archive, PageId page) {
  const bool indexed = m_indexed.bind(page, archive).step();
  m_indexed.done();
  return indexed;
}

void Captures::remove(CaptureId id) {
  m_remove.run(id);
}

}  // namespace winnow::storage
