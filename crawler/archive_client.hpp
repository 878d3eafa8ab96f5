// The client of one web archive, in its dialect: lists captures and fetches them, within
// the archive's limits, in one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crawler/archive.hpp"
#include "crawler/boot_clock.hpp"
#include "crawler/cdx_listing.hpp"
#include "crawler/cdx_query.hpp"
#include "crawler/failure.hpp"
#include "crawler/replay_fetch.hpp"
#include "crawler/requests.hpp"
#include "model/body_limit.hpp"
#include "model/capture.hpp"

namespace winnow {

struct ClientOptions {
  Archive archive = known_archives().front();
  /// Where the archive's request budget is kept, shared with all processes that name the same folder and
  /// remembered by later ones; empty: a budget of this client's own.
  std::filesystem::path budgets;
  std::string user_agent;
  std::size_t parallel = 8;               ///< transfers at a time, of all processes with that folder together
  std::size_t max_body = k_largest_body;  ///< on the wire
  std::chrono::milliseconds connect_timeout{20'000};
  std::chrono::seconds stall_timeout{60};   ///< nothing received for so long
  std::chrono::seconds total_timeout{300};  ///< of one exchange
  // An index may think for minutes before its first row and send rows for an hour: its time-outs are this
  // often those of a replay.
  int cdx_patience = 6;
  std::chrono::seconds outage_patience{1800};  ///< how long an archive that answered before may be away
  Clocks clocks;                               ///< the budget's; tests move them
};

/// What sends requests to the archive, within its budget. Throws Error when that can't be kept.
[[nodiscard]] Requests open_requests(const ClientOptions& options);

/// All callbacks are called from run(), never from within libcurl, and may call list(), fetch() and stop(). A
/// slow callback slows the archive down and nothing piles up meanwhile. What they throw passes through run().
class ArchiveClient {
public:
  /// Throws UsageError when the archive's base_url is no http(s) URL, Error when
  /// its budget can't be kept.
  /// \pre the archive's dialect is known
  explicit ArchiveClient(ClientOptions options);

  /// Asks for all rows of a query. \pre lists_sites(), or query.match is exact. `rows` gets them in batches
  /// of about 1,000 while they arrive, each once.
  void list(CdxQuery query, CdxListing::OnRows rows, CdxListing::OnDone done);

  /// Fetches one capture. Fetches are begun in the order in which they are asked for; how many are queued is
  /// the caller's business.
  void fetch(Capture asked, ReplayFetch::OnDone done, SamePage same_page = SamePage::keep);

  /// Drives the transfers until something was called back, `at_most` has passed, or wake().
  void run(std::chrono::milliseconds at_most) { m_requests.run(at_most); }
  void wake() { m_requests.wake(); }  ///< thread-safe

  /// Listings and fetches under way or queued.
  [[nodiscard]] std::size_t outstanding() const { return m_requests.outstanding(); }

  /// Once so many requests are sent no more follow: what is queued or asked for later is forgotten, its
  /// callbacks never called.
  void set_most(std::uint64_t requests) { m_requests.set_most(requests); }
  [[nodiscard]] bool spent() const { return m_requests.spent(); }

  /// Nothing new is sent. Fetches under way finish and are called back, unless a hop is still to be asked
  /// for: those, indexes being read (they may take an hour) and all that was queued are forgotten, their
  /// callbacks never called.
  void stop() { m_requests.stop(); }

  /// Why nothing is sent any more: refused, rate-limited without end (both with the time when to go on, and
  /// maybe another process's experience), or not to be reached. All that is queued, or asked for later, fails
  /// with it.
  [[nodiscard]] const std::optional<Failure>& closed() const { return m_requests.closed(); }
  [[nodiscard]] bool refused() const { return closed() && closed()->reason == Reason::refused; }

  [[nodiscard]] const RequestCounters& counters() const { return m_requests.counters(); }

private:
  ClientOptions m_options;
  Requests m_requests;
  std::shared_ptr<MementoPlaces> m_places = std::make_shared<MementoPlaces>();
};

}  // namespace winnow
