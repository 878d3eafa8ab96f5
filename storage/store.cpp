#include "storage/store.hpp"

#include <cassert>
#include <mutex>

#include "storage/analyses.hpp"
#include "storage/arrivals.hpp"
#include "storage/captures.hpp"
#include "storage/contents.hpp"
#include "storage/database.hpp"
#include "storage/discoveries.hpp"
#include "storage/frontier.hpp"
#include "storage/ledger.hpp"
#include "storage/looks.hpp"
#include "storage/recorder.hpp"
#include "storage/runs.hpp"
#include "storage/tenures.hpp"
#include "storage/versions.hpp"

namespace winnow {

using storage::Access;
using storage::guarded;
using storage::WriteTransaction;

/// The parts, in the order in which they need each other.
class Store::Parts {
public:
  Parts(const std::filesystem::path& path, std::chrono::milliseconds patience)
      : database(path, Access::write, patience),
        runs(database),
        versions(database),
        tenures(database, versions),
        captures(database, tenures),
        contents(database),
        ledger(database),
        looks(database),
        discoveries(database),
        analyses(database),
        arrivals(database),
        frontier(database),
        recorder(database, captures, contents, frontier, ledger, versions) {}

  /// One public call: alone, in one transaction, with errors in winnow's words.
  template <class Work>
  auto write(Work&& work) {
    const std::lock_guard lock(mutex);
    return guarded(database.path(), [&] {
      versions.forget();
      WriteTransaction transaction(database);
      if constexpr (std::is_void_v<decltype(work())>) {
        work();
        versions.number();
        transaction.commit();
      } else {
        auto result = work();
        versions.number();
        transaction.commit();
        return result;
      }
    });
  }

  /// \pre in a transaction
  Plan plan(const Scope& scope, const Selection& selection) {
    runs.bury_dead();
    frontier.add_scope(scope);
    // Another run may still want what its own plan has put there.
    if (!runs.others_alive()) frontier.reset(selection);
    Recorded at_once;
    if (selection.kind != Selection::all) {
      for (const auto& group : frontier.inferable())
        recorder.infer(group.page, group.digest, group.held, at_once);
    }
    frontier.want(selection, runs.current());
    Plan plan = frontier.count();
    plan.inferred_now = at_once.inferred;
    plan.versions = versions.added();
    return plan;
  }

  std::mutex mutex;
  storage::Database database;
  storage::Runs runs;
  storage::Versions versions;
  storage::Tenures tenures;
  storage::Captures captures;
  storage::Contents contents;
  storage::Ledger ledger;
  storage::Looks looks;
  storage::Discoveries discoveries;
  storage::Analyses analyses;
  storage::Arrivals arrivals;
  storage::Frontier frontier;
  storage::Recorder recorder;
};

Store::Store(const std::filesystem::path& path, std::chrono::milliseconds patience)
    : m_parts(guarded(path.string(), [&] { return std::make_unique<Parts>(path, patience); })) {}

Store::~Store() = default;

RunId Store::begin_run(std::string_view command, std::string_view program) {
  return m_parts->write([&] { return m_parts->runs.begin(command, program); });
}

std::optional<RunId> Store::begin_run_once(std::string_view command, std::string_view program) {
  return m_parts->write([&]() -> std::optional<RunId> {
    m_parts->runs.bury_dead();
    if (m_parts->runs.is_running(command)) return std::nullopt;
    return m_parts->runs.begin(command, program);
  });
}

void Store::end_run(int exit_code, std::string_view report) {
  m_parts->write([&] { m_parts->runs.end(exit_code, report); });
}

ArchiveId Store::archive(std::string_view url, std::string_view dialect) {
  return m_parts->write([&] { return m_parts->captures.archive(url, dialect); });
}

Listed Store::add_captures(ArchiveId archive, std::span<const ListedCapture> rows) {
  return m_parts->write([&] { return m_parts->captures.add(archive, rows); });
}

Plan Store::plan(const Scope& scope, const Selection& selection) {
  return m_parts->write([&] { return m_parts->plan(scope, selection); });
}

std::vector<ClaimedCapture> Store::claim(std::size_t count) {
  return m_parts->write([&] {
    const auto run = m_parts->runs.current();
    assert(run && m_parts->frontier.has_scope());
    auto claimed = m_parts->frontier.claim(*run, count);
    if (claimed.size() < count) {
      // Before the end is believed: what dead runs had, and what came up before the place reached.
      m_parts->runs.bury_dead();
      m_parts->frontier.next_rounds_of_all(run);
      m_parts->frontier.rewind();
      auto more = m_parts->frontier.claim(*run, count - claimed.size());
      claimed.insert(claimed.end(), std::make_move_iterator(more.begin()),
                     std::make_move_iterator(more.end()));
    }
    return claimed;
  });
}

Store::Elsewhere Store::elsewhere() {
  return m_parts->write([&] {
    m_parts->runs.bury_dead();
    const auto run = m_parts->runs.current();
    assert(run && m_parts->frontier.has_scope());
    return m_parts->frontier.elsewhere(*run);
  });
}

Unread Store::unread() {
  const std::lock_guard lock(m_parts->mutex);
  return m_parts->frontier.unread();
}

Recorded Store::record(std::span<const CaptureResult> results) {
  return m_parts->write([&] {
    Recorded recorded;
    for (const CaptureResult& result : results)
      m_parts->recorder.record(result, m_parts->runs.current(), recorded);
    recorded.wanted += m_parts->frontier.next_rounds(m_parts->runs.current());
    recorded.versions = m_parts->versions.added();
    return recorded;
  });
}

Recorded Store::import(ArchiveId archive, Found found, std::span<const ImportedCapture> captures) {
  return m_parts->write([&] {
    Recorded recorded;
    for (const ImportedCapture& capture : captures)
      m_parts->recorder.import(archive, found, capture, recorded);
    recorded.versions = m_parts->versions.added();
    return recorded;
  });
}

void Store::note_look(const Scope& scope) {
  m_parts->write([&] { m_parts->looks.note(scope, Timestamp::now()); });
}

std::size_t Store::join(std::span<const Takeover> takeovers) {
  return m_parts->write([&] { return m_parts->tenures.join(takeovers); });
}

void Store::note_analyses(std::span<const AnalysedText> texts) {
  m_parts->write([&] {
    for (const AnalysedText& text : texts)
      m_parts->analyses.note(text);
  });
}

void Store::note_changes(std::span<const MeasuredChange> changes) {
  m_parts->write([&] {
    for (const MeasuredChange& change : changes)
      m_parts->analyses.note(change);
  });
}

std::int64_t Store::note_arrivals() {
  return m_parts->write([&] { return m_parts->arrivals.note(); });
}

void Store::note_told(std::int64_t last_arrival) {
  m_parts->write([&] { m_parts->arrivals.tell(last_arrival); });
}

void Store::note_discovery(ArchiveId archive, const Discovery& discovery) {
  m_parts->write([&] { m_parts->discoveries.note(archive, discovery, Timestamp::now()); });
}

void Store::note_target(ArchiveId archive, std::string_view target, const Missed& missed) {
  m_parts->write([&] { m_parts->ledger.note_target(archive, target, m_parts->runs.current(), missed); });
}

void Store::clear_target(ArchiveId archive, std::string_view target) {
  m_parts->write([&] { m_parts->ledger.clear_target(archive, target); });
}

}  // namespace winnow
