#include "storage/ledger_reader.hpp"

#include <string>

#include "model/url.hpp"
#include "storage/capture_state.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

constexpr const char* k_entries = R"sql(
  SELECT a.url, s.name, p.urlkey, c.timestamp, coalesce(c.original, l.target), l.reason, l.status, l.detail,
         l.headers, l.body_start, l.hops, l.attempts, l.noted, l.retry, l.retry_at
  FROM ledger l JOIN archives a ON a.id = l.archive_id
  LEFT JOIN captures c ON c.id = l.capture_id
  LEFT JOIN pages p ON p.id = c.page_id
  LEFT JOIN sites s ON s.id = p.site_id
  ORDER BY s.name, p.urlkey, c.timestamp, l.target, l.id)sql";

// dated_texts has what takes part in versions.
constexpr const char* k_history = R"sql(
  SELECT c.timestamp, c.state, coalesce(c.replayed_statuscode, c.statuscode, 200), l.reason,
         EXISTS (SELECT 1 FROM dated_texts d WHERE d.capture_id = c.id)
  FROM tenures n CROSS JOIN captures c ON c.page_id = n.page_id
    AND c.timestamp >= n.since AND c.timestamp < n.until
  LEFT JOIN ledger l ON l.capture_id = c.id
  WHERE n.series_id = ? ORDER BY c.timestamp)sql";

// Of each page the time while it had the policy.
constexpr const char* k_looks = R"sql(
  SELECT max(l.since, n.since), min(l.until, n.until)
  FROM tenures n CROSS JOIN looks l ON l.page_id = n.page_id AND l.since < n.until AND l.until >= n.since
  WHERE n.series_id = ?)sql";

LedgerEntry entry(Statement& row) {
  LedgerEntry entry{.archive = row.text(0),
                    .site = row.text(1),
                    .urlkey = row.text(2),
                    .timestamp = row.optional<Timestamp>(3),
                    .target = row.text(4),
                    .reason = row.text(5),
                    .status = row.optional<int>(6),
                    .detail = row.text(7),
                    .headers = row.text(8),
                    .body_start = row.text(9),
                    .hops = row.text(10),
                    .attempts = static_cast<std::uint64_t>(row.integer(11)),
                    .noted = row.timestamp(12),
                    .retry = row.text(13),
                    .retry_at = row.optional<Timestamp>(14)};
  if (!entry.timestamp) entry.site = registrable_domain(urlkey_host(urlkey(entry.target)));
  return entry;
}

DatedCapture dated(Statement& row) {
  DatedCapture capture{row.timestamp(0), {}, {}};
  if (row.integer(4) != 0) return capture;
  const int status = static_cast<int>(row.integer(2));
  switch (row.id<CaptureState>(1)) {
    case CaptureState::listed:
      capture.hindrance = Hindrance::not_wanted;
      break;
    case CaptureState::pending:
      capture.hindrance = Hindrance::pending;
      break;
    case CaptureState::missing:
      capture.hindrance = Hindrance::ledger;
      capture.detail = row.text(3);
      break;
    case CaptureState::held:
    case CaptureState::inferred:
      capture.hindrance = status == 200 ? Hindrance::no_text : Hindrance::status;
      if (status != 200) capture.detail = std::to_string(status);
      break;
  }
  return capture;
}

}  // namespace

class LedgerReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        entries(database, k_entries),
        history(database, k_history),
        looks(database, k_looks) {}

  storage::Database database;
  Statement entries, history, looks;
};

LedgerReader::LedgerReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

LedgerReader::~LedgerReader() = default;

void LedgerReader::for_each_entry(const std::function<void(const LedgerEntry&)>& visit) {
  guarded(m_queries->database.path(), [&] {
    m_queries->entries.bind();
    while (m_queries->entries.step())
      visit(entry(m_queries->entries));
  });
}

std::vector<Gap> LedgerReader::gaps(SeriesId series, std::chrono::seconds least) {
  return guarded(m_queries->database.path(), [&] {
    std::vector<Look> looks;
    m_queries->looks.bind(series);
    while (m_queries->looks.step()) {
      const bool from_the_first = m_queries->looks.integer(0) == 0;
      looks.push_back({from_the_first ? std::nullopt : std::optional(m_queries->looks.timestamp(0)),
                       m_queries->looks.timestamp(1)});
    }
    GapFinder finder(std::move(looks), least);
    m_queries->history.bind(series);
    while (m_queries->history.step())
      finder.add(dated(m_queries->history));
    return finder.finish();
  });
}

}  // namespace winnow
