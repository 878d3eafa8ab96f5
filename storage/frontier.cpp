#include "storage/frontier.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "model/digest.hpp"
#include "model/reason.hpp"
#include "storage/end_of_time.hpp"
#include "storage/retry_sql.hpp"

namespace winnow::storage {

namespace {

// Parameters of the plan's statements: ?1 archive, ?2 since, ?3 until, ?4 run, ?5 now, ?6 number of the plan.

// The plan's captures, driven by its pages.
constexpr const char* k_in_scope = R"sql(
  temp.scope s CROSS JOIN captures c ON c.page_id = s.page_id
  WHERE s.plan = ?6 AND c.archive_id = ?1 AND c.timestamp BETWEEN ?2 AND ?3)sql";

/// A ledger entry stands in the way until its retry rule lets go.
std::string may_be_asked() {
  return fmt::format("AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.capture_id = c.id AND {})",
                     rests_for_run("?4", "?5"));
}

// No capture of c's page and digest has the digest's body, or is to be fetched anyway. That a file's maker
// inferred one keeps nothing from being fetched.
constexpr const char* k_digest_is_open = R"sql(
  NOT EXISTS (SELECT 1 FROM captures h WHERE h.page_id = c.page_id AND h.digest = c.digest AND h.state IN (1, 2, 3)
    AND (h.represents = 1 OR (h.state = 3 AND h.found NOT IN (3, 4)) OR (h.state = 1 AND h.archive_id = ?1))))sql";

// Which capture stands for its digest. 200s come first because only they make versions; a revisit record
// names the same body but may not be playable alone.
constexpr const char* k_best_first =
    " c.state, c.statuscode IS NOT 200, c.mimetype = 'warc/revisit', c.timestamp, c.original, c.id ";

std::string reset_sql() {
  return fmt::format(R"sql(
    UPDATE captures SET state = CASE WHEN body_id IS NOT NULL THEN 3
      WHEN EXISTS (SELECT 1 FROM ledger WHERE capture_id = captures.id) THEN 4 ELSE 0 END
    WHERE id IN (SELECT c.id FROM {} AND c.state = 1 AND c.claimed_by IS NULL
      AND c.id NOT IN (SELECT capture_id FROM rounds)))sql",
                     k_in_scope);
}

std::string want_all_sql() {
  return fmt::format(
      "UPDATE captures SET state = 1 WHERE id IN (SELECT c.id FROM {} AND c.state IN (0, 3, 4) {})",
      k_in_scope, may_be_asked());
}

std::string want_unique_sql(const char* states) {
  return fmt::format(R"sql(
    UPDATE captures SET state = 1 WHERE id IN (SELECT id FROM (
      SELECT c.id, c.digest, row_number() OVER (PARTITION BY c.page_id, c.digest ORDER BY {}) AS place
      FROM {} AND c.state IN ({}) {} AND (c.digest IS NULL OR {}))
    WHERE digest IS NULL OR place = 1))sql",
                     k_best_first, k_in_scope, states, may_be_asked(), k_digest_is_open);
}

std::string want_next_sql() {
  return fmt::format(R"sql(
    UPDATE captures SET state = 1 WHERE id = (SELECT c.id FROM captures c
      WHERE c.page_id = ?4 AND c.digest = ?5 AND c.state = 0 AND c.archive_id = ?1
        AND +c.timestamp BETWEEN ?2 AND ?3 AND {} ORDER BY {} LIMIT 1))sql",
                     k_digest_is_open, k_best_first);
}

std::string count_sql() {
  return fmt::format("SELECT c.state, count(*), coalesce(sum(c.length), 0) FROM {} GROUP BY c.state",
                     k_in_scope);
}

constexpr const char* k_end_rounds = R"sql(
  DELETE FROM rounds WHERE selection <> ?2 AND capture_id IN (
    SELECT c.id FROM rounds r JOIN captures c ON c.id = r.capture_id
    JOIN temp.scope s ON s.page_id = c.page_id WHERE s.plan = ?1))sql";

constexpr const char* k_inferable = R"sql(
  SELECT page_id, digest, held FROM (
    SELECT c.page_id, c.digest, (SELECT min(h.id) FROM captures h WHERE h.page_id = c.page_id
      AND h.digest = c.digest AND h.state = 2 AND h.represents = 1) AS held
    FROM (SELECT DISTINCT l.page_id, l.digest FROM temp.scope s CROSS JOIN captures l ON l.page_id = s.page_id
      WHERE s.plan = ? AND l.state IN (0, 4) AND l.digest IS NOT NULL) c)
  WHERE held IS NOT NULL)sql";

constexpr const char* k_elsewhere = R"sql(
  SELECT sum(captures) OVER (), 'pid ' || pid || ' (' || command || ')' FROM (
    SELECT count(*) AS captures, r.pid, r.command FROM temp.scope s CROSS JOIN captures c ON c.page_id = s.page_id
    JOIN runs r ON r.id = c.claimed_by
    WHERE c.archive_id = ? AND c.state = 1 AND c.claimed_by <> ? GROUP BY r.id)
  ORDER BY captures DESC LIMIT 1)sql";

constexpr const char* k_claim = R"sql(
  SELECT s.position, c.id, c.found, p.urlkey, c.timestamp, c.original, c.mimetype, c.statuscode, c.digest, c.length
  FROM temp.scope s CROSS JOIN captures c ON c.page_id = s.page_id CROSS JOIN pages p ON p.id = c.page_id
  WHERE c.archive_id = ?1 AND c.timestamp BETWEEN ?2 AND ?3 AND s.position >= ?4 AND c.state = 1
    AND c.claimed_by IS NULL
  ORDER BY s.position, c.timestamp LIMIT ?5)sql";

// Where redirects of an earlier run led from the scope's pages, directly or not: theirs to finish.
constexpr const char* k_redirect_pages = R"sql(
  WITH RECURSIVE origin(page_id, capture_id) AS (
    SELECT page_id, redirect_of FROM captures WHERE redirect_of IS NOT NULL AND state IN (0, 1, 4)
    UNION
    SELECT o.page_id, c.redirect_of FROM origin o JOIN captures c ON c.id = o.capture_id
    WHERE c.redirect_of IS NOT NULL)
  INSERT INTO temp.scope(page_id, plan)
  SELECT DISTINCT o.page_id, ?1 FROM origin o JOIN captures c ON c.id = o.capture_id
  WHERE c.page_id IN (SELECT page_id FROM temp.scope WHERE plan = ?1)
  ON CONFLICT(page_id) DO UPDATE SET plan = excluded.plan)sql";

struct Bounds {
  std::int64_t since;
  std::int64_t until;
};

Bounds bounds(const std::optional<Timestamp>& since, const std::optional<Timestamp>& until) {
  return {since ? static_cast<std::int64_t>(since->value()) : 0,
          until ? static_cast<std::int64_t>(until->value()) : k_end_of_time};
}

bool make_scope_table(Database& database) {
  database.handle().exec(
      "CREATE TEMP TABLE scope(position INTEGER PRIMARY KEY, page_id INTEGER NOT NULL UNIQUE, plan INTEGER "
      "NOT NULL); "
      "CREATE INDEX temp.scope_plan ON scope(plan)");
  return true;
}

}  // namespace

Frontier::Frontier(Database& database)
    : m_scope_table(make_scope_table(database)),
      m_rounds(database),
      m_add_page(database,
                 "INSERT INTO temp.scope(page_id, plan) VALUES(?, ?) "
                 "ON CONFLICT(page_id) DO UPDATE SET plan = excluded.plan"),
      m_score(database, "SELECT score FROM pages WHERE id = ?"),
      m_redirect_pages(database, k_redirect_pages),
      m_pages(database, "SELECT page_id FROM temp.scope WHERE plan = ? ORDER BY position"),
      m_end_rounds(database, k_end_rounds),
      m_reset(database, reset_sql().c_str()),
      m_want_all(database, want_all_sql().c_str()),
      m_want_unique(database, want_unique_sql("0, 4").c_str()),
      m_want_due(database, want_unique_sql("4").c_str()),
      m_count(database, count_sql().c_str()),
      m_inferable(database, k_inferable),
      m_elsewhere(database, k_elsewhere),
      m_claim(database, k_claim),
      m_mark(database, "UPDATE captures SET claimed_by = ? WHERE id = ?"),
      m_want_next(database, want_next_sql().c_str()) {}

void Frontier::add_scope(const Scope& scope) {
  m_archive = scope.archive;
  m_since = scope.since;
  m_until = scope.until;
  m_chosen_since = scope.chosen_since;
  m_position = 0;
  ++m_plan;
  std::vector<std::pair<double, PageId>> ranked;
  ranked.reserve(scope.pages.size());
  for (const PageId page : scope.pages) {
    if (m_score.bind(page).step()) ranked.emplace_back(-m_score.real(0), page);
    m_score.done();
  }
  std::sort(ranked.begin(), ranked.end());
  for (const auto& [rank, page] : ranked)
    m_add_page.run(page, m_plan);
  m_redirect_pages.run(m_plan);
}

void Frontier::add_page(PageId page) {
  m_add_page.run(page, m_plan);
}

void Frontier::reset(const Selection& selection) {
  const auto [since, until] = bounds(m_chosen_since ? m_chosen_since : m_since, m_until);
  m_end_rounds.run(m_plan, selection.text());
  m_reset.run(*m_archive, since, until, std::nullopt, std::nullopt, m_plan);
}

void Frontier::want(const Selection& selection, std::optional<RunId> run) {
  const auto [since, until] = bounds(m_chosen_since ? m_chosen_since : m_since, m_until);
  m_rounds.select({*m_archive, since, until}, selection);
  switch (selection.kind) {
    case Selection::all:
      m_want_all.run(*m_archive, since, until, run, Timestamp::now(), m_plan);
      break;
    case Selection::unique:
      m_want_unique.run(*m_archive, since, until, run, Timestamp::now(), m_plan);
      break;
    case Selection::changes:
    case Selection::every:
      want_first_rounds(run);
      break;
  }
  if (m_chosen_since) m_want_due.run(*m_archive, 0, until, run, Timestamp::now(), m_plan);
}

void Frontier::want_first_rounds(std::optional<RunId> run) {
  std::vector<PageId> pages;
  m_pages.bind(m_plan);
  while (m_pages.step())
    pages.push_back(m_pages.id<PageId>(0));
  for (const PageId page : pages)
    m_rounds.begin(page, run);
}

Plan Frontier::count() {
  Plan plan;
  const auto [since, until] = bounds(m_since, m_until);
  m_count.bind(*m_archive, since, until, std::nullopt, std::nullopt, m_plan);
  while (m_count.step()) {
    const auto captures = static_cast<std::uint64_t>(m_count.integer(1));
    switch (m_count.id<CaptureState>(0)) {
      case CaptureState::listed:
        plan.listed = captures;
        break;
      case CaptureState::pending:
        plan.pending = captures;
        plan.pending_bytes = static_cast<std::uint64_t>(m_count.integer(2));
        break;
      case CaptureState::held:
        plan.held = captures;
        break;
      case CaptureState::inferred:
        plan.inferred = captures;
        break;
      case CaptureState::missing:
        plan.missing = captures;
        break;
    }
  }
  return plan;
}

std::vector<Frontier::Inferable> Frontier::inferable() {
  std::vector<Inferable> groups;
  m_inferable.bind(m_plan);
  while (m_inferable.step()) {
    groups.push_back({m_inferable.id<PageId>(0), m_inferable.text(1), m_inferable.id<CaptureId>(2)});
  }
  return groups;
}

Store::Elsewhere Frontier::elsewhere(RunId run) {
  Store::Elsewhere elsewhere;
  if (m_elsewhere.bind(*m_archive, run).step()) {
    elsewhere = {static_cast<std::uint64_t>(m_elsewhere.integer(0)), m_elsewhere.text(1)};
    m_elsewhere.done();
  }
  return elsewhere;
}

std::vector<ClaimedCapture> Frontier::claim(RunId run, std::size_t count) {
  std::vector<ClaimedCapture> claimed;
  const auto [since, until] = bounds(m_since, m_until);
  m_claim.bind(*m_archive, since, until, m_position, count);
  while (m_claim.step()) {
    m_position = m_claim.integer(0);
    Capture capture{.urlkey = m_claim.text(3),
                    .timestamp = m_claim.timestamp(4),
                    .original = m_claim.text(5),
                    .mimetype = m_claim.text(6),
                    .statuscode = m_claim.optional<int>(7),
                    .digest = {},
                    .length = m_claim.optional<std::uint64_t>(9)};
    if (!m_claim.is_null(8)) capture.digest = parse_cdx_digest(m_claim.text(8));
    claimed.push_back({m_claim.id<CaptureId>(1), m_claim.id<Found>(2), std::move(capture)});
  }
  for (const ClaimedCapture& capture : claimed)
    m_mark.run(run, capture.id);
  return claimed;
}

bool Frontier::want_next(PageId page, const std::string& digest) {
  if (!m_archive || m_rounds.chooses_in_rounds()) return false;  // the next round chooses
  const auto [since, until] = bounds(m_since, m_until);
  return m_want_next.run(*m_archive, since, until, page, digest) > 0;
}

std::size_t Frontier::next_rounds(std::optional<RunId> run) {
  const std::size_t wanted = m_rounds.next(run);
  if (wanted > 0) rewind();
  return wanted;
}

}  // namespace winnow::storage
