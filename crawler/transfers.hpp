// Many HTTP GETs at a time in one thread, on libcurl's multi interface: bytes in, facts out. Knows nothing of
// archives, budgets or retries.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/curl_handles.hpp"
#include "model/headers.hpp"

namespace winnow {

/// How an exchange ended on the wire.
enum class TransferEnd {
  complete,       ///< an HTTP response, whole as far as HTTP can tell
  no_host,        ///< the host's name cannot be resolved
  no_connection,  ///< no connection: refused, unreachable, connect time-out
  cut,            ///< a response head came, its body did not end as it should have
  timed_out,      ///< stalled, or longer than the whole may take
  too_large,      ///< stopped at the limit
  no_way,         ///< the host's address is not one that the request may reach
  broken,         ///< anything else: reset before an answer, TLS, not HTTP
};

/// One exchange. When it is not complete, status, headers and body hold what came before.
struct HttpAnswer {
  TransferEnd end = TransferEnd::complete;
  bool refused = false;        ///< the peer's address refused the connection (ECONNREFUSED)
  int status = 0;              ///< 0 when no response head came
  Headers headers;             ///< of the last response head (an interim 1xx head is dropped)
  std::string body;            ///< as sent, nothing decoded; empty when a sink took it
  std::uint64_t received = 0;  ///< body bytes
  std::string detail;          ///< when not complete: one line of evidence
  std::string peer;            ///< the IP address that was connected to: the server's, or a proxy's
};

/// Whom a request may be sent to.
enum class Reach {
  anywhere,
  /// Where public addresses alone lead (public_address.hpp), whatever the host's name resolves to by then:
  /// what a stranger's server redirects to must not be a service behind our firewall. Behind a proxy only
  /// addresses that stand in the URL are looked at; the proxy knows the others.
  public_only,
};

struct HttpRequest {
  std::string url;
  std::string accept_encoding;      ///< sent as it is
  std::vector<std::string> fields;  ///< further header fields: `Name: value`
  std::size_t max_body = 0;         ///< bytes on the wire
  bool start_is_enough = false;     ///< at max_body the exchange is complete, with what came until then
  std::chrono::seconds stall_timeout{60};
  std::chrono::seconds total_timeout{300};
  Reach reach = Reach::anywhere;
  /// Takes the body in pieces while it arrives, instead of HttpAnswer::body, with its content-encoding undone
  /// and without a limit. The answer so far has status and headers. Called from Transfers::drive() and may
  /// block: the sender is slowed down meanwhile. Must not start requests.
  std::function<void(const HttpAnswer& so_far, std::string_view piece)> sink;
  std::function<void(HttpAnswer&&)> done;
};

struct TransferOptions {
  std::string user_agent;
  std::size_t parallel = 8;
  std::chrono::milliseconds connect_timeout{20'000};
};

class Transfers {
public:
  explicit Transfers(TransferOptions options);
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  /// \pre active() < parallel
  void start(HttpRequest request);

  /// Moves bytes and calls sinks and done callbacks, which may start further requests. Returns as soon as one
  /// was called, at `at_most`, or after wake(). What a callback throws passes through.
  void drive(std::chrono::milliseconds at_most);

  /// Connections to keep open, those in use included, when a transfer ends; at first as many as transfers.
  void keep_connections(std::size_t most);

  void wake();  ///< thread-safe: a running or the next drive() returns soon

  /// Breaks off what goes to a sink; no callback of theirs is called. \pre not within drive()
  void abandon_streams();

  [[nodiscard]] std::size_t active() const { return m_active; }

private:
  struct Slot;
  bool deliver();
  bool deliver_piece(Slot& slot);
  void finish(Slot& slot, CURLcode result);

  TransferOptions m_options;
  CurlMulti m_multi;
  std::vector<std::unique_ptr<Slot>> m_slots;
  std::size_t m_active = 0;
};

}  // namespace winnow
