#include "cli/harvest/harvest.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

#include <spdlog/spdlog.h>

#include "cli/harvest/bounded_queue.hpp"
#include "cli/harvest/capture_worker.hpp"
#include "cli/harvest/store_writer.hpp"
#include "cli/interrupt.hpp"
#include "crawler/policy_url.hpp"

namespace winnow::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Indexes being read at a time.
constexpr std::size_t k_listings = 4;

class Harvest {
public:
  Harvest(Store& store, const HarvestOptions& options, const std::vector<Target>& targets)
      : m_options(options),
        m_client(options.client),
        m_answers(static_cast<std::size_t>(options.client.parallel) + 2 * worker_count()),
        m_writer(store, options, targets, m_claims, [this] { m_client.wake(); }) {
    for (const auto& target : targets)
      m_report.targets.push_back({.target = target});
  }

  HarvestReport run(const std::function<void(const HarvestProgress&)>& show) {
    const auto start = Clock::now();
    try {
      if (m_options.max_requests) m_client.set_most(*m_options.max_requests);
      start_workers();
      list_more();
      for (auto shown = start; !finished(); m_client.run(std::chrono::milliseconds(200))) {
        if (interrupted()) stop(HarvestEnd::interrupted, "", {});
        if (is_spent()) stop(HarvestEnd::spent, "", {});
        if (const auto& closed = m_client.closed())
          stop(end_of(*closed), closed->detail, closed->retry_after);
        list_more();
        fetch_what_fits();
        if (Clock::now() - shown > std::chrono::milliseconds(250)) {
          shown = Clock::now();
          show(progress(shown - start));
        }
      }
    } catch (...) {
      m_failure = std::current_exception();
    }
    finish();
    m_report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return std::move(m_report);
  }

private:
  static std::size_t worker_count() { return std::max(1U, std::thread::hardware_concurrency()); }

  [[nodiscard]] bool is_late() const { return m_options.deadline && Clock::now() >= *m_options.deadline; }

  /// As much was done as was allowed.
  [[nodiscard]] bool is_spent() const { return m_client.spent() || is_late(); }

  void start_workers() {
    for (std::size_t i = 0; i < worker_count(); ++i) {
      m_workers.emplace_back([this] {
        try {
          CaptureWorker worker(m_options.store, m_claims, m_reader, m_options.client.max_body);
          while (auto answer = m_answers.pop()) {
            m_client.wake();  // there is room for another
            worker.work(std::move(*answer),
                        [this](CaptureResult result) { m_writer.put(std::move(result)); });
          }
          m_extraction_ns += worker.extraction_time().count();
        } catch (...) {
          m_writer.fail(std::current_exception());
          m_answers.close();
        }
      });
    }
  }

  /// Asks for the next targets' indexes; a few at a time, since an index may think for long before it
  /// answers.
  void list_more() {
    while (!m_stopping && m_listing < k_listings && m_next_target < m_report.targets.size() && may_list())
      list(m_next_target++);
  }

  /// Within bounds, what is known to be there is fetched before more is looked for, and one page is looked at
  /// after the other where requests are counted: a run that may do little would else look at many pages and
  /// fetch none.
  [[nodiscard]] bool may_list() const {
    if (is_spent() || (m_options.max_requests && m_listing > 0)) return false;
    const bool is_bounded = m_options.deadline || m_options.max_requests;
    return !is_bounded || (m_fetching == 0 && m_writer.idle());
  }

  void list(std::size_t number) {
    const auto& report = m_report.targets[number];
    m_report.targets[number].asked = true;
    ++m_listing;
    m_client.list(
        query_for(report.target, m_options),
        [this, number, scorer = PageScorer(report.target, m_options)](std::vector<Capture>&& rows) mutable {
          auto& target = m_report.targets[number];
          std::vector<ListedCapture> kept;
          kept.reserve(rows.size());
          for (auto& row : rows) {
            const double score = scorer.score(row);
            if (score > 0) kept.push_back({std::move(row), score});
          }
          target.left_out += rows.size() - kept.size();
          target.kept += kept.size();
          if (!kept.empty()) m_writer.put(IndexRows{number, std::move(kept)});
        },
        [this, number](ListResult result) {
          auto& target = m_report.targets[number];
          target.rows = result.rows;
          m_report.oddities += result.oddities;
          --m_listing;
          if (result.failure) {
            target.failure = fmt::format("{}: {}", describe(result.failure->reason), result.failure->detail);
          } else if (target.kept == 0) {
            target.note = nothing_found(target.target, m_options);
            if (target.target.since) {
              result.failure = Failure{.reason = Reason::bad_index,
                                       .detail = "the index does not list the last capture that is known"};
            }
            // Only a question for the whole history says that there is none.
            const bool whole = !target.target.since && !m_options.since && !m_options.until;
            if (whole) result.failure = never_listed(target.target);
          }
          m_writer.put(IndexEnd{number, std::move(result.failure)});
          list_more();
        });
  }

  void fetch_what_fits() {
    if (m_stopping) return;
    const auto room = static_cast<std::size_t>(m_options.client.parallel) + worker_count();
    while (m_fetching + m_answers.size() < room) {
      auto claimed = m_writer.take_claimed();
      if (!claimed) return;
      ++m_fetching;
      const auto same_page = claimed->found == Found::redirect ? SamePage::follow : SamePage::keep;
      m_client.fetch(
          std::move(claimed->capture),
          [this, id = claimed->id](FetchResult&& result) { answered(id, std::move(result)); }, same_page);
    }
  }

  void answered(CaptureId id, FetchResult&& result) {
    --m_fetching;
    if (std::holds_alternative<Failure>(result.outcome) && m_client.closed()) {
      // Says nothing of the capture, only of the archive: the row stays in the frontier.
      m_writer.give_back();
      return;
    }
    m_answers.push({id, std::move(result)});
  }

  void stop(HarvestEnd end, std::string detail, std::optional<Timestamp> resume_after) {
    if (end == HarvestEnd::interrupted || (end == HarvestEnd::spent && is_late())) m_client.stop();
    if (m_stopping) return;
    m_stopping = true;
    m_report.end = end;
    m_report.end_detail = std::move(detail);
    m_report.resume_after = resume_after;
    if (end == HarvestEnd::interrupted && m_client.outstanding() > 0) {
      spdlog::info("stopping: {} requests are under way; interrupt again to end at once",
                   m_client.outstanding());
    }
    m_writer.stop_claiming();
  }

  bool finished() {
    m_writer.rethrow_failure();
    if (m_stopping) return m_client.outstanding() == 0;
    return m_listing == 0 && m_next_target == m_report.targets.size() && m_fetching == 0 && m_writer.idle();
  }

  /// Lets every stage end in turn: what was fetched is worked on, what was worked on is committed.
  void finish() {
    m_answers.close();
    for (auto& worker : m_workers)
      worker.join();
    m_writer.finish(m_report);
    m_report.requests = m_client.counters();
    m_report.extraction_seconds = static_cast<double>(m_extraction_ns) / 1e9;
    if (m_failure) std::rethrow_exception(m_failure);
    m_writer.rethrow_failure();
  }

  HarvestProgress progress(Clock::duration elapsed) const {
    HarvestProgress progress = m_writer.progress();
    progress.targets = m_report.targets.size();
    progress.targets_listed = m_next_target - m_listing;
    progress.seconds = std::chrono::duration<double>(elapsed).count();
    return progress;
  }

  /// What it means that an index lists nothing of a target; nothing when a site's pages are asked for by
  /// themselves.
  [[nodiscard]] std::optional<Failure> never_listed(const Target& target) const {
    if (target.kind != Target::Kind::site)
      return Failure{.reason = Reason::not_archived, .detail = "the index lists no capture"};
    if (m_options.found.contains(target.text)) return std::nullopt;
    return Failure{.reason = Reason::no_policy, .detail = "the index lists no page that looks like it"};
  }

  static std::string nothing_found(const Target& target, const HarvestOptions& options) {
    if (options.since || options.until) return "nothing in these dates";
    return target.kind == Target::Kind::site ? "no page whose URL looks like a privacy policy's"
                                             : "never archived";
  }

  const HarvestOptions& m_options;
  HarvestReport m_report;
  ArchiveClient m_client;
  BodyClaims m_claims;
  BodyReader m_reader;
  BoundedQueue<FetchedCapture> m_answers;
  StoreWriter m_writer;
  std::vector<std::thread> m_workers;
  std::atomic<std::int64_t> m_extraction_ns = 0;
  std::exception_ptr m_failure;
  std::size_t m_next_target = 0;
  std::size_t m_fetching = 0;
  std::size_t m_listing = 0;
  bool m_stopping = false;
};

}  // namespace

CdxQuery query_for(const Target& target, const HarvestOptions& options) {
  CdxQuery query;
  query.url = target.text;
  query.since = target.since ? target.since : options.since;
  query.until = options.until;
  switch (target.kind) {
    case Target::Kind::site:
      query.match = MatchType::domain;
      query.filters = {policy_url_filter(target.text)};
      break;
    case Target::Kind::url:
      query.match = MatchType::exact;
      break;
    case Target::Kind::prefix:
      query.match = MatchType::prefix;
      break;
  }
  return query;
}

double PageScorer::score(const Capture& row) {
  if (row.urlkey == m_urlkey && row.mimetype == m_mimetype) return m_score;
  m_urlkey = row.urlkey;
  m_mimetype = row.mimetype;
  m_score = policy_url_score(row.urlkey, row.mimetype);
  // A page that was asked for by its URL is wanted whatever it looks like.
  if (!m_is_site)
    m_score = std::max(m_score, 1.0);
  else if (m_refused->contains(row.urlkey))
    m_score = 0;
  return m_score;
}

HarvestReport harvest(Store& store, const HarvestOptions& options, const std::vector<Target>& targets,
                      const std::function<void(const HarvestProgress&)>& show) {
  return Harvest(store, options, targets).run(show);
}

}  // namespace winnow::cli
