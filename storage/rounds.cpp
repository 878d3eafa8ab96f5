#include "storage/rounds.hpp"

#include <string>
#include <unordered_map>

#include "model/reason.hpp"
#include "storage/capture_state.hpp"
#include "storage/retry_sql.hpp"

namespace winnow::storage {

namespace {

/// Parameters: ?1 page, ?2 archive, ?3 since, ?4 until, ?5 run, ?6 now. The last column is why it may not be
/// asked for yet: a ledger entry stands in the way until its retry rule lets go.
std::string list_sql() {
  return fmt::format(R"sql(
  SELECT c.id, c.timestamp, c.state, c.statuscode, c.mimetype = 'warc/revisit', c.digest, c.body_id IS NOT NULL,
         CASE WHEN coalesce(c.replayed_statuscode, c.statuscode, 200) = 200 AND t.word_count > 0
              THEN t.words_sha256 END,
         CASE c.state WHEN 4 THEN (SELECT l.reason FROM ledger l WHERE l.capture_id = c.id AND {}) END
  FROM captures c LEFT JOIN texts t ON t.id = c.text_id
  WHERE c.page_id = ?1 AND c.timestamp BETWEEN ?3 AND ?4
    AND (c.statuscode IS NULL OR c.statuscode = 200 OR c.statuscode BETWEEN 300 AND 399)
    AND (c.archive_id = ?2 OR c.text_id IS NOT NULL)
  ORDER BY c.timestamp, c.original, c.digest, c.id)sql",
                     rests_for_run("?5", "?6"));
}

/// Small numbers for long values, from 1.
template <class Value, class Hash = std::hash<Value>>
class Numbers {
public:
  std::uint32_t of(const Value& value) {
    return m_numbers.try_emplace(value, static_cast<std::uint32_t>(m_numbers.size()) + 1).first->second;
  }

private:
  std::unordered_map<Value, std::uint32_t, Hash> m_numbers;
};

}  // namespace

Rounds::Rounds(Database& database)
    : m_pending(database,
                "SELECT 1 FROM captures INDEXED BY captures_pending WHERE page_id = ? AND archive_id = ? AND "
                "timestamp BETWEEN ? AND ? AND state = 1 LIMIT 1"),
      m_list(database, list_sql().c_str()),
      m_want(database, "UPDATE captures SET state = 1 WHERE id = ?"),
      m_enter(database, "INSERT OR REPLACE INTO rounds(capture_id, selection) VALUES(?, ?)"),
      m_leave(database, "DELETE FROM rounds WHERE capture_id = ?") {}

void Rounds::select(const Bounds& bounds, const Selection& selection) {
  if (bounds.archive != m_bounds.archive || !selection.in_rounds()) m_pages.clear();
  m_bounds = bounds;
  m_selection = selection;
}

void Rounds::begin(PageId page, std::optional<RunId> run) {
  m_pages[page].reset();
  advance(page, run);
}

void Rounds::answered(CaptureId capture, PageId page) {
  m_leave.run(capture);
  if (m_pages.contains(page)) m_due.insert(page);
}

std::size_t Rounds::next(std::optional<RunId> run) {
  std::size_t wanted = 0;
  for (const PageId page : m_due)
    wanted += advance(page, run);
  m_due.clear();
  return wanted;
}

std::size_t Rounds::next_of_all(std::optional<RunId> run) {
  std::size_t wanted = 0;
  for (const auto& [page, end] : m_pages)
    if (!end) wanted += advance(page, run);
  return wanted;
}

Unread Rounds::unread() const {
  Unread unread;
  for (const auto& [page, end] : m_pages)
    if (end) unread += *end;
  return unread;
}

std::size_t Rounds::advance(PageId page, std::optional<RunId> run) {
  if (has_pending(page)) return 0;
  const List list = read(page, run);
  const Round round = list.is_excluded ? Round{} : next_round(list.entries, m_selection);
  for (const std::size_t place : round.wanted) {
    m_want.run(list.captures[place]);
    m_enter.run(list.captures[place], m_selection.text());
  }
  if (round.wanted.empty()) {
    m_pages[page] = round.unread;
  } else {
    m_pages[page].reset();
  }
  return round.wanted.size();
}

bool Rounds::has_pending(PageId page) {
  const bool pending = m_pending.bind(page, m_bounds.archive, m_bounds.since, m_bounds.until).step();
  m_pending.done();
  return pending;
}

Rounds::List Rounds::read(PageId page, std::optional<RunId> run) {
  List list;
  Numbers<Sha256, DigestHash> words;
  Numbers<std::string> digests;
  m_list.bind(page, m_bounds.archive, m_bounds.since, m_bounds.until, run, Timestamp::now());
  while (m_list.step()) {
    using State = ListEntry::State;
    const bool is_redirect = m_list.optional<int>(3).value_or(200) != 200;
    const auto state = m_list.id<CaptureState>(2);
    ListEntry entry{.timestamp = m_list.timestamp(1),
                    .is_doubtful = m_list.is_null(3) || m_list.integer(4) != 0};
    if (!m_list.is_null(5)) entry.digest = digests.of(m_list.text(5));
    if (!m_list.is_null(7)) {
      entry.state = State::words;
      entry.words = words.of(m_list.digest<32>(7));
    } else if (!m_list.is_null(8)) {
      entry.state = is_redirect ? State::asked_redirect : State::lost;
      list.is_excluded |= m_list.text(8) == name(Reason::excluded);
    } else if (m_list.integer(6) != 0 || state == CaptureState::held) {
      entry.state = is_redirect ? State::asked_redirect : State::silent;
    } else {
      entry.state = is_redirect ? State::redirect : State::unread;
    }
    list.captures.push_back(m_list.id<CaptureId>(0));
    list.entries.push_back(entry);
  }
  return list;
}

}  // namespace winnow::storage
