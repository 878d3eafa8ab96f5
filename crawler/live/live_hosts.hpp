// The servers that live pages are fetched from, each asked in turn and no faster than it wants to be.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "crawler/archive_client.hpp"
#include "crawler/budget.hpp"
#include "crawler/connection_slots.hpp"
#include "crawler/failure.hpp"
#include "crawler/live/robots.hpp"
#include "crawler/requests.hpp"
#include "crawler/transfers.hpp"
#include "model/url.hpp"

namespace winnow {

/// The caller wants no more requests: says nothing of the page.
struct Stopped {};

/// What all hosts have in common.
struct LiveOptions {
  ClientOptions client;         ///< its archive's limits are each host's, its budgets folder holds theirs
  std::function<bool()> go_on;  ///< asked before each request and a few times a second while waiting
};

/// One host (and port). Thread-safe: one request at a time, of all processes that share the budgets folder,
/// and at least the limits' pause between two. Hosts ask for more with Crawl-delay, 429 and 503.
class LiveHost {
public:
  LiveHost(const LiveOptions& options, const std::string& name);

  /// A request that breaks on the wire is sent once more. Failure rate_limited, and nothing is sent, when the
  /// host has asked to be left alone for longer than we want to wait.
  using Exchange = std::variant<HttpAnswer, Failure, Stopped>;
  [[nodiscard]] Exchange exchange(Transfers& transfers, const HttpRequest& request);

  /// robots.txt as it was had from `ask`, once in a run for http and for https, or why it can't be had.
  using Outcome = std::variant<Robots, Failure, Stopped>;
  [[nodiscard]] Outcome robots(const std::string& scheme, const std::function<Outcome()>& ask);

  [[nodiscard]] RequestCounters counters() const;

private:
  [[nodiscard]] std::optional<Exchange> wait_for_turn();
  [[nodiscard]] HttpAnswer send(Transfers& transfers, const HttpRequest& request);
  void take_note(const HttpAnswer& answer, Moment sent);

  const LiveOptions& m_options;
  std::mutex m_mutex;  // of the next four, held during an exchange
  Budget m_budget;
  std::optional<ConnectionSlots> m_slots;
  Moment m_sent{};  // the last request
  std::chrono::milliseconds m_crawl_delay{0};
  mutable std::mutex m_counters_mutex;
  RequestCounters m_counters;
  std::mutex m_robots_mutex;
  std::map<std::string, std::variant<Robots, Failure>> m_robots;  // by scheme
};

/// All hosts of a run. Thread-safe.
class LiveHosts {
public:
  explicit LiveHosts(LiveOptions options) : m_options(std::move(options)) {}

  /// \pre an http(s) URL with a host
  [[nodiscard]] LiveHost& at(const Url& url);

  [[nodiscard]] const ClientOptions& client() const { return m_options.client; }
  [[nodiscard]] RequestCounters counters() const;  ///< of all

private:
  LiveOptions m_options;
  mutable std::mutex m_mutex;
  std::map<std::string, std::unique_ptr<LiveHost>> m_hosts;
};

}  // namespace winnow
