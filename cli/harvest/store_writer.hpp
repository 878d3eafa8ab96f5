// The pipeline's last stage: the one thread that writes to the store, and hands out its frontier.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "cli/harvest/body_claims.hpp"
#include "cli/harvest/bounded_queue.hpp"
#include "cli/harvest/harvest_report.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

struct HarvestOptions;
struct HarvestProgress;

/// Some rows of a target's index.
struct IndexRows {
  std::size_t target;
  std::vector<ListedCapture> rows;
};

/// A target's index was read to its end, or could not be.
struct IndexEnd {
  std::size_t target;
  std::optional<Failure> failure;
};

/// Commits in batches. After a failure everything put is dropped, and rethrow_failure() throws it.
class StoreWriter {
public:
  /// `wake` is called whenever captures were claimed or the writer became idle.
  StoreWriter(Store& store, const HarvestOptions& options, const std::vector<Target>& targets,
              BodyClaims& claims, std::function<void()> wake);
  ~StoreWriter();
  StoreWriter(const StoreWriter&) = delete;
  StoreWriter& operator=(const StoreWriter&) = delete;

  /// Thread-safe; waits while the queue is full.
  void put(std::variant<IndexRows, IndexEnd, CaptureResult> item);

  /// The next capture to fetch; each one taken is answered by put() or given back.
  std::optional<ClaimedCapture> take_claimed();
  void give_back() { --m_under_way; }
  void stop_claiming();

  /// Nothing is queued, claimed or under way, and the frontier is empty.
  [[nodiscard]] bool idle() const;
  [[nodiscard]] HarvestProgress progress() const;

  void fail(std::exception_ptr failure);
  void rethrow_failure();

  /// Commits what was put, ends the thread and fills in what it counted. No put() after it.
  void finish(HarvestReport& report);

private:
  using Item = std::variant<IndexRows, IndexEnd, CaptureResult>;

  void run();
  void write(std::vector<Item>& batch);
  void add_rows(IndexRows& rows);
  void end_index(const IndexEnd& end);
  void plan(std::vector<PageId> pages, const Target& target, bool first_time);
  void record(std::vector<CaptureResult>& results);
  void claim_more();

  Store& m_store;
  const HarvestOptions& m_options;
  const std::vector<Target>& m_targets;
  BodyClaims& m_claims;
  std::function<void()> m_wake;

  // The writer thread's own.
  ArchiveId m_archive{};
  std::map<std::size_t, std::set<PageId>> m_pages;  ///< by target, of the indexes being read
  std::set<PageId> m_planned;                       ///< pages of the indexes read before: targets may overlap
  std::vector<std::uint64_t> m_page_counts;
  Recorded m_recorded;
  std::map<std::string, std::uint64_t> m_missing_by_reason;
  std::uint64_t m_already_held = 0;
  std::uint64_t m_missing_before = 0;

  BoundedQueue<Item> m_queue;
  std::atomic<std::size_t> m_unwritten = 0;  ///< items put and not yet written
  std::atomic<std::size_t> m_under_way = 0;  ///< captures claimed and not yet recorded or given back
  std::atomic<std::uint64_t> m_answered = 0;
  std::atomic<std::uint64_t> m_pending = 0;
  std::atomic<bool> m_frontier_empty = true;
  std::atomic<bool> m_claiming = true;
  mutable std::mutex m_mutex;
  std::deque<ClaimedCapture> m_claimed;
  std::exception_ptr m_failure;
  std::thread m_thread;
};

}  // namespace winnow::cli
