// Requests to one archive: queued, sent within its budget, tried again when the wire or the archive fails.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "crawler/boot_clock.hpp"
#include "crawler/budget.hpp"
#include "crawler/connection_slots.hpp"
#include "crawler/failure.hpp"
#include "crawler/outage.hpp"
#include "crawler/transfers.hpp"

namespace winnow {

/// What a complete HTTP answer means for the request; only who knows the dialect can tell.
enum class Judgement {
  final,    ///< the answer, good or bad
  retry,    ///< the archive's own momentary failure: ask again soon
  limited,  ///< 429, 503 or the like: nothing is sent to this archive for a while, then this is asked again
};

struct ArchiveRequest {
  RequestKind kind = RequestKind::replay;
  HttpRequest http;  ///< `done` is not used
  /// Called before each try: what a sink has gathered from the try before is void.
  std::function<void()> restart;
  std::function<Judgement(const HttpAnswer&)> judge;
  /// Exactly one of them is called, and the request is over. An answer that was still not final after all
  /// tries is `answered` all the same, with what it was last judged to be.
  std::function<void(HttpAnswer&&, Judgement)> answered;
  std::function<void(Failure&&)> failed;
};

struct RequestCounters {
  std::uint64_t cdx_requests = 0;       ///< sent, repeats included
  std::uint64_t replay_requests = 0;    ///< sent, repeats and hops included
  std::uint64_t repeats = 0;            ///< of them, tries after a failure
  std::uint64_t limited = 0;            ///< answers 429 and 503 of the archive itself
  std::uint64_t bytes_received = 0;     ///< of bodies, on the wire
  std::chrono::milliseconds waited{0};  ///< time in which something was to be sent, but not yet allowed

  RequestCounters& operator+=(const RequestCounters& other);
};

class Requests {
public:
  /// `patience`: how long an archive that was reached before may be away. One that never was is given up
  /// within seconds, since the address or the network is likely wrong.
  Requests(Budget budget, std::optional<ConnectionSlots> slots, TransferOptions transfers,
           std::chrono::seconds patience, std::function<Moment()> now);
  ~Requests();

  /// Callbacks are called from run() only.
  void submit(ArchiveRequest request);

  /// Works until something was called back, `at_most` has passed, or wake().
  void run(std::chrono::milliseconds at_most);
  void wake() { m_transfers.wake(); }

  /// Forgets what is queued, and all that is submitted from now on: no callback of theirs is called.
  void stop();
  /// Once so many requests are sent, repeats and hops included, what is queued or submitted is forgotten
  /// likewise.
  void set_most(std::uint64_t requests) { m_most = requests; }
  [[nodiscard]] bool spent() const;

  /// Why nothing is sent any more; every request queued or submitted after it fails with it. `refused` by the
  /// firewall; `rate_limited` without end; `transport_error` when the archive can't be reached. The first two
  /// may be another process's experience, and say in retry_after when to go on.
  [[nodiscard]] const std::optional<Failure>& closed() const { return m_closed; }

  [[nodiscard]] std::size_t outstanding() const;
  [[nodiscard]] const RequestCounters& counters() const { return m_counters; }

private:
  struct Job;

  void send_what_may_be();
  void forget_queued();
  void send(std::unique_ptr<Job> job, Moment now);
  void take_answer(std::unique_ptr<Job> job, HttpAnswer&& answer);
  void take_limited(std::unique_ptr<Job> job, HttpAnswer&& answer);
  void take_wire_failure(std::unique_ptr<Job> job, HttpAnswer&& answer);
  void queue_last(std::unique_ptr<Job> job);
  void queue_again(std::unique_ptr<Job> job, Moment not_before);
  void heard_of(Moment sent);
  void close_when_stopped(Moment now);
  void tell_pause(Moment now);
  bool fail_all_when_closed();
  bool hold_slots(std::size_t count);
  [[nodiscard]] bool is_shut_out(const HttpAnswer& answer, Moment now) const;
  [[nodiscard]] Moment ready_at(RequestKind kind) const;
  [[nodiscard]] Moment next_event(Moment now) const;
  std::deque<std::unique_ptr<Job>>& queue(RequestKind kind) {
    return m_queues[static_cast<std::size_t>(kind)];
  }

  Budget m_budget;
  std::optional<ConnectionSlots> m_slots;
  Outage m_outage;
  std::size_t m_parallel;
  Transfers m_transfers;
  std::chrono::seconds m_patience;
  std::function<Moment()> m_now;
  std::array<std::deque<std::unique_ptr<Job>>, 2> m_queues;  // by RequestKind
  std::multimap<Moment, std::unique_ptr<Job>> m_delayed;
  std::optional<Failure> m_closed;
  RequestCounters m_counters;
  std::minstd_rand m_random;
  Moment m_told_pause{};                // its end
  bool m_reached = false;               // the archive has answered at least once
  std::optional<std::uint64_t> m_most;  ///< requests
  bool m_stopped = false;
  bool m_lacks_slot = false;  // other processes have them
};

}  // namespace winnow
