#include "crawler/requests.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "crawler/transfer_failure.hpp"

namespace winnow {

namespace {

using namespace std::chrono_literals;

constexpr int k_most_tries = 5;          // of one request, when the wire or the archive fails
constexpr int k_most_limited = 5;        // answers 429 or 503 to one request
constexpr int k_failures_unreached = 3;  // in a row, while the archive was never reached
constexpr auto k_look_for_slots = 20ms;
constexpr int k_resets_of_a_firewall = 8;  // in a row, after 429s; fewer are a server's bad minute

bool has_no_connection(const HttpAnswer& answer) {
  return answer.end == TransferEnd::no_host || answer.end == TransferEnd::no_connection;
}

Timestamp wall_time_in(BootClock::duration wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait);
  return Timestamp::from_time(Timestamp::now().time() + std::max<std::chrono::seconds>(seconds, 0s));
}

/// The wait before a failed exchange is tried again: 1, 2, 4, 8... seconds and up to half as much again.
/// `tries` counts from 1.
std::chrono::milliseconds retry_delay(int tries, std::minstd_rand& random) {
  const auto delay = 1000ms * (1LL << std::clamp(tries - 1, 0, 6));
  return delay + std::chrono::milliseconds(std::uniform_int_distribution<long>{0, delay.count() / 2}(random));
}

}  // namespace

RequestCounters& RequestCounters::operator+=(const RequestCounters& other) {
  cdx_requests += other.cdx_requests;
  replay_requests += other.replay_requests;
  repeats += other.repeats;
  limited += other.limited;
  bytes_received += other.bytes_received;
  waited += other.waited;
  return *this;
}

struct Requests::Job {
  ArchiveRequest request;
  int tries = 0;
  int limited = 0;
  Moment sent{};
};

Requests::Requests(Budget budget, std::optional<ConnectionSlots> slots, TransferOptions transfers,
                   std::chrono::seconds patience, std::function<Moment()> now)
    : m_budget(std::move(budget)),
      m_slots(std::move(slots)),
      m_parallel(transfers.parallel),
      m_transfers(std::move(transfers)),
      m_patience(patience),
      m_now(std::move(now)),
      m_random(std::random_device{}()) {}

Requests::~Requests() = default;

void Requests::submit(ArchiveRequest request) {
  if (m_stopped || spent()) return;
  auto job = std::make_unique<Job>();
  job->request = std::move(request);
  auto& jobs = queue(job->request.kind);
  jobs.push_back(std::move(job));
}

void Requests::run(std::chrono::milliseconds at_most) {
  if (m_stopped) m_transfers.abandon_streams();
  close_when_stopped(m_now());
  if (fail_all_when_closed()) return;
  send_what_may_be();
  const auto now = m_now();
  const auto next = next_event(now);
  auto wait = at_most;
  if (next != Moment::max()) {
    wait = std::min(wait, std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(next - now)));
  }
  const bool held_back = next != Moment::max() && m_transfers.active() < m_parallel;
  // An idle connection is one more for the archive: where processes share it none keeps what it has no slot
  // for. Alone it is kept, since a new one costs both sides more.
  const bool shared = m_slots && m_slots->others_hold();
  m_transfers.keep_connections(shared ? std::max<std::size_t>(m_transfers.active(), 1) : m_parallel);
  m_transfers.drive(wait);
  hold_slots(m_transfers.active());
  if (held_back) m_counters.waited += std::chrono::duration_cast<std::chrono::milliseconds>(m_now() - now);
  fail_all_when_closed();
}

bool Requests::spent() const {
  return m_most && m_counters.cdx_requests + m_counters.replay_requests >= *m_most;
}

void Requests::stop() {
  m_stopped = true;
  forget_queued();
}

void Requests::forget_queued() {
  for (auto& jobs : m_queues)
    jobs.clear();
  m_delayed.clear();
}

std::size_t Requests::outstanding() const {
  return m_transfers.active() + m_queues[0].size() + m_queues[1].size() + m_delayed.size();
}

Moment Requests::ready_at(RequestKind kind) const {
  return std::max(m_budget.ready_at(kind), m_outage.ready_at());
}

bool Requests::hold_slots(std::size_t count) {
  return !m_slots || m_slots->hold(count);
}

void Requests::send_what_may_be() {
  if (spent()) return forget_queued();
  auto now = m_now();
  m_lacks_slot = false;
  while (!m_delayed.empty() && m_delayed.begin()->first <= now) {
    auto job = std::move(m_delayed.begin()->second);
    m_delayed.erase(m_delayed.begin());
    auto& jobs = queue(job->request.kind);
    jobs.push_front(std::move(job));
  }
  for (const RequestKind kind : {RequestKind::cdx, RequestKind::replay}) {
    auto& jobs = queue(kind);
    while (!jobs.empty() && m_transfers.active() < m_parallel && ready_at(kind) <= now) {
      m_lacks_slot = !hold_slots(m_transfers.active() + 1);
      if (m_lacks_slot || !m_budget.take(kind, now)) break;
      auto job = std::move(jobs.front());
      jobs.pop_front();
      send(std::move(job), now);
      if (spent()) return forget_queued();
      now = m_now();
    }
    if (!jobs.empty()) tell_pause(now);
  }
}

/// When there will be something to do that no transfer announces.
Moment Requests::next_event(Moment now) const {
  auto next = Moment::max();
  if (m_transfers.active() >= m_parallel) return next;
  for (const RequestKind kind : {RequestKind::cdx, RequestKind::replay}) {
    if (!m_queues[static_cast<std::size_t>(kind)].empty()) next = std::min(next, ready_at(kind));
  }
  if (!m_delayed.empty()) next = std::min(next, std::max(m_delayed.begin()->first, now));
  return m_lacks_slot ? std::max(next, now + k_look_for_slots) : next;
}

void Requests::send(std::unique_ptr<Job> job, Moment now) {
  m_outage.sent(now);
  ++(job->request.kind == RequestKind::cdx ? m_counters.cdx_requests : m_counters.replay_requests);
  if (job->tries + job->limited > 0) ++m_counters.repeats;
  job->sent = now;
  if (job->request.restart) job->request.restart();
  HttpRequest http = job->request.http;
  if (http.sink) {
    // An index may send rows for an hour: it has answered with the first.
    http.sink = [this, now, sink = std::move(http.sink)](const HttpAnswer& so_far, std::string_view piece) {
      if (so_far.status == 200) heard_of(now);
      sink(so_far, piece);
    };
  }
  // std::function must be copyable, so the job travels in a shared_ptr.
  auto travelling = std::make_shared<std::unique_ptr<Job>>(std::move(job));
  http.done = [this, travelling](HttpAnswer&& answer) {
    take_answer(std::move(*travelling), std::move(answer));
  };
  m_transfers.start(std::move(http));
}

/// The archive has answered a request sent then, and not with a limit.
void Requests::heard_of(Moment sent) {
  m_reached = true;
  if (m_outage.lasts()) spdlog::info("the archive answers again");
  m_outage.answered();
  m_budget.answered(sent, m_now());
}

void Requests::take_answer(std::unique_ptr<Job> job, HttpAnswer&& answer) {
  m_counters.bytes_received += answer.received;
  const bool may_be_limit =
      answer.end == TransferEnd::complete || answer.status == 429 || answer.status == 503;
  const auto judgement = may_be_limit ? job->request.judge(answer) : Judgement::retry;
  if (judgement == Judgement::limited) return take_limited(std::move(job), std::move(answer));
  if (answer.status != 0) heard_of(job->sent);
  if (answer.end != TransferEnd::complete) return take_wire_failure(std::move(job), std::move(answer));
  if (judgement == Judgement::retry && ++job->tries < k_most_tries) {
    const auto then = m_now() + retry_delay(job->tries, m_random);
    return queue_again(std::move(job), then);
  }
  job->request.answered(std::move(answer), judgement);
}

void Requests::take_limited(std::unique_ptr<Job> job, HttpAnswer&& answer) {
  ++m_counters.limited;
  m_reached = true;
  m_outage.answered();
  const auto now = m_now();
  const auto wait = retry_after(answer.headers);
  const int status = answer.status == 503 ? 503 : 429;
  m_budget.limited(job->request.kind, status, wait, job->sent, now);
  const auto& state = m_budget.state();
  const bool too_often = ++job->limited >= k_most_limited;
  const bool all_are = too_often && status == 429 && state.pauses_in_a_row >= k_most_limited;
  if (!m_closed && (all_are || winnow::stop(state, now))) {
    const auto evidence = wait ? fmt::format("status {} with Retry-After: {}", answer.status,
                                             one_line(*answer.headers.first("Retry-After"), 40))
                               : fmt::format("status {} again after every pause", answer.status);
    m_closed = Failure{Reason::rate_limited,
                       answer.status,
                       evidence,
                       {},
                       wall_time_in(state.paused_until - now),
                       evidence_of(answer.headers, answer.body)};
  }
  if (too_often && !m_closed) return job->request.answered(std::move(answer), Judgement::limited);
  if (!m_closed) tell_pause(now);
  queue_last(std::move(job));  // it may be this one alone that is answered so
}

void Requests::take_wire_failure(std::unique_ptr<Job> job, HttpAnswer&& answer) {
  const auto now = m_now();
  Failure failure{reason_of(answer), answer.status,
                  answer.detail,     {},
                  std::nullopt,      evidence_of(answer.headers, answer.body)};
  if (answer.end == TransferEnd::too_large) return job->request.failed(std::move(failure));
  if (answer.status == 0) {
    m_budget.failed(job->sent, now);
    const bool lasted = m_outage.lasts();
    m_outage.failed(has_no_connection(answer), job->sent, now);
    if (m_outage.lasts() && !lasted && m_reached)
      spdlog::info("the archive does not answer ({}): waiting for it", answer.detail);
  }
  if (is_shut_out(answer, now)) {
    m_budget.refused(job->sent, now);
    close_when_stopped(now);
    if (m_closed) m_closed->detail = failure.detail + ", after 429s: the archive's firewall";
  } else if (!m_closed && m_outage.lasts()) {
    const bool given_up =
        m_reached ? now - m_outage.began() > m_patience
                  : has_no_connection(answer) && m_outage.failures_in_a_row() >= k_failures_unreached;
    if (given_up) m_closed = failure;
  }
  if (has_no_connection(answer) || m_closed) return queue_again(std::move(job), now);
  if (++job->tries >= k_most_tries) return job->request.failed(std::move(failure));
  if (m_outage.lasts()) return queue_last(std::move(job));
  const auto then = now + retry_delay(job->tries, m_random);
  queue_again(std::move(job), then);
}

/// After a failure that may be the request's own: others try before it does.
void Requests::queue_last(std::unique_ptr<Job> job) {
  if (m_stopped) return;
  auto& jobs = queue(job->request.kind);
  jobs.push_back(std::move(job));
}

/// The firewall's answer to those who went on after a 429.
bool Requests::is_shut_out(const HttpAnswer& answer, Moment now) const {
  if (answer.status != 0 || !refusal_expected(m_budget.state(), now)) return false;
  return answer.refused ||
         (answer.end == TransferEnd::broken && m_outage.failures_in_a_row() >= k_resets_of_a_firewall);
}

void Requests::queue_again(std::unique_ptr<Job> job, Moment not_before) {
  if (m_stopped) return;
  m_delayed.emplace(not_before, std::move(job));
}

/// Another process may have learnt it, or an earlier run.
void Requests::close_when_stopped(Moment now) {
  if (m_closed) return;
  m_budget.refresh(now);
  const auto stopped = winnow::stop(m_budget.state(), now);
  if (!stopped) return;
  m_closed = Failure{stopped->reason,
                     0,
                     stopped->reason == Reason::refused ? "its firewall refused a connection, after 429s"
                                                        : "it has asked to be left alone for so long",
                     {},
                     wall_time_in(stopped->until - now)};
}

void Requests::tell_pause(Moment now) {
  const auto until = m_budget.state().paused_until;
  if (until <= now + 1s || until == m_told_pause) return;
  m_told_pause = until;
  spdlog::info("the archive asks us to slow down: waiting {} s",
               std::chrono::ceil<std::chrono::seconds>(until - now).count());
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
