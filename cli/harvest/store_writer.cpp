#include "cli/harvest/store_writer.hpp"

#include <chrono>
#include <utility>

#include <spdlog/spdlog.h>

#include "cli/harvest/harvest.hpp"
#include "cli/harvest/missed.hpp"

namespace winnow::cli {
namespace {

/// Items waiting and items in one transaction. An item is one result, or some thousand rows of an index: 64
/// of those are 15 MB.
constexpr std::size_t k_batch = 64;
constexpr std::chrono::milliseconds k_patience{100};

/// Captures claimed at a time, and how many are left when more are claimed.
constexpr std::size_t k_claim = 256;
constexpr std::size_t k_claim_again = 64;

}  // namespace

StoreWriter::StoreWriter(Store& store, const HarvestOptions& options, const std::vector<Target>& targets,
                         BodyClaims& claims, std::function<void()> wake)
    : m_store(store),
      m_options(options),
      m_targets(targets),
      m_claims(claims),
      m_wake(std::move(wake)),
      m_archive(store.archive(options.client.archive.base_url, name(options.client.archive.dialect.value()))),
      m_page_counts(targets.size()),
      m_queue(k_batch),
      m_thread([this] { run(); }) {}

StoreWriter::~StoreWriter() {
  m_queue.close();
  if (m_thread.joinable()) m_thread.join();
}

void StoreWriter::put(std::variant<IndexRows, IndexEnd, CaptureResult> item) {
  ++m_unwritten;
  if (!m_queue.push(std::move(item))) --m_unwritten;
}

std::optional<ClaimedCapture> StoreWriter::take_claimed() {
  const std::lock_guard lock(m_mutex);
  if (m_claimed.empty() || !m_claiming) return {};
  auto claimed = std::move(m_claimed.front());
  m_claimed.pop_front();
  return claimed;
}

void StoreWriter::stop_claiming() {
  m_claiming = false;
}

bool StoreWriter::idle() const {
  return m_unwritten == 0 && m_under_way == 0 && m_frontier_empty;
}

HarvestProgress StoreWriter::progress() const {
  HarvestProgress progress;
  progress.answered = m_answered;
  progress.pending = m_pending;
  return progress;
}

void StoreWriter::fail(std::exception_ptr failure) {
  {
    const std::lock_guard lock(m_mutex);
    if (!m_failure) m_failure = std::move(failure);
  }
  m_queue.close();
  m_wake();
}

void StoreWriter::rethrow_failure() {
  const std::lock_guard lock(m_mutex);
  if (m_failure) std::rethrow_exception(m_failure);
}

void StoreWriter::finish(HarvestReport& report) {
  m_queue.close();
  m_thread.join();
  if (!m_planned.empty() && !m_failure) report.elsewhere = m_store.elsewhere();
  if (!m_failure) report.unread = m_store.unread();
  report.left = m_pending > m_answered + report.elsewhere.captures
                    ? m_pending - m_answered - report.elsewhere.captures
                    : 0;
  report.recorded = m_recorded;
  report.missing_by_reason = m_missing_by_reason;
  report.asked = m_answered;
  report.already_held = m_already_held;
  report.missing_before = m_missing_before;
  for (std::size_t i = 0; i < m_page_counts.size(); ++i)
    report.targets[i].pages = m_page_counts[i];
}

void StoreWriter::run() {
  try {
    for (;;) {
      auto batch = m_queue.pop_batch(k_batch, k_patience);
      if (batch.empty()) return;
      write(batch);
      m_unwritten -= batch.size();
      m_wake();
    }
  } catch (...) {
    fail(std::current_exception());
  }
}

void StoreWriter::write(std::vector<Item>& batch) {
  std::vector<CaptureResult> results;
  for (auto& item : batch) {
    if (auto* rows = std::get_if<IndexRows>(&item)) {
      add_rows(*rows);
    } else if (const auto* end = std::get_if<IndexEnd>(&item)) {
      end_index(*end);
    } else {
      results.push_back(std::move(std::get<CaptureResult>(item)));
    }
  }
  if (!results.empty()) record(results);
  claim_more();
  m_under_way -= results.size();
}

void StoreWriter::add_rows(IndexRows& rows) {
  const auto listed = m_store.add_captures(m_archive, rows.rows);
  m_pages[rows.target].insert(listed.pages.begin(), listed.pages.end());
}

void StoreWriter::end_index(const IndexEnd& end) {
  const auto& target = m_targets[end.target].text;
  if (end.failure) {
    m_store.note_target(m_archive, target, missed_by(*end.failure));
    ++m_missing_by_reason[std::string(name(end.failure->reason))];
  } else {
    m_store.clear_target(m_archive, target);
  }
  // What was listed before an index broke off is worth fetching all the same.
  const auto pages = m_pages.extract(end.target);
  if (pages.empty()) return;
  m_page_counts[end.target] = pages.mapped().size();
  const auto& since = m_targets[end.target].since;
  std::vector<PageId> fresh;
  std::vector<PageId> planned;
  for (const PageId page : pages.mapped())
    (m_planned.insert(page).second ? fresh : planned).push_back(page);
  if (!fresh.empty()) plan(std::move(fresh), m_targets[end.target], true);
  if (!planned.empty()) plan(std::move(planned), m_targets[end.target], false);
  // Last: a run that dies before it lists the page anew, one that noted a look without a plan would leave
  // captures listed for ever.
  if (!end.failure) {
    m_store.note_look({m_archive,
                       {pages.mapped().begin(), pages.mapped().end()},
                       since ? since : m_options.since,
                       m_options.until});
  }
}

void StoreWriter::plan(std::vector<PageId> pages, const Target& target, bool first_time) {
  const Scope scope{m_archive, std::move(pages), m_options.since, m_options.until, target.since};
  const auto plan = m_store.plan(scope, m_options.captures);
  m_frontier_empty = false;
  m_recorded.inferred += plan.inferred_now;
  m_recorded.versions += plan.versions;
  if (!first_time) return;  // counted before
  m_already_held += plan.held + plan.inferred - plan.inferred_now;
  m_missing_before += plan.missing;
  m_pending += plan.pending;
  spdlog::debug("{}: {} captures to fetch, {} held", target.text, plan.pending, plan.held + plan.inferred);
}

void StoreWriter::record(std::vector<CaptureResult>& results) {
  const auto recorded = m_store.record(results);
  m_recorded += recorded;
  for (const auto& result : results) {
    if (const auto* missed = std::get_if<Missed>(&result.outcome)) {
      ++m_missing_by_reason[std::string(name(missed->reason))];
    } else if (const auto& content = std::get<Held>(result.outcome).content; content.text) {
      m_claims.committed(content.reading);
    }
  }
  if (recorded.substituted > 0)
    m_missing_by_reason[std::string(name(Reason::substituted))] += recorded.substituted;
  if (recorded.wanted > 0) m_frontier_empty = false;
  m_pending += recorded.wanted;
  m_answered += results.size();
}

void StoreWriter::claim_more() {
  if (!m_claiming || m_frontier_empty) return;
  std::size_t left = 0;
  {
    const std::lock_guard lock(m_mutex);
    left = m_claimed.size();
  }
  if (left >= k_claim_again) return;
  auto claimed = m_store.claim(k_claim);
  m_under_way += claimed.size();
  if (claimed.size() < k_claim) m_frontier_empty = true;
  const std::lock_guard lock(m_mutex);
  for (auto& capture : claimed)
    m_claimed.push_back(std::move(capture));
}

}  // namespace winnow::cli
