#include "cli/harvest/live_harvest.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/harvest/bounded_queue.hpp"
#include "cli/harvest/live_pages.hpp"
#include "cli/harvest/live_worker.hpp"
#include "cli/harvest/missed.hpp"
#include "cli/import/import_batch.hpp"
#include "cli/interrupt.hpp"
#include "crawler/body.hpp"
#include "model/headers.hpp"

namespace winnow::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// robots.txt and the page.
constexpr std::uint64_t k_requests_of_a_page = 2;

std::vector<WatchedPage> known_pages(const std::filesystem::path& store) {
  std::error_code none;
  if (!std::filesystem::exists(store, none)) return {};
  return WatchReader(store).pages(k_live_archive);
}

/// Scheme and host, of which robots.txt is asked for.
std::string asked_host(const std::string& page) {
  const auto url = live_url(page.find("://") == std::string::npos ? "https://" + page : page);
  return url ? url->scheme + "://" + url->host + ":" + url->port : page;
}

Capture capture_of(const ReplayedResponse& response, const Sha1& digest) {
  const std::string mimetype = media_type(response.content_type);
  return {.urlkey = response.urlkey,
          .timestamp = response.timestamp,
          .original = response.original,
          .mimetype = mimetype.empty() ? "-" : mimetype,
          .statuscode = response.provenance.statuscode,
          .digest = digest,
          .length = {}};
}

class LiveHarvest {
public:
  LiveHarvest(Store& store, const HarvestOptions& options, const std::vector<Target>& targets)
      : m_store(store),
        m_options(options),
        m_groups(live_pages(known_pages(options.store), targets)),
        m_hosts({options.client, [this] { return !interrupted() && !is_late(); }}),
        m_answers(options.client.parallel),
        m_batch(store, options.store),
        m_archive(store.archive(k_live_archive, "live")) {
    for (const Target& target : targets)
      m_report.targets.push_back({.target = target, .has_index = false});
    for (const auto& group : m_groups)
      m_pages += group.size();
  }

  HarvestReport run(const std::function<void(const HarvestProgress&)>& show) {
    const auto start = Clock::now();
    start_workers();
    try {
      while (auto answer = m_answers.pop()) {
        keep(std::move(*answer));
        show(progress(Clock::now() - start));
      }
    } catch (...) {
      fail(std::current_exception());
    }
    m_stopping = true;
    m_answers.close();
    for (auto& worker : m_workers)
      worker.join();
    if (m_failure) std::rethrow_exception(m_failure);
    finish(std::chrono::duration<double>(Clock::now() - start));
    return std::move(m_report);
  }

private:
  [[nodiscard]] bool is_late() const { return m_options.deadline && Clock::now() >= *m_options.deadline; }

  /// Whether another page may be begun.
  [[nodiscard]] bool goes_on() const {
    if (m_stopping || interrupted() || is_late()) return false;
    const auto most = m_options.max_requests;
    return !most || m_hosts.counters().replay_requests + k_requests_of_a_page <= *most;
  }

  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(m_mutex);
    if (!m_failure) m_failure = std::move(failure);
    m_stopping = true;
  }

  void start_workers() {
    // Where requests are counted, one page is begun after the other.
    const std::size_t count = m_options.max_requests ? 1 : m_options.client.parallel;
    m_working = std::max<std::size_t>(1, std::min(count, m_groups.size()));
    for (std::size_t i = m_working; i > 0; --i) {
      m_workers.emplace_back([this] {
        try {
          work();
        } catch (...) {
          fail(std::current_exception());
        }
        if (--m_working == 0) m_answers.close();
      });
    }
  }

  void work() {
    LiveWorker worker(m_hosts, m_options.store, m_options.client.max_body);
    for (std::size_t group = 0; (group = m_next_group++) < m_groups.size();) {
      for (const LivePage& page : m_groups[group]) {
        if (!goes_on()) return;
        auto answer = worker.fetch(page);
        if (std::holds_alternative<Stopped>(answer.result)) return;
        m_answers.push(std::move(answer));
      }
    }
  }

  void keep(LiveAnswer&& answer) {
    ++m_report.asked;
    auto& target = m_report.targets[answer.page.target];
    target.asked = true;
    if (auto* const failure = std::get_if<Failure>(&answer.result))
      return miss(target, answer.page.url, std::move(*failure));
    auto& response = std::get<ReplayedResponse>(answer.result);
    auto content = content_of(response, answer.confirmed);
    if (auto* const failure = std::get_if<Failure>(&content))
      return miss(target, answer.page.url, std::move(*failure));

    ++target.pages;
    auto& body = std::get<BodyContent>(content);
    Capture capture = capture_of(response, body.sha1);
    m_batch.add(m_archive, Found::live,
                {.capture = std::move(capture),
                 .site = {},
                 .provenance = std::move(response.provenance),
                 .body = std::move(body),
                 .given_text = {}});
    m_batch.flush();
    if (answer.moved) m_store.join({&*answer.moved, 1});
    m_store.clear_target(m_archive, answer.page.url);
    m_store.clear_target(m_archive, target.target.text);
  }

  std::variant<BodyContent, Failure> content_of(ReplayedResponse& response,
                                                const std::optional<LiveCapture>& confirmed) {
    if (confirmed) {
      const auto& then = confirmed->provenance;
      const auto content_type = then.original_headers.first("Content-Type");
      return BodyContent{.reading = {.body = confirmed->body_sha256,
                                     .content_type = std::string(content_type.value_or("")),
                                     .url = then.replayed_url},
                         .sha1 = confirmed->body_sha1,
                         .size = confirmed->body_size,
                         .body = {},
                         .text = {}};
    }
    const Capture asked{response.urlkey, response.timestamp, response.original, "", {}, {}, {}};
    auto decoded = decode_body(asked, response, m_options.client.max_body);
    if (auto* const failure = std::get_if<Failure>(&decoded)) return std::move(*failure);
    auto& bytes = std::get<DecodedBody>(decoded);
    BodyContent content{
        .reading = {.body = bytes.sha256, .content_type = response.content_type, .url = response.original},
        .sha1 = bytes.sha1,
        .size = bytes.bytes.size(),
        .body = {},
        .text = {}};
    m_batch.read(content, std::move(bytes.bytes), response.urlkey);
    return content;
  }

  void miss(TargetReport& target, const std::string& url, Failure&& failure) {
    spdlog::debug("{}: {}: {}", url, describe(failure.reason), failure.detail);
    const auto words = fmt::format("{}: {}", describe(failure.reason), failure.detail);
    if (target.failure.empty()) target.failure = words;
    ++m_report.missing_by_reason[std::string(name(failure.reason))];
    ++m_report.recorded.missing;
    m_store.note_target(m_archive, url, missed_by(std::move(failure)));
  }

  void finish(std::chrono::duration<double> elapsed) {
    const auto missing = m_report.recorded.missing;
    m_report.recorded = m_batch.recorded();
    m_report.recorded.missing = missing;
    m_report.left = m_pages - m_report.asked;
    if (m_report.left > 0) m_report.end = interrupted() ? HarvestEnd::interrupted : HarvestEnd::spent;
    m_report.requests = m_hosts.counters();
    // Of hosts that wait at a time.
    m_report.requests.waited =
        std::min(m_report.requests.waited, std::chrono::duration_cast<std::chrono::milliseconds>(elapsed));
    m_report.seconds = elapsed.count();
  }

  [[nodiscard]] HarvestProgress progress(Clock::duration elapsed) const {
    return {.targets_listed = m_report.targets.size(),
            .targets = m_report.targets.size(),
            .answered = m_report.asked,
            .pending = m_pages,
            .seconds = std::chrono::duration<double>(elapsed).count()};
  }

  Store& m_store;
  const HarvestOptions& m_options;
  std::vector<std::vector<LivePage>> m_groups;
  std::size_t m_pages = 0;
  LiveHosts m_hosts;
  BoundedQueue<LiveAnswer> m_answers;
  ImportBatch m_batch;
  ArchiveId m_archive;
  HarvestReport m_report;
  std::atomic<std::size_t> m_next_group = 0;
  std::atomic<std::size_t> m_working = 0;
  std::atomic<bool> m_stopping = false;
  std::mutex m_mutex;  // of m_failure
  std::exception_ptr m_failure;
  std::vector<std::thread> m_workers;
};

}  // namespace

HarvestReport harvest_live(Store& store, const HarvestOptions& options, const std::vector<Target>& targets,
                           const std::function<void(const HarvestProgress&)>& show) {
  return LiveHarvest(store, options, targets).run(show);
}

HarvestPlan plan_live(const HarvestOptions& options, const std::vector<Target>& targets) {
  HarvestPlan plan;
  for (const Target& target : targets)
    plan.targets.push_back({.report = {.target = target, .has_index = false}});
  std::size_t longest = 0;
  for (const auto& group : live_pages(known_pages(options.store), targets)) {
    std::set<std::string> asked_for_robots;
    std::size_t requests = 0;
    for (const LivePage& page : group) {
      auto& planned = plan.targets[page.target];
      if (page.kind == LivePage::Kind::unknown) continue;
      const std::string host = asked_host(page.url);
      const std::size_t others = (asked_for_robots.insert(host).second ? 1U : 0U) +
                                 (page.kind == LivePage::Kind::homepage ? 1U : 0U);
      plan.other_requests += others;
      requests += 1 + others;
      ++planned.report.pages;
      ++planned.captures;
      ++planned.least.captures;
      ++planned.most.captures;
    }
    longest = std::max(longest, requests);
  }
  // The site with the most pages takes longest.
  const double per_minute = options.client.archive.limits.replay_per_minute;
  if (per_minute > 0) plan.minutes_of_replay = static_cast<double>(longest) / per_minute;
  plan.least_minutes_of_replay = plan.minutes_of_replay;
  return plan;
}

}  // namespace winnow::cli
