#include "crawler/live/live_hosts.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "crawler/archive.hpp"
#include "crawler/budget_file.hpp"
#include "crawler/transfer_failure.hpp"

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr int k_most_tries = 2;
constexpr std::chrono::milliseconds k_longest_crawl_delay = 60s;  // some write days to be left alone
constexpr auto k_longest_wait = 90s;                              // for a host's turn
constexpr auto k_look_again = 50ms;

/// Names may be as long as a file's can be, and hold what no file's should.
std::filesystem::path budget_path(const LiveOptions& options, const std::string& name) {
  const auto& [client, go_on] = options;
  if (client.budgets.empty() || client.archive.limits.replay_per_minute <= 0) return {};
  return client.budgets / "live" / (quote_query_value(name).substr(0, 200) + ".json");
}

std::optional<BudgetFile> budget_file(const LiveOptions& options, const std::string& name) {
  auto path = budget_path(options, name);
  if (path.empty()) return std::nullopt;
  return BudgetFile(std::move(path), options.client.clocks);
}

bool is_worth_another_try(const HttpAnswer& answer) {
  return answer.end == TransferEnd::broken || answer.end == TransferEnd::cut;
}

}  // namespace

LiveHost::LiveHost(const LiveOptions& options, const std::string& name)
    : m_options(options), m_budget(options.client.archive.limits, budget_file(options, name)) {
  auto path = budget_path(options, name);
  if (!path.empty()) m_slots.emplace(path.replace_extension(".connections"), 1);
}

LiveHost::Exchange LiveHost::exchange(Transfers& transfers, const HttpRequest& request) {
  const std::lock_guard lock(m_mutex);
  for (int tries = 1;; ++tries) {
    if (auto hindrance = wait_for_turn()) return std::move(*hindrance);
    const Moment sent = m_sent = m_options.client.clocks.now();
    HttpAnswer answer = send(transfers, request);
    if (m_slots) m_slots->hold(0);
    take_note(answer, sent);
    if (tries >= k_most_tries || !is_worth_another_try(answer)) return answer;
    const std::lock_guard counting(m_counters_mutex);
    ++m_counters.repeats;
  }
}

/// Nothing when a request may be sent now, and its token and connection are taken.
std::optional<LiveHost::Exchange> LiveHost::wait_for_turn() {
  const auto& now = m_options.client.clocks.now;
  const Moment begun = now();
  for (;;) {
    if (!m_options.go_on()) return Exchange(Stopped{});
    const Moment present = now();
    m_budget.refresh(present);
    const auto wait = std::max(m_budget.ready_at(RequestKind::replay), m_sent + m_crawl_delay) - present;
    if (wait > k_longest_wait || present - begun > 2 * k_longest_wait) {
      const auto seconds = std::max(std::chrono::ceil<std::chrono::seconds>(wait), 1s);
      return Exchange(Failure{.reason = Reason::rate_limited,
                              .detail = "the site has asked to be left alone",
                              .retry_after = Timestamp::from_time(Timestamp::now().time() + seconds)});
    }
    const bool has_connection = wait <= 0s && (!m_slots || m_slots->hold(1));
    if (has_connection && m_budget.take(RequestKind::replay, present)) {
      const std::lock_guard counting(m_counters_mutex);
      m_counters.waited += std::chrono::duration_cast<std::chrono::milliseconds>(present - begun);
      return std::nullopt;
    }
    if (has_connection && m_slots) m_slots->hold(0);
    std::this_thread::sleep_for(std::clamp<BootClock::duration>(wait, 1ms, k_look_again));
  }
}

HttpAnswer LiveHost::send(Transfers& transfers, const HttpRequest& request) {
  std::optional<HttpAnswer> answer;
  HttpRequest sent = request;
  sent.done = [&answer](HttpAnswer&& whole) { answer = std::move(whole); };
  transfers.start(std::move(sent));
  while (!answer)
    transfers.drive(200ms);
  const std::lock_guard counting(m_counters_mutex);
  ++m_counters.replay_requests;
  m_counters.bytes_received += answer->received;
  return std::move(*answer);
}

void LiveHost::take_note(const HttpAnswer& answer, Moment sent) {
  const Moment now = m_options.client.clocks.now();
  if (answer.status == 429 || answer.status == 503) {
    m_budget.limited(RequestKind::replay, answer.status, retry_after(answer.headers), sent, now);
    const std::lock_guard counting(m_counters_mutex);
    ++m_counters.limited;
  } else if (answer.status != 0) {
    m_budget.answered(sent, now);
  } else {
    m_budget.failed(sent, now);
  }
}

LiveHost::Outcome LiveHost::robots(const std::string& scheme, const std::function<Outcome()>& ask) {
  const std::lock_guard lock(m_robots_mutex);
  if (const auto known = m_robots.find(scheme); known != m_robots.end())
    return std::visit([](const auto& outcome) { return Outcome(outcome); }, known->second);
  Outcome outcome = ask();
  if (const auto* const robots = std::get_if<Robots>(&outcome)) {
    const std::lock_guard waiting(m_mutex);
    m_crawl_delay = std::min(std::max(m_crawl_delay, robots->crawl_delay()), k_longest_crawl_delay);
    m_robots.emplace(scheme, *robots);
  } else if (const auto* const failure = std::get_if<Failure>(&outcome)) {
    // What a stranger may not lead to, the user may still have named.
    if (failure->reason != Reason::redirect_loop) m_robots.emplace(scheme, *failure);
  }
  return outcome;
}

RequestCounters LiveHost::counters() const {
  const std::lock_guard lock(m_counters_mutex);
  return m_counters;
}

LiveHost& LiveHosts::at(const Url& url) {
  const std::string name = budget_name(url.str());
  const std::lock_guard lock(m_mutex);
  auto& host = m_hosts[name];
  if (!host) host = std::make_unique<LiveHost>(m_options, name);
  return *host;
}

RequestCounters LiveHosts::counters() const {
  const std::lock_guard lock(m_mutex);
  RequestCounters total;
  for (const auto& [name, host] : m_hosts)
    total += host->counters();
  return total;
}

}  // namespace winnow
