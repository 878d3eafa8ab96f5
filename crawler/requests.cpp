#include "crawler/requests.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr int k_most_tries = 5;  // of one request, when the wire or the archive fails
constexpr int k_most_tries_unreached =
    3;                             // the same, while the archive was never reached: likely a wrong address
constexpr int k_most_limited = 5;  // answers 429 or 503 to one request

Reason reason_of(const HttpAnswer& answer) {
  if (answer.end == TransferEnd::too_large) return Reason::too_large;
  if (answer.end == TransferEnd::cut && answer.received > 0) return Reason::truncated;
  return Reason::transport_error;
}

Timestamp after(Requests::Clock::duration wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait);
  return Timestamp::from_time(Timestamp::now().time() + std::max<std::chrono::seconds>(seconds, 0s));
}

}  // namespace

struct Requests::Job {
  ArchiveRequest request;
  int tries = 0;
  int limited = 0;
  Clock::time_point sent{};
};

Requests::Requests(Budget budget, TransferOptions transfers, Now now)
    : m_budget(budget),
      m_parallel(transfers.parallel),
      m_transfers(std::move(transfers)),
      m_now(std::move(now)),
      m_random(std::random_device{}()) {}

Requests::~Requests() = default;

void Requests::submit(ArchiveRequest request) {
  if (m_stopped) return;
  auto job = std::make_unique<Job>();
  job->request = std::move(request);
  auto& jobs = queue(job->request.kind);
  jobs.push_back(std::move(job));
}

void Requests::run(std::chrono::milliseconds at_most) {
  if (m_stopped) m_transfers.abandon_streams();
  if (fail_all_when_closed()) return;
  const auto now = m_now();
  send_what_may_be(now);
  const auto next = next_event(now);
  auto wait = at_most;
  if (next != Clock::time_point::max()) {
    wait = std::min(wait, std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(next - now)));
  }
  const bool held_back = next != Clock::time_point::max() && m_transfers.active() < m_parallel;
  m_transfers.drive(wait);
  if (held_back) m_counters.waited += std::chrono::duration_cast<std::chrono::milliseconds>(m_now() - now);
  fail_all_when_closed();
}

void Requests::stop() {
  m_stopped = true;
  for (auto& jobs : m_queues)
    jobs.clear();
  m_delayed.clear();
}

std::size_t Requests::outstanding() const {
  return m_transfers.active() + m_queues[0].size() + m_queues[1].size() + m_delayed.size();
}

void Requests::send_what_may_be(Clock::time_point now) {
  while (!m_delayed.empty() && m_delayed.begin()->first <= now) {
    auto job = std::move(m_delayed.begin()->second);
    m_delayed.erase(m_delayed.begin());
    auto& jobs = queue(job->request.kind);
    jobs.push_front(std::move(job));
  }
  for (const RequestKind kind : {RequestKind::cdx, RequestKind::replay}) {
    auto& jobs = queue(kind);
    while (!jobs.empty() && m_transfers.active() < m_parallel &&
           m_budget.ready_at(kind, m_transfers.active()) <= now) {
      auto job = std::move(jobs.front());
      jobs.pop_front();
      send(std::move(job), now);
    }
  }
}

/// When there will be something to do that no transfer announces.
Requests::Clock::time_point Requests::next_event(Clock::time_point now) const {
  auto next = Clock::time_point::max();
  if (m_transfers.active() >= m_parallel) return next;
  for (const RequestKind kind : {RequestKind::cdx, RequestKind::replay}) {
    if (m_queues[static_cast<std::size_t>(kind)].empty()) continue;
    next = std::min(next, m_budget.ready_at(kind, m_transfers.active()));
  }
  if (!m_delayed.empty()) next = std::min(next, std::max(m_delayed.begin()->first, now));
  return next;
}

void Requests::send(std::unique_ptr<Job> job, Clock::time_point now) {
  m_budget.spend(job->request.kind, now);
  ++(job->request.kind == RequestKind::cdx ? m_counters.cdx_requests : m_counters.replay_requests);
  if (job->tries + job->limited > 0) ++m_counters.repeats;
  job->sent = now;
  if (job->request.restart) job->request.restart();
  HttpRequest http = job->request.http;
  // std::function must be copyable, so the job travels in a shared_ptr.
  auto travelling = std::make_shared<std::unique_ptr<Job>>(std::move(job));
  http.done = [this, travelling](HttpAnswer&& answer) {
    take_answer(std::move(*travelling), std::move(answer));
  };
  m_transfers.start(std::move(http));
}

void Requests::take_answer(std::unique_ptr<Job> job, HttpAnswer&& answer) {
  m_counters.bytes_received += answer.received;
  m_reached = m_reached || answer.status != 0;
  if (answer.end != TransferEnd::complete) return take_wire_failure(std::move(job), std::move(answer));

  const Judgement judgement = job->request.judge(answer);
  if (judgement == Judgement::limited) return take_limited(std::move(job), std::move(answer));
  m_budget.answered(job->sent);
  if (judgement == Judgement::retry && ++job->tries < k_most_tries) {
    const auto then = m_now() + retry_delay(job->tries, m_random);
    return queue_again(std::move(job), then);
  }
  job->request.answered(std::move(answer), judgement);
}

void Requests::take_limited(std::unique_ptr<Job> job, HttpAnswer&& answer) {
  ++m_counters.limited;
  const auto now = m_now();
  const auto header = answer.headers.first("Retry-After");
  const auto retry_after = header ? parse_retry_after(*header, Timestamp::now().time()) : std::nullopt;
  m_budget.limited(answer.status == 503 ? 503 : 429, retry_after, job->sent, now);
  if (m_budget.exhausted(now) && !m_closed) {
    m_closed = Failure{
        Reason::rate_limited,
        answer.status,
        retry_after ? fmt::format("status {} with Retry-After: {}", answer.status, one_line(*header, 40))
                    : fmt::format("status {} again after every pause", answer.status),
        {},
        after(m_budget.paused_until() - now)};
  }
  const auto wait = std::chrono::ceil<std::chrono::seconds>(m_budget.paused_until() - now);
  if (!m_closed && wait > 1s) {
    spdlog::info("the archive asks us to slow down (status {}): waiting {} s", answer.status, wait.count());
  }
  if (++job->limited < k_most_limited || m_closed) return queue_again(std::move(job), now);
  job->request.answered(std::move(answer), Judgement::limited);
}

void Requests::take_wire_failure(std::unique_ptr<Job> job, HttpAnswer&& answer) {
  // A head is enough to know that the archive limits us.
  const bool may_be_limit = answer.status == 429 || answer.status == 503;
  if (may_be_limit && job->request.judge(answer) == Judgement::limited) {
    return take_limited(std::move(job), std::move(answer));
  }
  const auto now = m_now();
  Failure failure{reason_of(answer), answer.status, answer.detail, {}, std::nullopt};
  if (answer.refused && m_budget.refusal_expected(now)) {
    failure.reason = Reason::refused;
    failure.detail += ", after 429s: the archive's firewall";
    // The Internet Archive's first block lasts an hour.
    failure.retry_after = after(1h);
    m_closed = failure;
    return queue_again(std::move(job), now);
  }
  const bool unreached =
      !m_reached && (answer.end == TransferEnd::no_host || answer.end == TransferEnd::no_connection);
  const bool pointless = answer.end == TransferEnd::too_large;
  if (!pointless && ++job->tries < (unreached ? k_most_tries_unreached : k_most_tries) && !m_closed) {
    const auto then = now + retry_delay(job->tries, m_random);
    return queue_again(std::move(job), then);
  }
  if (unreached && !m_closed) m_closed = failure;
  job->request.failed(std::move(failure));
}

void Requests::queue_again(std::unique_ptr<Job> job, Clock::time_point not_before) {
  if (m_stopped) return;
  m_delayed.emplace(not_before, std::move(job));
}

bool Requests::fail_all_when_closed() {
  if (!m_closed) return false;
  std::vector<std::unique_ptr<Job>> jobs;
  for (auto& [when, job] : m_delayed)
    jobs.push_back(std::move(job));
  m_delayed.clear();
  for (auto& waiting : m_queues) {
    for (auto& job : waiting)
      jobs.push_back(std::move(job));
    waiting.clear();
  }
  for (const auto& job : jobs)
    job->request.failed(Failure(*m_closed));
  return !jobs.empty();
}

}  // namespace winnow
