#include "storage/ledger.hpp"

#include <chrono>
#include <string>

#include "model/provenance_json.hpp"

namespace winnow::storage {

namespace {

// Archives mend and re-include in months rather than days; a weekly cron should not ask each time.
constexpr std::chrono::days k_later{30};

constexpr const char* k_columns =
    "INSERT INTO ledger(archive_id, capture_id, target, reason, status, detail, hops, headers, body_start, "
    "attempts, noted, retry, retry_at, run_id) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?) ";

constexpr const char* k_again =
    " DO UPDATE SET reason = excluded.reason, status = excluded.status, detail = excluded.detail, "
    "hops = excluded.hops, headers = excluded.headers, body_start = excluded.body_start, attempts = attempts "
    "+ 1, noted = excluded.noted, retry = excluded.retry, "
    "retry_at = excluded.retry_at, run_id = excluded.run_id";

/// A site means 410 and 451 for good; its other errors are of the moment.
Retry retry_of(const Missed& missed) {
  const bool is_for_good =
      missed.reason == Reason::http_error && (missed.status == 410 || missed.status == 451);
  return is_for_good ? Retry::later : retry_rule(missed.reason);
}

std::string upsert(const char* key) {
  return std::string(k_columns) + "ON CONFLICT(" + key + ")" + k_again;
}

}  // namespace

Ledger::Ledger(Database& database)
    : m_note(database, upsert("capture_id").c_str()),
      m_note_target(database, upsert("archive_id, target").c_str()),
      m_clear(database, "DELETE FROM ledger WHERE capture_id = ?"),
      m_clear_target(database, "DELETE FROM ledger WHERE archive_id = ? AND target = ?") {}

void Ledger::enter(Statement& statement, ArchiveId archive, std::optional<CaptureId> capture,
                   std::optional<std::string_view> target, std::optional<RunId> run, const Missed& missed) {
  const Timestamp now = Timestamp::now();
  const Retry retry = retry_of(missed);
  std::optional<std::uint64_t> retry_at;
  if (retry == Retry::later) {
    retry_at = missed.retry_at.value_or(Timestamp::from_time(now.time() + k_later)).value();
  }
  const std::string hops = to_json(missed.hops);
  const std::string headers = to_json(missed.evidence.headers);
  statement.run(archive, capture, target, name(missed.reason), missed.status, missed.detail, hops, headers,
                missed.evidence.body_start, now, name(retry), retry_at, run);
}

void Ledger::note(ArchiveId archive, CaptureId capture, std::optional<RunId> run, const Missed& missed) {
  enter(m_note, archive, capture, std::nullopt, run, missed);
}

void Ledger::clear(CaptureId capture) {
  m_clear.run(capture);
}

void Ledger::note_target(ArchiveId archive, std::string_view target, std::optional<RunId> run,
                         const Missed& missed) {
  enter(m_note_target, archive, std::nullopt, target, run, missed);
}

void Ledger::clear_target(ArchiveId archive, std::string_view target) {
  m_clear_target.run(archive, target);
}

}  // namespace winnow::storage
